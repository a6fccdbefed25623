using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Decisions;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>One member's row and points inside a <see cref="RewardingWork"/>: locked, loaded, and written when the work commits.</summary>
public sealed class MemberAccount
{
    private readonly PortalDb db;
    private readonly Journal journal;
    private readonly MemberRow? row;
    private readonly WalletRow wallet;
    private readonly Dictionary<LotId, LotRow> lots;
    private readonly List<LotRow> unwritten = [];
    private readonly Dictionary<Guid, HoldRow> holds;

    internal MemberAccount(PortalDb db, Journal journal, MemberRow? row, WalletRow wallet, IEnumerable<LotRow> lots, IEnumerable<HoldRow> holds, bool isNew = false, bool lotsUnread = false)
    {
        IsNew = isNew;
        this.db = db;
        this.journal = journal;
        this.wallet = wallet;
        this.lots = lots.ToDictionary(l => l.Id);
        unwritten.AddRange(this.lots.Values.Where(l => l.IsUnwritten));
        this.holds = holds.ToDictionary(h => h.Id);
        this.row = row;
        Wallet = wallet.ToWallet(this.lots.Values.OrderBy(l => l.Sequence).Select(l => l.ToLot()), this.holds.Values.Select(h => h.ToHold()));
        if (lotsUnread)
            Wallet = Wallet with { Unread = new(wallet.NextDueAt) };
    }

    public MemberRow Row => row ?? throw new InvalidOperationException("Of this member only the points are loaded.");

    /// <summary>Added by this work: nothing of it stands in the database yet.</summary>
    internal bool IsNew { get; }

    internal MemberCounterRow? Counters { get; set; }

    /// <summary>They were looked for; null means that there are none yet.</summary>
    internal bool CountersAreRead { get; init; }

    internal List<RuleUseRow>? RuleUses { get; set; }

    /// <summary>Keys of the segments, in order; null: not read yet.</summary>
    internal IReadOnlyList<string>? Segments { get; set; }

    internal List<QualifyingDayRow>? QualifyingDays { get; set; }

    public MemberId Id => wallet.MemberId;

    /// <summary>The points as they stand after everything applied so far.</summary>
    public Wallet Wallet { get; private set; }

    /// <summary>Books what fell due (activation, expiry, time-out) up to a moment.</summary>
    public void Settle(DateTime at, DateTime recordedAt) =>
        Apply(RewardsEngine.Accounting.Ledger.Settle(Wallet, at, recordedAt));

    /// <summary>The same, also when the lots were left unread and something of them is due by then.</summary>
    internal async Task SettleAsync(DateTime at, DateTime recordedAt, CancellationToken cancel)
    {
        if (Wallet.Unread?.NextDue <= at)
            await ReadLotsAsync(cancel);
        Settle(at, recordedAt);
    }

    /// <summary>Reads the open lots if that was left for when they are needed: everything that takes from lots needs them.</summary>
    internal async Task ReadLotsAsync(CancellationToken cancel)
    {
        if (Wallet.Unread is null)
            return;
        foreach (var row in await LotReader.OpenAsync(db, [wallet], cancel))
            if (lots.TryAdd(row.Id, row) && row.IsUnwritten)
                unwritten.Add(row);
        Wallet = Wallet with { Unread = null, Lots = [.. lots.Values.Where(l => l.IsOpen).OrderBy(l => l.Sequence).Select(l => l.ToLot())] };
    }

    /// <summary>Takes a change of the ledger over into rows. A refused change leaves everything as it was.</summary>
    /// <returns>The same outcome, so that the caller can look at refusal and transfers.</returns>
    public LedgerOutcome Apply(LedgerOutcome outcome)
    {
        if (!outcome.Accepted || (outcome.Transfers.IsEmpty && outcome.ChangedLots.IsEmpty))
            return outcome;
        foreach (var transfer in outcome.Transfers)
            journal.Add(TransferRow.From(transfer));
        TakeHolds(outcome.Wallet);
        journal.Change(wallet);
        wallet.Take(outcome.Wallet);
        TakeLots(outcome);
        // Emptied lots need not be carried along; a later reversal loads them again.
        Wallet = outcome.Wallet with { Lots = [.. outcome.Wallet.Lots.Where(l => l.Left > 0)] };
        return outcome;
    }

    private void TakeLots(LedgerOutcome outcome)
    {
        var touched = false;
        foreach (var lot in outcome.ChangedLots)
        {
            if (lots.TryGetValue(lot.Id, out var known))
            {
                known.Take(lot);
                touched = true;
                if (!known.IsUnwritten)
                    journal.Change(known);
            }
            else
            {
                Add(LotRow.From(Id, lot));
                touched |= !IsAsCredited(lot, outcome.Transfers);
            }
        }
        if (touched)
            WriteLots(outcome.Wallet);
    }

    private void Add(LotRow lot)
    {
        lot.IsUnwritten = true;
        lots.Add(lot.Id, lot);
        unwritten.Add(lot);
    }

    /// <summary>Its transfer says all there is to say of the lot, so that it needs no row.</summary>
    private static bool IsAsCredited(Lot lot, ImmutableArray<Transfer> transfers)
    {
        if (lot.Sliding || lot.Reversed != 0 || lot.Pending + lot.Available != lot.Earned)
            return false;
        foreach (var transfer in transfers)
            if (transfer.Lot == lot.Id)
                return LotReader.Credits.Contains(transfer.Kind) && transfer.Amount == lot.Earned;
        return false;
    }

