namespace RewardsEngine.Accounting;

public static partial class Ledger
{
    /// <summary>Awards points: a new lot, pending or free. A debt is repaid first.</summary>
    public static LedgerOutcome Accrue(Wallet wallet, Posting posting, Accrual accrual)
    {
        var (credit, refusal) = Plain(posting, accrual);
        if (refusal == LedgerRefusal.InvalidAmount || !HasRoom(wallet, accrual.Points)) return Refused(wallet, LedgerRefusal.InvalidAmount);
        if (refusal != LedgerRefusal.None) return Refused(wallet, refusal);
        foreach (var lot in wallet.Lots)
            if (lot.Id == accrual.Lot || lot.Accrual == posting.Reference) return Refused(wallet, LedgerRefusal.Duplicate);
        var draft = new Draft(wallet, posting);
        Credit(draft, posting, accrual with { ActivatesAt = credit.ActivatesAt }, credit.Kind, credit.Account);
        return draft.Done();
    }

    /// <summary>
    /// What awarding points does to any wallet that owes nothing and has room for them (<see cref="TakesPlain"/>): one transfer,
    /// a lot that is what the transfer says, and a balance that grows by the points. Such a wallet need not be read first.
    /// </summary>
    public static (PlainCredit Credit, LedgerRefusal Refusal) Plain(Posting posting, Accrual accrual)
    {
        if (!IsAmount(accrual.Points)) return (default, LedgerRefusal.InvalidAmount);
        var activatesAt = accrual.ActivatesAt > posting.EffectiveAt ? accrual.ActivatesAt : null;
        if (accrual.ExpiresAt <= (activatesAt ?? posting.EffectiveAt)) return (default, LedgerRefusal.InvalidTerms);
        return activatesAt is null
            ? (new(TransferKind.Accrue, Account.MemberAvailable, accrual.Points, null, accrual.ExpiresAt), LedgerRefusal.None)
            : (new(TransferKind.AccruePending, Account.MemberPending, accrual.Points, activatesAt, accrual.ExpiresAt), LedgerRefusal.None);
    }

    /// <summary>The same of points that a person gives: <see cref="Adjust"/> above zero.</summary>
    public static (PlainCredit Credit, LedgerRefusal Refusal) PlainAdjustment(Posting posting, Accrual given) =>
        !IsAmount(given.Points) ? (default, LedgerRefusal.InvalidAmount)
        : given.ActivatesAt is not null || given.ExpiresAt <= posting.EffectiveAt ? (default, LedgerRefusal.InvalidTerms)
        : (new(TransferKind.AdjustUp, Account.MemberAvailable, given.Points, null, given.ExpiresAt), LedgerRefusal.None);

    /// <summary>Whether a credit to this wallet is a plain one.</summary>
    public static bool TakesPlain(Wallet wallet, long points) => wallet.Debt == 0 && HasRoom(wallet, points);

    /// <summary>Uses whatever can be spent to settle what the member owes.</summary>
    public static LedgerOutcome RepayDebt(Wallet wallet, Posting posting)
    {
        var draft = new Draft(wallet, posting);
        draft.RepayDebt(posting.EffectiveAt);
        return draft.Done();
    }

    /// <summary>A person gives or takes points, with a reason in the posting's cause.</summary>
    public static LedgerOutcome Adjust(Wallet wallet, Posting posting, Adjustment adjustment)
    {
        if (adjustment.Points == 0 || adjustment.Points is < -MaxPoints or > MaxPoints) return Refused(wallet, LedgerRefusal.InvalidAmount);
        if (!HasRoom(wallet, Math.Max(0, adjustment.Points)) || wallet.Debt > MaxBalance + Math.Min(0, adjustment.Points))
            return Refused(wallet, LedgerRefusal.InvalidAmount);
        var draft = new Draft(wallet, posting);
        if (adjustment.Points > 0)
        {
            if (adjustment.Lot is not { } lot || adjustment.ExpiresAt <= posting.EffectiveAt) return Refused(wallet, LedgerRefusal.InvalidTerms);
            foreach (var known in wallet.Lots)
                if (known.Id == lot) return Refused(wallet, LedgerRefusal.Duplicate);
            Credit(draft, posting, new Accrual(lot, adjustment.Points, null, adjustment.ExpiresAt), TransferKind.AdjustUp, Account.MemberAvailable);
            return draft.Done();
        }
        var wanted = -adjustment.Points;
        if (!adjustment.MayOwe && wanted > wallet.Spendable(posting.EffectiveAt)) return Refused(wallet, LedgerRefusal.Insufficient);
        foreach (var share in draft.Take(wanted, posting.EffectiveAt))
        {
            draft.Move(TransferKind.AdjustDown, Account.MemberAvailable, Account.ProgrammeReversed, share.Amount, share.Lot);
            wanted -= share.Amount;
        }
        draft.Move(TransferKind.AdjustDown, Account.MemberDebt, Account.ProgrammeReversed, wanted);
        return draft.Done();
    }

    /// <summary>Counts qualifying points for tiers (above zero) or takes them back (below zero). They are never spent.</summary>
    public static LedgerOutcome Qualify(Wallet wallet, Posting posting, long points)
    {
        if (points == 0 || points is < -MaxPoints or > MaxPoints || wallet.Qualifying > MaxBalance - points) return Refused(wallet, LedgerRefusal.InvalidAmount);
        if (wallet.Qualifying + points < 0) return Refused(wallet, LedgerRefusal.TooMuch);
        var draft = new Draft(wallet, posting);
        if (points > 0) draft.Move(TransferKind.Qualify, Account.ProgrammeQualified, Account.MemberQualifying, points);
        else draft.Move(TransferKind.Disqualify, Account.MemberQualifying, Account.ProgrammeQualified, -points);
        return draft.Done();
    }

    private static void Credit(Draft draft, Posting posting, Accrual accrual, TransferKind kind, Account account)
    {
        draft.Open(new Lot
        {
            Id = accrual.Lot,
            Accrual = posting.Reference,
            Sequence = draft.Version,
            EarnedAt = posting.EffectiveAt,
            ActivatesAt = accrual.ActivatesAt,
            ExpiresAt = accrual.ExpiresAt,
            Sliding = accrual.Sliding,
            Earned = accrual.Points,
        });
        draft.Move(kind, Account.ProgrammeIssued, account, accrual.Points, accrual.Lot,
            activatesAt: accrual.ActivatesAt, expiresAt: accrual.ExpiresAt);
        if (account == Account.MemberAvailable) draft.RepayDebt(posting.EffectiveAt);
    }
}
