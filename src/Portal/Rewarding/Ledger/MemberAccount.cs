using Portal.Data;
using Portal.Rewarding.Decisions;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>One member's row and points inside a <see cref="RewardingWork"/>: locked, loaded, and written when the work commits.</summary>
public sealed class MemberAccount
{
    private readonly PortalDb db;
    private readonly WalletRow wallet;
    private readonly Dictionary<LotId, LotRow> lots;
    private readonly Dictionary<Guid, HoldRow> holds;

    internal MemberAccount(PortalDb db, MemberRow row, WalletRow wallet, IEnumerable<LotRow> lots, IEnumerable<HoldRow> holds, bool isNew = false)
    {
        IsNew = isNew;
        this.db = db;
        this.wallet = wallet;
        this.lots = lots.ToDictionary(l => l.Id);
        this.holds = holds.ToDictionary(h => h.Id);
        Row = row;
        Wallet = wallet.ToWallet(this.lots.Values.OrderBy(l => l.Sequence).Select(l => l.ToLot()), this.holds.Values.Select(h => h.ToHold()));
    }

    public MemberRow Row { get; }

    /// <summary>Added by this work: nothing of it stands in the database yet.</summary>
    internal bool IsNew { get; }

    internal MemberCounterRow? Counters { get; set; }

    internal List<RuleUseRow>? RuleUses { get; set; }

    internal List<QualifyingDayRow>? QualifyingDays { get; set; }

    public MemberId Id => Row.Id;

    /// <summary>The points as they stand after everything applied so far.</summary>
    public Wallet Wallet { get; private set; }

    /// <summary>Books what fell due (activation, expiry, time-out) up to a moment.</summary>
    public void Settle(DateTime at, DateTime recordedAt) =>
        Apply(RewardsEngine.Accounting.Ledger.Settle(Wallet, at, recordedAt));

    /// <summary>Takes a change of the ledger over into rows. A refused change leaves everything as it was.</summary>
    /// <returns>The same outcome, so that the caller can look at refusal and transfers.</returns>
    public LedgerOutcome Apply(LedgerOutcome outcome)
    {
        if (!outcome.Accepted || (outcome.Transfers.IsEmpty && outcome.ChangedLots.IsEmpty))
            return outcome;
        foreach (var transfer in outcome.Transfers)
            db.Add(TransferRow.From(transfer));
        foreach (var lot in outcome.ChangedLots)
        {
            if (lots.TryGetValue(lot.Id, out var known))
            {
                known.Take(lot);
            }
            else
            {
                lots[lot.Id] = LotRow.From(Id, lot);
                db.Add(lots[lot.Id]);
            }
        }
        TakeHolds(outcome.Wallet);
        wallet.Take(outcome.Wallet);
        // Emptied lots need not be carried along; a later reversal loads them again.
        Wallet = outcome.Wallet with { Lots = [.. outcome.Wallet.Lots.Where(l => l.Left > 0)] };
        return outcome;
    }

    /// <summary>Brings emptied lots back into the wallet, for a reversal or a return.</summary>
    internal async Task LoadLotsAsync(IReadOnlyCollection<LotId> ids, CancellationToken cancel)
    {
        foreach (var id in ids.Where(id => !lots.ContainsKey(id)))
            if (await db.Set<LotRow>().FindAsync([id], cancel) is { } row && row.MemberId == Id)
                lots[id] = row;
        Wallet = Wallet.With(ids.Where(lots.ContainsKey).Select(id => lots[id].ToLot()));
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
