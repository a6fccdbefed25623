using System.Collections.Immutable;
using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>Reads transfers one after another; written apart from <see cref="Draft"/> so that a fault in one shows in the other.</summary>
internal sealed class Rebuilding(MemberId member)
{
    private sealed class LotSum
    {
        public required Transfer Accrual { get; init; }
        public DateTime? ExpiresAt { get; set; }
        public long Pending, Available, Held, Reversed;
    }

    private sealed class HoldSum
    {
        public required Transfer First { get; init; }
        public List<LotShare> Shares { get; } = [];
    }

    private readonly Dictionary<LotId, LotSum> _lots = [];
    private readonly Dictionary<HoldId, HoldSum> _holds = [];
    private long _debt, _qualifying, _version;

    /// <summary>The lowest of the balances the last transfer touched: below zero means overspent.</summary>
    public long Lowest { get; private set; }

    public Wallet Run(IEnumerable<Transfer> transfers)
    {
        foreach (var transfer in transfers) Apply(transfer);
        return Wallet();
    }

    public void Apply(Transfer transfer)
    {
        Lowest = long.MaxValue;
        _version = Math.Max(_version, transfer.WalletVersion);
        var lot = transfer.Lot is { } id ? LotOf(id, transfer) : null;
        if (lot is not null && transfer.Kind == TransferKind.ReturnRedemption && transfer.ExpiresAt is { } grace) lot.ExpiresAt = grace;
        if (lot is not null && transfer.Kind == TransferKind.ReverseAccrual) lot.Reversed += transfer.Amount;
        Add(transfer.Debit, lot, -transfer.Amount);
        Add(transfer.Credit, lot, transfer.Amount);
        if (transfer.Hold is { } hold) Reserve(hold, transfer);
    }

    public Wallet Wallet() => new()
    {
        Member = member,
        Version = _version,
        Pending = _lots.Values.Sum(lot => lot.Pending),
        Available = _lots.Values.Sum(lot => lot.Available),
        Held = _lots.Values.Sum(lot => lot.Held),
        Debt = _debt,
        Qualifying = _qualifying,
        Lots = [.. _lots.Select(pair => new Lot
        {
            Id = pair.Key,
            Accrual = pair.Value.Accrual.Operation,
            Sequence = pair.Value.Accrual.WalletVersion,
            EarnedAt = pair.Value.Accrual.EffectiveAt,
            ActivatesAt = pair.Value.Accrual.ActivatesAt,
            ExpiresAt = pair.Value.ExpiresAt,
            Earned = pair.Value.Accrual.Amount,
            Reversed = pair.Value.Reversed,
            Pending = pair.Value.Pending,
            Available = pair.Value.Available,
            Held = pair.Value.Held,
        })],
        Holds = [.. _holds.Where(pair => pair.Value.Shares.Count > 0).Select(pair => new Hold(
            pair.Key, pair.Value.First.Operation, pair.Value.First.EffectiveAt, pair.Value.First.ExpiresAt, [.. pair.Value.Shares]))],
    };

    private LotSum LotOf(LotId id, Transfer transfer)
    {
        if (!_lots.TryGetValue(id, out var lot))
            _lots.Add(id, lot = new LotSum { Accrual = transfer, ExpiresAt = transfer.ExpiresAt });
        return lot;
    }

    private void Add(Account account, LotSum? lot, long amount)
    {
        checked
        {
            long? balance = account switch
            {
                Account.MemberPending when lot is not null => lot.Pending += amount,
                Account.MemberAvailable when lot is not null => lot.Available += amount,
                Account.MemberHeld when lot is not null => lot.Held += amount,
                Account.MemberDebt => _debt -= amount,
                Account.MemberQualifying => _qualifying += amount,
                Account.MemberPending or Account.MemberAvailable or Account.MemberHeld => -1, // a lot's account without a lot
                _ => null,
            };
            if (balance is { } value) Lowest = Math.Min(Lowest, value);
        }
    }

    private void Reserve(HoldId id, Transfer transfer)
    {
        if (!_holds.TryGetValue(id, out var hold)) _holds.Add(id, hold = new HoldSum { First = transfer });
        var share = new LotShare(transfer.Lot!.Value, transfer.Amount);
        if (transfer.Kind == TransferKind.Hold)
        {
            hold.Shares.Add(share);
            return;
        }
        var index = hold.Shares.FindIndex(other => other.Lot == share.Lot);
        var left = (index < 0 ? 0 : hold.Shares[index].Amount) - share.Amount;
        Lowest = Math.Min(Lowest, left);
        if (left > 0) hold.Shares[index] = share with { Amount = left };
        else if (index >= 0) hold.Shares.RemoveAt(index);
    }
}
