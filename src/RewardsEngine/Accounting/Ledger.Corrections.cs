namespace RewardsEngine.Accounting;

public static partial class Ledger
{
    /// <summary>
    /// Takes an accrual back: what is still pending first, then what is free in its own lot; what was spent becomes a debt,
    /// which the rest of the balance settles at once.
    /// </summary>
    public static LedgerOutcome ReverseAccrual(Wallet wallet, Posting posting, AccrualReversal reversal)
    {
        wallet.NeedLots();
        if (!IsAmount(reversal.Points)) return Refused(wallet, LedgerRefusal.InvalidAmount);
        if (wallet.Lot(reversal.Lot) is not { } lot) return Refused(wallet, LedgerRefusal.UnknownLot);
        if (reversal.Points > lot.Earned - lot.Reversed) return Refused(wallet, LedgerRefusal.TooMuch);
        var draft = new Draft(wallet, posting);
        var missing = reversal.Points;

        var fromPending = Math.Min(missing, lot.Pending);
        draft.Move(TransferKind.ReverseAccrual, Account.MemberPending, Account.ProgrammeReversed, fromPending, lot.Id);
        missing -= fromPending;
        if (reversal.WhenSpent == SpentPointsPolicy.OnlyPending) return draft.Done(forgiven: missing);

        var fromLot = Math.Min(missing, lot.Available);
        draft.Move(TransferKind.ReverseAccrual, Account.MemberAvailable, Account.ProgrammeReversed, fromLot, lot.Id);
        missing -= fromLot;

        var elsewhere = draft.Lots.Sum(other => other.Spendable(posting.EffectiveAt));
        var owed = reversal.WhenSpent == SpentPointsPolicy.NegativeAllowed ? missing : Math.Min(missing, Math.Max(0, elsewhere - draft.Debt));
        draft.Move(TransferKind.ReverseAccrual, Account.MemberDebt, Account.ProgrammeReversed, owed, lot.Id);
        draft.RepayDebt(posting.EffectiveAt);
        return draft.Done(forgiven: missing - owed);
    }

    /// <summary>
    /// Gives spent points back to the lots they came from, with the expiry they had. If a lot has expired meanwhile, a grace
    /// lets the returned points live on; what still stood in it unspent is swept first and gains nothing.
    /// </summary>
    public static LedgerOutcome ReturnRedemption(Wallet wallet, Posting posting, RedemptionReturn request)
    {
        if (!IsAmount(request.Points)) return Refused(wallet, LedgerRefusal.InvalidAmount);
        if (request.Points > request.Taken.Sum(share => share.Amount)) return Refused(wallet, LedgerRefusal.TooMuch);
        var draft = new Draft(wallet, posting);
        var missing = request.Points;
        foreach (var share in request.Taken.Reverse())
        {
            var part = Math.Min(missing, share.Amount);
            if (part == 0) break;
            missing -= part;
            if (wallet.Lot(share.Lot) is null) return Refused(wallet, LedgerRefusal.UnknownLot);
            var lot = draft.Lot(share.Lot);
            if (part > lot.Earned - lot.Left) return Refused(wallet, LedgerRefusal.TooMuch);
            DateTime? newExpiry = null;
            if (request.Grace > TimeSpan.Zero && lot.IsExpired(posting.EffectiveAt))
            {
                draft.Move(TransferKind.Expire, Account.MemberAvailable, Account.ProgrammeExpired, lot.Available, lot.Id, effectiveAt: lot.ExpiresAt);
                newExpiry = posting.EffectiveAt + request.Grace;
                draft.Set(draft.Lot(lot.Id) with { ExpiresAt = newExpiry });
            }
            draft.Move(TransferKind.ReturnRedemption, Account.ProgrammeRedeemed, Account.MemberAvailable, part, lot.Id, expiresAt: newExpiry,
                returns: request.Redemption);
        }
        draft.RepayDebt(posting.EffectiveAt);
        return draft.Done();
    }
}
