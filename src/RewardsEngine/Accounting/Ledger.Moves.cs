using System.Collections.Immutable;
using System.Globalization;
using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>What one wallet hands over to another when both turn out to be the same person's.</summary>
/// <param name="Lots">Every lot of which anything is left or could still be taken back, with the id it has in the other wallet.</param>
/// <param name="Holds">Open reservations.</param>
/// <param name="Debt">What is owed.</param>
/// <param name="Qualifying">What counts for the tier.</param>
public sealed record Moved(ImmutableArray<(Lot Lot, LotId Id)> Lots, ImmutableArray<Hold> Holds, long Debt, long Qualifying);

public static partial class Ledger
{
    /// <summary>
    /// Empties a wallet for another one of the same person. Settle it first. Reservations are given up here and stand again
    /// over there; points pass through <see cref="Account.ProgrammeMoved"/>, so that nothing counts as issued or reversed.
    /// </summary>
    public static LedgerOutcome MoveOut(Wallet from, Posting posting)
    {
        var draft = new Draft(from.NeedLots(), posting);
        foreach (var hold in from.Holds)
        {
            foreach (var share in hold.Shares) draft.Move(TransferKind.Release, Account.MemberHeld, Account.MemberAvailable, share.Amount, share.Lot, hold.Id);
            draft.Close(hold.Id);
        }
        foreach (var lot in draft.Lots.ToList())
        {
            draft.Move(TransferKind.MoveOut, Account.MemberPending, Account.ProgrammeMoved, lot.Pending, lot.Id);
            draft.Move(TransferKind.MoveOut, Account.MemberAvailable, Account.ProgrammeMoved, lot.Available, lot.Id);
        }
        draft.Move(TransferKind.MoveOut, Account.ProgrammeMoved, Account.MemberDebt, from.Debt);
        draft.Move(TransferKind.MoveOut, Account.MemberQualifying, Account.ProgrammeMoved, from.Qualifying);
        return draft.Done();
    }

    /// <summary>
    /// Takes over what <see cref="MoveOut"/> let go: lot by lot with the days on which they become free and expire, and with
    /// what was already spent of them, so that a later return of their sale still finds all it gave.
    /// </summary>
    public static LedgerOutcome MoveIn(Wallet to, Posting posting, Moved moved)
    {
        if (to.Qualifying > MaxBalance - moved.Qualifying || !HasRoom(to, moved.Lots.Sum(entry => entry.Lot.Left))) return Refused(to, LedgerRefusal.InvalidAmount);
        if (moved.Lots.Any(entry => to.Lot(entry.Id) is not null)) return Refused(to, LedgerRefusal.Duplicate);
        var draft = new Draft(to, posting);
        foreach (var (lot, id) in moved.Lots)
        {
            draft.Open(lot with
            {
                Id = id,
                Accrual = string.Create(CultureInfo.InvariantCulture, $"{posting.Reference}/{lot.Id}"),
                Sequence = draft.Version,
                Earned = lot.Earned - lot.Reversed,
                Reversed = 0,
                Pending = 0,
                Available = 0,
                Held = 0,
            });
            draft.Move(TransferKind.MoveIn, Account.ProgrammeMoved, Account.MemberPending, lot.Pending, id, activatesAt: lot.ActivatesAt, expiresAt: lot.ExpiresAt);
            draft.Move(TransferKind.MoveIn, Account.ProgrammeMoved, Account.MemberAvailable, lot.Available + lot.Held, id, activatesAt: lot.ActivatesAt, expiresAt: lot.ExpiresAt);
        }
        var idOf = moved.Lots.ToDictionary(entry => entry.Lot.Id, entry => entry.Id);
        foreach (var hold in moved.Holds)
        {
            var shares = hold.Shares.Select(share => share with { Lot = idOf[share.Lot] }).ToImmutableArray();
            foreach (var share in shares) draft.Move(TransferKind.Hold, Account.MemberAvailable, Account.MemberHeld, share.Amount, share.Lot, hold.Id, expiresAt: hold.ExpiresAt);
            draft.Open(hold with { Shares = shares });
        }
        draft.Move(TransferKind.MoveIn, Account.MemberDebt, Account.ProgrammeMoved, moved.Debt);
        draft.Move(TransferKind.MoveIn, Account.ProgrammeMoved, Account.MemberQualifying, moved.Qualifying);
        draft.RepayDebt(posting.EffectiveAt);
        return draft.Done();
    }
}
