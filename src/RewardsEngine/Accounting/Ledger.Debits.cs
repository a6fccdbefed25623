using System.Collections.Immutable;

namespace RewardsEngine.Accounting;

public static partial class Ledger
{
    /// <summary>Spends points at once, in spending order; refused if fewer can be spent.</summary>
    public static LedgerOutcome Spend(Wallet wallet, Posting posting, long points)
    {
        if (!IsAmount(points)) return Refused(wallet, LedgerRefusal.InvalidAmount);
        if (points > wallet.Spendable(posting.EffectiveAt)) return Refused(wallet, LedgerRefusal.Insufficient);
        var draft = new Draft(wallet, posting);
        foreach (var share in draft.Take(points, posting.EffectiveAt))
            draft.Move(TransferKind.Redeem, Account.MemberAvailable, Account.ProgrammeRedeemed, share.Amount, share.Lot);
        return draft.Done();
    }

    /// <summary>Reserves points at once, until a time limit; refused if fewer can be spent.</summary>
    public static LedgerOutcome Hold(Wallet wallet, Posting posting, HoldId id, long points, DateTime? expiresAt = null)
    {
        if (!IsAmount(points)) return Refused(wallet, LedgerRefusal.InvalidAmount);
        if (expiresAt <= posting.EffectiveAt) return Refused(wallet, LedgerRefusal.InvalidTerms);
        if (wallet.Hold(id) is not null) return Refused(wallet, LedgerRefusal.Duplicate);
        if (points > wallet.Spendable(posting.EffectiveAt)) return Refused(wallet, LedgerRefusal.Insufficient);
        var draft = new Draft(wallet, posting);
        var shares = draft.Take(points, posting.EffectiveAt);
        foreach (var share in shares)
            draft.Move(TransferKind.Hold, Account.MemberAvailable, Account.MemberHeld, share.Amount, share.Lot, id, expiresAt: expiresAt);
        draft.Open(new Hold(id, posting.Reference, posting.EffectiveAt, expiresAt, [.. shares]));
        return draft.Done();
    }

    /// <summary>
    /// Spends reserved points, all or a part; the rest is given up, or stays reserved for a further capture.
    /// A reservation whose time limit has passed is unknown, swept or not.
    /// </summary>
    public static LedgerOutcome Capture(Wallet wallet, Posting posting, HoldId id, long? points = null, bool keepRest = false)
    {
        if (Open(wallet, id, posting.EffectiveAt) is not { } hold) return Refused(wallet, LedgerRefusal.UnknownHold);
        var wanted = points ?? hold.Amount;
        if (!IsAmount(wanted)) return Refused(wallet, LedgerRefusal.InvalidAmount);
        if (wanted > hold.Amount) return Refused(wallet, LedgerRefusal.TooMuch);
        var draft = new Draft(wallet, posting);
        var rest = ImmutableArray.CreateBuilder<LotShare>();
        foreach (var share in hold.Shares)
        {
            var part = Math.Min(wanted, share.Amount);
            draft.Move(TransferKind.Capture, Account.MemberHeld, Account.ProgrammeRedeemed, part, share.Lot, id);
            wanted -= part;
            if (part < share.Amount) rest.Add(share with { Amount = share.Amount - part });
        }
        var remaining = hold with { Shares = rest.ToImmutable() };
        if (keepRest && rest.Count > 0) draft.Set(remaining);
        else GiveUp(draft, remaining, TransferKind.Release, posting.EffectiveAt);
        return draft.Done();
    }

    /// <summary>Gives a reservation up: the points return to their lots and expiry.</summary>
    public static LedgerOutcome Release(Wallet wallet, Posting posting, HoldId id)
    {
        if (Open(wallet, id, posting.EffectiveAt) is not { } hold) return Refused(wallet, LedgerRefusal.UnknownHold);
        var draft = new Draft(wallet, posting);
        GiveUp(draft, hold, TransferKind.Release, posting.EffectiveAt);
        return draft.Done();
    }

    private static Hold? Open(Wallet wallet, HoldId id, DateTime at) =>
        wallet.Hold(id) is { } hold && !(hold.ExpiresAt <= at) ? hold : null;

    private static void GiveUp(Draft draft, Hold hold, TransferKind kind, DateTime at)
    {
        foreach (var share in hold.Shares)
            draft.Move(kind, Account.MemberHeld, Account.MemberAvailable, share.Amount, share.Lot, hold.Id, effectiveAt: at);
        draft.Close(hold.Id);
        draft.RepayDebt(at);
    }
}
