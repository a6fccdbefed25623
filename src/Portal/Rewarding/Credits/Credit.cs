using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Values;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Rewarding.Credits;

/// <summary>Points to give: as a rule decided, or, without a rule, by hand or by a partner for a stated reason.</summary>
/// <param name="Member">To whom.</param>
/// <param name="Reference">Unique over all changes of points.</param>
/// <param name="Points">More than zero.</param>
/// <param name="Cause">Why.</param>
/// <param name="ActivatesAt">When they become free; null: at once.</param>
/// <param name="ExpiresAt">When they can no longer be spent; null for never.</param>
public sealed record Credit(MemberId Member, string Reference, long Points, Cause Cause, DateTime? ActivatesAt = null, DateTime? ExpiresAt = null)
{
    private Posting Posting(DateTime now) => new(Reference, now, now, Cause);

    /// <summary>Stands for the reference, and names the lot.</summary>
    internal Guid Key() => TransferKey.Of(Reference, 1);

    /// <summary>What the ledger says of it, if the wallet takes plain credits.</summary>
    internal (PlainCredit Credit, LedgerRefusal Refusal) Plain(Guid key, DateTime now) =>
        Cause.Rule is null ? Books.PlainAdjustment(Posting(now), Accrual(key)) : Books.Plain(Posting(now), Accrual(key));

    /// <summary>What the ledger makes of it.</summary>
    internal LedgerOutcome Apply(Wallet wallet, Guid key, DateTime now) => Cause.Rule is not null ? Books.Accrue(wallet, Posting(now), Accrual(key))
        : ActivatesAt is null ? Books.Adjust(wallet, Posting(now), new(Points, new(key), ExpiresAt))
        : new(wallet, [], LedgerRefusal.InvalidTerms);

    private Accrual Accrual(Guid key) => new(new(key), Points, ActivatesAt, ExpiresAt);
}

/// <summary>A credit and what stands for its reference.</summary>
internal readonly record struct AskedCredit(Credit Credit, Guid Key);

/// <summary>What became of a credit.</summary>
/// <param name="Refusal">Null, or the code of why not.</param>
/// <param name="Balance">Of the member after it.</param>
/// <param name="Version">Of the wallet after it.</param>
/// <param name="Repeated">It had been stored before.</param>
public readonly record struct Credited(string? Refusal, long Balance, long Version, bool Repeated)
{
    /// <summary>It could not be done; the caller hears of it as of any failure.</summary>
    internal Exception? Fault { get; init; }

    internal static Credited Refused(LedgerRefusal refusal) => new(refusal == LedgerRefusal.InvalidAmount ? "points.invalid" : "points.terms", 0, 0, false);
}

/// <summary>A plain credit on its way into the database: all of it is known but the version and the balance it leads to.</summary>
/// <param name="Position">In the group.</param>
/// <param name="Row">Its transfer.</param>
/// <param name="Plain">What it does to the wallet.</param>
internal sealed record PlannedCredit(int Position, TransferRow Row, PlainCredit Plain)
{
    public long Pending => Plain.Account == Account.MemberPending ? Plain.Points : 0;

    public long Available => Plain.Account == Account.MemberAvailable ? Plain.Points : 0;

    /// <param name="position">In the group.</param>
    /// <param name="credit">As asked for.</param>
    /// <param name="plain">As the ledger judged it.</param>
    /// <param name="key">Of its transfer.</param>
    /// <param name="now">When it is recorded, and counts.</param>
    public static PlannedCredit Of(int position, Credit credit, PlainCredit plain, Guid key, DateTime now) => new(position, new TransferRow
    {
        Key = key,
        Operation = credit.Reference,
        MemberId = credit.Member,
        Kind = plain.Kind,
        Debit = Account.ProgrammeIssued,
        Credit = plain.Account,
        Amount = plain.Points,
        LotId = new(key),
        ActivatesAt = plain.ActivatesAt,
        ExpiresAt = plain.ExpiresAt,
        WalletVersion = 0,
        Ordinal = 1,
        EffectiveAt = now,
        RecordedAt = now,
        Activity = credit.Cause.Activity,
        RuleId = credit.Cause.Rule,
        RuleVersion = credit.Cause.RuleVersion,
        Person = credit.Cause.Person,
        Reason = credit.Cause.Reason,
    }, plain);
}