    /// <summary>From now on every lot up to this version has its row.</summary>
    private void WriteLots(Wallet after)
    {
        if (after.Unread is not null)
            throw new InvalidOperationException($"The lots of {Id} were not read.");
        foreach (var lot in unwritten)
        {
            lot.IsUnwritten = false;
            journal.Open(lot);
        }
        unwritten.Clear();
        wallet.LotsThrough = after.Version;
    }

    /// <summary>Brings emptied lots back into the wallet, for a reversal or a return.</summary>
    internal async Task LoadLotsAsync(IReadOnlyCollection<LotId> ids, CancellationToken cancel)
    {
        await ReadLotsAsync(cancel);
        var missing = ids.Where(id => !lots.ContainsKey(id)).ToList();
        if (missing.Count > 0)
            foreach (var row in await db.Set<LotRow>().AsNoTracking().Where(l => l.MemberId == Id && missing.Contains(l.Id)).ToListAsync(cancel))
                lots[row.Id] = row;
        Wallet = Wallet.With(ids.Where(lots.ContainsKey).Select(id => lots[id].ToLot()));
    }

    /// <summary>The lot that an accrual created, brought into the wallet even when it is emptied.</summary>
    internal async Task<LotId> LotOfAsync(string accrual, CancellationToken cancel)
    {
        await ReadLotsAsync(cancel);
        if (lots.Values.FirstOrDefault(l => l.Accrual == accrual && l.MovedTo is null) is { } known)
        {
            Wallet = Wallet.With([known.ToLot()]);
            return known.Id;
        }
        // The first transfer of the change created it, perhaps under a membership that became part of this one.
        var id = await db.Set<TransferRow>().Where(t => t.Key == TransferKey.Of(accrual, 1)).Select(t => t.LotId).SingleAsync(cancel);
        var person = await db.Set<MemberRow>().Where(m => m.MergedIntoId == Id).Select(m => m.Id).ToListAsync(cancel);
        person.Add(Id);
        while (await db.Set<LotRow>().Where(l => person.Contains(l.MemberId) && l.Id == id).Select(l => l.MovedTo).SingleAsync(cancel) is { } into)
            id = into;
        await LoadLotsAsync([id!.Value], cancel);
        return id.Value;
    }

    /// <summary>Notes where lots went that another membership of the same person took over.</summary>
    internal void Moved(IEnumerable<(LotId Lot, LotId Into)> moves)
    {
        foreach (var (lot, into) in moves)
        {
            journal.Change(lots[lot]);
            lots[lot].MovedTo = into;
        }
    }

    /// <summary>Sets balances, lots and reservations to what the transfers prove. Days of lots that are stored stay: an expiry may have slid.</summary>
    /// <returns>Whether anything was different.</returns>
    internal bool Restore(Wallet proved, IEnumerable<LotRow> stored)
    {
        foreach (var row in stored)
        {
            if (lots.TryGetValue(row.Id, out var known) && known.IsUnwritten)
                unwritten.Remove(known);
            if (known is null || known.IsUnwritten)
                lots[row.Id] = row;
        }
        var right = proved.Lots.ToDictionary(l => l.Id);
        List<Lot> restored = [];
        var different = false;
        foreach (var row in lots.Values)
        {
            var should = right.GetValueOrDefault(row.Id);
            var lot = row.ToLot() with { Reversed = should?.Reversed ?? row.Reversed, Pending = should?.Pending ?? 0, Available = should?.Available ?? 0, Held = should?.Held ?? 0 };
            restored.Add(lot);
            if (lot == row.ToLot() && row.IsOpen == lot.Left > 0)
                continue;
            different = true;
            if (!row.IsUnwritten)
                journal.Change(row);
            row.Take(lot);
        }
        foreach (var lot in right.Values.Where(l => !lots.ContainsKey(l.Id)).ToList())
        {
            different = true;
            restored.Add(lot);
            Add(LotRow.From(Id, lot));
        }
        var after = proved with { Version = Math.Max(proved.Version, wallet.Version), Lots = [.. restored.OrderBy(l => l.Sequence)] };
        different |= holds.Values.Any(h => after.Hold(new(h.Id)) is not { } hold || HoldRow.Write(hold.Shares) != h.Shares) || after.Holds.Length != holds.Count;
        TakeHolds(after);
        var written = new WalletRow { MemberId = Id };
        written.Take(after);
        different |= !wallet.Says(written);
        if (different)
        {
            journal.Change(wallet);
            wallet.Take(after);
            WriteLots(after);
        }
        Wallet = after;
        return different;
    }

    /// <summary>Which of the account's lots came from sales, the moved ones too.</summary>
    internal bool IsOfSale(LotId lot) => lots[lot].OfSale;

    /// <summary>Lots taken over in this work that a sale gave under the other membership.</summary>
    internal void MarkOfSale(IEnumerable<LotId> taken)
    {
        foreach (var lot in taken)
            lots[lot].OfSale = true;
    }

    private void TakeHolds(Wallet after)
    {
        foreach (var hold in after.Holds)
        {
            if (holds.TryGetValue(hold.Id.Value, out var known))
            {
                known.Shares = HoldRow.Write(hold.Shares);
            }
            else
            {
                holds[hold.Id.Value] = HoldRow.From(Id, hold);
                db.Add(holds[hold.Id.Value]);
            }
        }
        foreach (var gone in holds.Keys.Where(id => after.Hold(new(id)) is null).ToList())
        {
            db.Remove(holds[gone]);
            holds.Remove(gone);
        }
    }
}
