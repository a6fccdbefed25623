namespace RewardsEngine.Accounting;

/// <summary>The closed list of accounts. What leaves one enters another, so the books sum to zero by construction.</summary>
public enum Account
{
    /// <summary>Where awarded points come from: <c>programme.issued</c>.</summary>
    ProgrammeIssued = 1,

    /// <summary>Where spent points go: <c>programme.redeemed</c>.</summary>
    ProgrammeRedeemed = 2,

    /// <summary>Where expired points go: <c>programme.expired</c>.</summary>
    ProgrammeExpired = 3,

    /// <summary>Where points taken back go: <c>programme.reversed</c>.</summary>
    ProgrammeReversed = 4,

    /// <summary>Where qualifying points come from: <c>programme.qualified</c>.</summary>
    ProgrammeQualified = 5,

    /// <summary>Where points pass through from one of a person's wallets to the other; always zero altogether: <c>programme.moved</c>.</summary>
    ProgrammeMoved = 6,

    /// <summary>Awarded, but still inside the return window: <c>member.pending</c>.</summary>
    MemberPending = 11,

    /// <summary>Free to be spent: <c>member.available</c>.</summary>
    MemberAvailable = 12,

    /// <summary>Reserved for a redemption under way: <c>member.held</c>.</summary>
    MemberHeld = 13,

    /// <summary>Owed by the member after spent points were taken back (its balance is never above zero): <c>member.debt</c>.</summary>
    MemberDebt = 14,

    /// <summary>Counts towards a tier, never spent: <c>member.qualifying</c>.</summary>
    MemberQualifying = 15,
}

/// <summary>The written names of the accounts.</summary>
public static class Accounts
{
    /// <summary>The name of an account as it stands in exports and in the documentation.</summary>
    public static string Name(Account account) => account switch
    {
        Account.ProgrammeIssued => "programme.issued",
        Account.ProgrammeRedeemed => "programme.redeemed",
        Account.ProgrammeExpired => "programme.expired",
        Account.ProgrammeReversed => "programme.reversed",
        Account.ProgrammeQualified => "programme.qualified",
        Account.ProgrammeMoved => "programme.moved",
        Account.MemberPending => "member.pending",
        Account.MemberAvailable => "member.available",
        Account.MemberHeld => "member.held",
        Account.MemberDebt => "member.debt",
        Account.MemberQualifying => "member.qualifying",
        _ => throw new ArgumentOutOfRangeException(nameof(account), account, "Not an account."),
    };

    /// <summary>True for the accounts whose points stand in a lot.</summary>
    public static bool StandsInLots(Account account) =>
        account is Account.MemberPending or Account.MemberAvailable or Account.MemberHeld;
}
