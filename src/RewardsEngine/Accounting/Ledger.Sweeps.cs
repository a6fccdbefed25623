using System.Globalization;

namespace RewardsEngine.Accounting;

public static partial class Ledger
{
    [Flags]
    private enum DueKind
    {
        Activation = 1,
        TimeOut = 2,
        Expiry = 4,
        All = Activation | TimeOut | Expiry,
    }

    /// <summary>
    /// Brings a wallet up to a moment: activations, time-outs and expiries that fell due, in the order they fell due and
    /// effective at that moment. Safe to repeat; two who do it at once write the same references, of which one set is stored.
    /// </summary>
    /// <param name="wallet">The wallet as it stands.</param>
    /// <param name="at">The moment to bring it up to.</param>
    /// <param name="recordedAt">When it is written; null: at that moment.</param>
    public static LedgerOutcome Settle(Wallet wallet, DateTime at, DateTime? recordedAt = null) => Sweep(wallet, at, recordedAt, DueKind.All);

    /// <summary>Makes free what has waited out its return window. Safe to repeat.</summary>
    public static LedgerOutcome Activate(Wallet wallet, DateTime at, DateTime? recordedAt = null) => Sweep(wallet, at, recordedAt, DueKind.Activation);

    /// <summary>Writes off what is past its last valid day. Safe to repeat.</summary>
    public static LedgerOutcome Expire(Wallet wallet, DateTime at, DateTime? recordedAt = null) => Sweep(wallet, at, recordedAt, DueKind.Expiry);

    /// <summary>Ends reservations whose time limit has passed. Safe to repeat.</summary>
    public static LedgerOutcome TimeOut(Wallet wallet, DateTime at, DateTime? recordedAt = null) => Sweep(wallet, at, recordedAt, DueKind.TimeOut);

    /// <summary>
    /// An activity of the member moves the expiry of the sliding lots on. No points move, so there are no transfers; an
    /// expired lot stays expired, and no expiry is ever brought forward.
    /// </summary>
    public static LedgerOutcome Extend(Wallet wallet, DateTime activityAt, DateTime expiresAt)
    {
        var draft = new Draft(wallet.NeedLots(), new Posting("extend", activityAt));
        foreach (var lot in wallet.Lots)
        {
            if (lot.Sliding && lot.Left > 0 && !lot.IsExpired(activityAt) && lot.ExpiresAt < expiresAt)
                draft.Set(lot with { ExpiresAt = expiresAt });
        }
        return draft.Done();
    }

    /// <summary>The next moment at which <see cref="Settle"/> would do something; null if nothing waits.</summary>
    public static DateTime? NextDue(Wallet wallet)
    {
        var next = wallet.Unread?.NextDue;
        foreach (var lot in wallet.Lots)
        {
            if (lot.Pending > 0) next = Earlier(next, lot.ActivatesAt);
            if (lot.Available > 0) next = Earlier(next, lot.ExpiresAt);
        }
        foreach (var hold in wallet.Holds) next = Earlier(next, hold.ExpiresAt);
        return next;

        static DateTime? Earlier(DateTime? left, DateTime? right) => left is null || right < left ? right : left;
    }

    private static LedgerOutcome Sweep(Wallet wallet, DateTime now, DateTime? recordedAt, DueKind kinds)
    {
        if (wallet.Unread?.NextDue <= now) wallet.NeedLots();
        if (!(NextDue(wallet) <= now)) return new LedgerOutcome(wallet, []);
        var reference = string.Create(CultureInfo.InvariantCulture, $"settle/{wallet.Member}/{wallet.Version + 1}");
        var draft = new Draft(wallet, new Posting(reference, now, recordedAt ?? now, new Cause(Reason: "due")));
        while (Next(draft, now, kinds) is var (kind, at, lot, hold))
        {
            switch (kind)
            {
                case DueKind.Activation:
                    draft.Move(TransferKind.Activate, Account.MemberPending, Account.MemberAvailable, lot!.Pending, lot.Id, effectiveAt: at);
                    draft.RepayDebt(at);
                    break;
                case DueKind.TimeOut:
                    GiveUp(draft, hold!, TransferKind.TimeOut, at);
                    break;
                default:
                    draft.Move(TransferKind.Expire, Account.MemberAvailable, Account.ProgrammeExpired, lot!.Available, lot.Id, effectiveAt: at);
                    break;
            }
        }
        return draft.Done();
    }

    private static (DueKind Kind, DateTime At, Lot? Lot, Hold? Hold)? Next(Draft draft, DateTime now, DueKind kinds)
    {
        (DueKind Kind, DateTime At, Lot? Lot, Hold? Hold)? first = null;
        if (kinds.HasFlag(DueKind.Activation))
        {
            foreach (var lot in draft.Lots)
                if (lot is { Pending: > 0, ActivatesAt: { } at } && at <= now) Consider((DueKind.Activation, at, lot, null));
        }
        if (kinds.HasFlag(DueKind.TimeOut))
        {
            foreach (var hold in draft.Holds)
                if (hold.ExpiresAt is { } at && at <= now) Consider((DueKind.TimeOut, at, null, hold));
        }
        if (kinds.HasFlag(DueKind.Expiry))
        {
            foreach (var lot in draft.Lots)
                if (lot is { Available: > 0, ExpiresAt: { } at } && at <= now) Consider((DueKind.Expiry, at, lot, null));
        }
        return first;

        void Consider((DueKind Kind, DateTime At, Lot? Lot, Hold? Hold) due)
        {
            if (first is not { } best || due.At < best.At || (due.At == best.At && due.Kind < best.Kind)) first = due;
        }
    }
}
