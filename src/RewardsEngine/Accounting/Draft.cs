using System.Collections.Immutable;
using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>A change being written: the only place where a transfer is made and where lots and balances move, always together.</summary>
internal sealed class Draft(Wallet before, Posting posting)
{
    private readonly List<Transfer> _transfers = [];
    private readonly List<Lot> _lots = Copy(before.Lots);
    private readonly List<Hold> _holds = [.. before.Holds];
    private readonly List<LotId> _changed = []; // hardly ever more than a few
    private HashSet<LotId>? _many; // the same, once they are many
    private long _pending = before.Pending, _available = before.Available, _held = before.Held, _debt = before.Debt, _qualifying = before.Qualifying;

    public long Version { get; } = before.Version + 1;

    public long Debt => _debt;

    public List<Lot> Lots => _lots;

    public IReadOnlyList<Hold> Holds => _holds;

    public Lot Lot(LotId id) => _lots[IndexOf(id)];

    public void Open(Lot lot)
    {
        _lots.Add(lot);
        Note(lot.Id);
    }

    public void Set(Lot lot)
    {
        _lots[IndexOf(lot.Id)] = lot;
        Note(lot.Id);
    }

    public void Open(Hold hold) => _holds.Add(hold);

    public void Close(HoldId id) => _holds.RemoveAll(hold => hold.Id == id);

    public void Set(Hold hold) => _holds[_holds.FindIndex(other => other.Id == hold.Id)] = hold;

    /// <summary>Books one transfer and moves lot and balances with it. Nothing is booked for an amount of zero.</summary>
    public void Move(TransferKind kind, Account debit, Account credit, long amount, LotId? lot = null, HoldId? hold = null,
        DateTime? activatesAt = null, DateTime? expiresAt = null, DateTime? effectiveAt = null, string? returns = null)
    {
        if (amount == 0) return;
        if (amount < 0) throw new ArgumentOutOfRangeException(nameof(amount), amount, "A transfer moves more than zero.");
        var ordinal = _transfers.Count + 1;
        _transfers.Add(new Transfer
        {
            Operation = posting.Reference,
            Member = before.Member,
            Kind = kind,
            Debit = debit,
            Credit = credit,
            Amount = amount,
            Lot = lot,
            Hold = hold,
            Returns = returns,
            ActivatesAt = activatesAt,
            ExpiresAt = expiresAt,
            WalletVersion = Version,
            Ordinal = ordinal,
            EffectiveAt = effectiveAt ?? posting.EffectiveAt,
            RecordedAt = posting.RecordedAt,
            Cause = posting.Cause,
        });
        Apply(debit, -amount, lot);
        Apply(credit, amount, lot);
        if (lot is { } reversed && credit == Account.ProgrammeReversed && kind == TransferKind.ReverseAccrual)
            Set(Lot(reversed) with { Reversed = checked(Lot(reversed).Reversed + amount) });
    }

    /// <summary>What the member owes is settled from whatever can be spent, before anything else.</summary>
    public void RepayDebt(DateTime at)
    {
        if (_debt == 0) return;
        foreach (var share in Take(_debt, at))
            Move(TransferKind.RepayDebt, Account.MemberAvailable, Account.MemberDebt, share.Amount, share.Lot, effectiveAt: at);
    }

    /// <summary>The lots an amount comes from, in spending order; less than the amount if less can be spent.</summary>
    public List<LotShare> Take(long amount, DateTime at)
    {
        before.NeedLots();
        var taken = new List<LotShare>();
        var candidates = _lots.FindAll(lot => lot.Spendable(at) > 0);
        candidates.Sort(Accounting.Lot.CompareBySpending);
        foreach (var lot in candidates)
        {
            if (amount == 0) break;
            var part = Math.Min(amount, lot.Available);
            taken.Add(new LotShare(lot.Id, part));
            amount -= part;
        }
        return taken;
    }

    public LedgerOutcome Done(long forgiven = 0)
    {
        if (_transfers.Count == 0 && _changed.Count == 0) return new LedgerOutcome(before, []) { Forgiven = forgiven };
        var after = before with
        {
            Version = Version,
            Lots = [.. _lots],
            Holds = [.. _holds],
            Pending = _pending,
            Available = _available,
            Held = _held,
            Debt = _debt,
            Qualifying = _qualifying,
        };
        return new LedgerOutcome(after, [.. _transfers])
        {
            ChangedLots = Changed(),
            Forgiven = forgiven,
        };
    }

    private void Apply(Account account, long amount, LotId? lot)
    {
        checked
        {
            switch (account)
            {
                case Account.MemberPending:
                    _pending += amount;
                    break;
                case Account.MemberAvailable:
                    _available += amount;
                    break;
                case Account.MemberHeld:
                    _held += amount;
                    break;
                case Account.MemberDebt:
                    _debt -= amount;
                    break;
                case Account.MemberQualifying:
                    _qualifying += amount;
                    break;
                default:
                    break;
            }
            if (!Accounts.StandsInLots(account)) return;
            var current = Lot(lot ?? throw new InvalidOperationException($"{Accounts.Name(account)} moves only with a lot."));
            Set(account switch
            {
                Account.MemberPending => current with { Pending = NotNegative(current.Pending + amount) },
                Account.MemberAvailable => current with { Available = NotNegative(current.Available + amount) },
                _ => current with { Held = NotNegative(current.Held + amount) },
            });
        }
    }

    private static long NotNegative(long amount) =>
        amount >= 0 ? amount : throw new InvalidOperationException("A lot would fall below zero.");

    private int IndexOf(LotId id)
    {
        for (var index = _lots.Count - 1; index >= 0; index--) // what changes is mostly among the newest
            if (_lots[index].Id == id) return index;
        throw new InvalidOperationException($"Lot {id} is not loaded.");
    }

    private void Note(LotId id)
    {
        if (_many is null && _changed.Count == 32) _many = [.. _changed];
        if (_many is not null ? _many.Add(id) : !_changed.Contains(id)) _changed.Add(id);
    }

    private ImmutableArray<Lot> Changed()
    {
        if (_changed.Count == 0) return [];
        var changed = ImmutableArray.CreateBuilder<Lot>(_changed.Count);
        foreach (var lot in _lots)
            if (_many is not null ? _many.Contains(lot.Id) : _changed.Contains(lot.Id)) changed.Add(lot);
        return changed.DrainToImmutable();
    }

    private static List<Lot> Copy(ImmutableArray<Lot> lots)
    {
        var copy = new List<Lot>(lots.Length + 1);
        copy.AddRange(lots.AsSpan());
        return copy;
    }
}
