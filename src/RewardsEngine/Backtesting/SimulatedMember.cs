using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Backtesting;

/// <summary>One member while a history is replayed: wallet, tier, counters and rule uses evolve as they would have.</summary>
internal sealed class SimulatedMember
{
    private static readonly TimeSpan CountersReach = TimeSpan.FromDays(366 * 3);

    private readonly MemberSnapshot _opening;
    private readonly CompiledRuleSet _rules;
    private readonly List<RuleUse> _uses; // read by the next decision as it stands, never copied
    private readonly List<UsedOnDay> _earned;
    private readonly List<(DateOnly Day, long Points)> _qualifying = [];
    private readonly List<HistoryEntry> _purchases;
    private readonly Dictionary<(string Sale, RuleId Rule), LotId> _awarded = [];
    private readonly HashSet<LotId> _kept = [];
    private History _history;
    private History _visits;
    private TierStanding? _standing;
    private Wallet _wallet;
    private int _lots;

    public SimulatedMember(MemberSnapshot opening, CompiledRuleSet rules, DateTime at)
    {
        _opening = opening;
        _rules = rules;
        _uses = [.. opening.RuleUses.Select(use => use with { Days = use.Days.ToList() })];
        _earned = [.. opening.EarnedByDay];
        _purchases = [.. opening.Purchases.Recent];
        _history = opening.Purchases;
        _visits = opening.Visits;
        _wallet = Wallet.Empty(opening.Id);
        var start = opening.Points.Available + opening.Points.Pending + opening.Points.Held - opening.Points.Debt;
        if (start > 0) Accrue("opening", start, at, null, null, false);
        if (opening.Points.Qualifying > 0) _qualifying.Add((ProgrammeDays.Of(at, rules.Zone), opening.Points.Qualifying));
        if (rules.Programme.TierRules is { } tiers && opening.Tier is { } tier && tiers.Steps.Any(step => step.Code == tier))
            _standing = new(tier, new(DateOnly.MinValue, tiers.Period.Containing(ProgrammeDays.Of(at, rules.Zone)).Last));
    }

    /// <summary>Points that expired unused.</summary>
    public long Expired { get; private set; }

    public long Outstanding => _wallet.Pending + _wallet.Available + _wallet.Held - _wallet.Debt;

    /// <summary>The member as a decision at this moment would read it.</summary>
    public MemberSnapshot At(DateTime at)
    {
        Settle(at);
        return _opening with
        {
            Tier = _standing?.Tier ?? _opening.Tier,
            Points = new() { Available = _wallet.Available, Pending = _wallet.Pending, Held = _wallet.Held, Debt = _wallet.Debt },
            Purchases = _history with { Recent = _purchases },
            Visits = _visits,
            RuleUses = _uses,
            EarnedByDay = _earned,
        };
    }

    /// <param name="decision">What was decided.</param>
    /// <param name="activity">On what.</param>
    /// <param name="comesBack">Some of it is returned later: its lots are kept, even emptied, so that the return takes from them.</param>
    public void Book(Decision decision, Activity activity, bool comesBack)
    {
        var day = ProgrammeDays.Of(activity.OccurredAt, _rules.Zone);
        for (var index = 0; index < decision.Effects.Count; index++)
            if (decision.Effects[index] is AwardPoints award && IsFirst(decision.Effects, index, award.Rule))
                Award(decision.Effects, index, award, activity, day, comesBack);
        foreach (var effect in decision.Effects)
            switch (effect)
            {
                case CountUse use:
                    Count(use, day);
                    break;
                case ChangeTier tier:
                    _standing = new(tier.Tier, new(day, tier.Until ?? _rules.Programme.TierRules?.Period.Containing(day).Last ?? DateOnly.MaxValue));
                    break;
            }
        switch (activity)
        {
            case Purchase purchase: Count(purchase, decision); break;
            case Visit visit: _visits = Counted(_visits, [.. _visits.Recent, new(visit.OccurredAt, 0m, 1)], new(visit.OccurredAt, 0m, 1)); break;
        }
        ReviewTier(day);
    }

    public void Book(RefundDecision refund, Decision sale, DateTime at)
    {
        var (day, soldOn) = (ProgrammeDays.Of(at, _rules.Zone), ProgrammeDays.Of(sale.OccurredAt, _rules.Zone));
        Settle(at);
        foreach (var reversals in refund.Effects.OfType<ReversePoints>().GroupBy(reverse => reverse.Rule))
        {
            TakeBack(refund, reversals.Key, reversals.Sum(reverse => reverse.Points), at);
            if (reversals.Sum(reverse => reverse.Qualifying) is > 0 and var qualifying) _qualifying.Add((soldOn, -qualifying));
        }
        foreach (var release in refund.Effects.OfType<ReleaseUse>()) Release(release, soldOn);
        if (refund.WholeSaleReturned) Forget(sale);
        ReviewTier(day);
    }

    /// <summary>Uses and what they gave go back to the day of the sale.</summary>
    private void Release(ReleaseUse release, DateOnly soldOn)
    {
        TakeOff(_earned, soldOn, 0, release.Points);
        if (_uses.FindIndex(use => use.Rule == release.Rule) is not (>= 0 and var index)) return;
        var known = _uses[index];
        TakeOff((List<UsedOnDay>)known.Days, soldOn, release.Uses, release.Points);
        _uses[index] = known with { Uses = known.Uses - release.Uses, Points = known.Points - release.Points };
    }

    /// <summary>A sale that came back whole counts no more.</summary>
    private void Forget(Decision sale)
    {
        var index = _purchases.FindLastIndex(entry => entry.At == sale.OccurredAt && entry.Total == sale.Totals!.Total);
        if (index < 0) return;
        var entry = _purchases[index];
        _purchases.RemoveAt(index);
        _history = _history with { Count = _history.Count - 1, Total = _history.Total - entry.Total, Quantity = _history.Quantity - entry.Quantity, Recent = _purchases };
    }

    private static void TakeOff(List<UsedOnDay> days, DateOnly day, long uses, long points)
    {
        if (days.FindLastIndex(known => known.Day == day) is >= 0 and var index) days[index] = new(day, days[index].Uses - uses, days[index].Points - points);
    }

    /// <summary>Spends as much of it as there is.</summary>
    public void Spend(PointsSpent spent, string reference)
    {
        Settle(spent.At);
        var points = Math.Min(spent.Points, _wallet.Spendable(spent.At));
        if (points > 0) _wallet = Ledger.Spend(_wallet, new(reference, spent.At), points).Wallet;
    }

    public void Settle(DateTime at)
    {
        if (Ledger.NextDue(_wallet) is not { } due || due > at) return;
        var outcome = Ledger.Settle(_wallet, at);
        Expired += outcome.Moved(TransferKind.Expire);
        _wallet = outcome.Wallet;
        foreach (var lot in _wallet.Lots)
        {
            if (lot.Left > 0 || _kept.Contains(lot.Id)) continue;
            _wallet = _wallet with { Lots = _wallet.Lots.RemoveAll(empty => empty.Left == 0 && !_kept.Contains(empty.Id)) };
            return;
        }
    }

    private void Accrue(string reference, long points, DateTime at, DateTime? active, DateTime? expires, bool sliding)
    {
        var lot = new LotId(new Guid(++_lots, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        var outcome = Ledger.Accrue(_wallet, new(reference, at), new(lot, points, active, expires, sliding));
        if (outcome.Accepted) _wallet = outcome.Wallet;
    }

    private static bool IsFirst(IReadOnlyList<DecidedEffect> effects, int index, RuleId rule)
    {
        for (var before = 0; before < index; before++)
            if (effects[before] is AwardPoints award && award.Rule == rule) return false;
        return true;
    }

    /// <summary>A rule that gives twice (a base and a multiplier) makes one lot, as in the ledger.</summary>
    private void Award(IReadOnlyList<DecidedEffect> effects, int from, AwardPoints first, Activity activity, DateOnly day, bool comesBack)
    {
        var (points, qualifying) = (0L, 0L);
        for (var index = from; index < effects.Count; index++)
            if (effects[index] is AwardPoints award && award.Rule == first.Rule) (points, qualifying) = (points + award.Points, qualifying + award.Qualifying);
        Accrue(_lots.ToString(System.Globalization.CultureInfo.InvariantCulture), points, activity.OccurredAt, first.ActiveFrom > activity.OccurredAt ? first.ActiveFrom : null, first.ExpiresAt, first.Sliding);
        Add(_earned, day, 0, points);
        if (qualifying > 0) _qualifying.Add((day, qualifying));
        if (!comesBack) return;
        var lot = new LotId(new Guid(_lots, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        _awarded[(activity.Reference, first.Rule)] = lot;
        _kept.Add(lot);
    }

    /// <summary>From exactly the lot that the sale made.</summary>
    private void TakeBack(RefundDecision refund, RuleId rule, long points, DateTime at)
    {
        if (points == 0 || refund.PurchaseReference is not { } sale || !_awarded.TryGetValue((sale, rule), out var lot)) return;
        var outcome = Ledger.ReverseAccrual(_wallet, new($"{refund.Reference}/{sale}/{rule}", at), new(lot, points, _rules.Programme.Points.WhenSpent));
        if (outcome.Accepted) _wallet = outcome.Wallet;
    }

    private void Count(CountUse use, DateOnly day)
    {
        var index = 0;
        while (index < _uses.Count && _uses[index].Rule != use.Rule) index++;
        if (index == _uses.Count)
        {
            _uses.Add(new(use.Rule, 0, 0, new List<UsedOnDay>()));
        }
        var known = _uses[index];
        Add((List<UsedOnDay>)known.Days, day, use.Uses, use.Points);
        _uses[index] = known with { Uses = known.Uses + use.Uses, Points = known.Points + use.Points };
    }

    private void Count(Purchase purchase, Decision decision)
    {
        var entry = new HistoryEntry(purchase.OccurredAt, decision.Totals!.Total, purchase.Lines.Sum(line => (long)line.Quantity));
        _purchases.Add(entry);
        if (_purchases.Count > 64 && _purchases[0].At < purchase.OccurredAt - CountersReach) _purchases.RemoveAll(old => old.At < purchase.OccurredAt - CountersReach);
        _history = Counted(_history, _purchases, entry);
    }

    private static History Counted(History history, IReadOnlyList<HistoryEntry> recent, HistoryEntry entry) =>
        new(history.Count + 1, history.Total + entry.Total, history.Quantity + entry.Quantity, history.First ?? entry.At, entry.At, recent);

    private void ReviewTier(DateOnly today)
    {
        if (_rules.Programme.TierRules is not { } tiers) return;
        _standing = Tiers.Review(tiers, _standing, range => tiers.Basis == TierBasis.Balance
            ? _wallet.Balance
            : QualifyingIn(range), today).Standing;
    }

    private long QualifyingIn(DayRange range)
    {
        var sum = 0L;
        foreach (var (day, points) in _qualifying)
            if (range.Contains(day)) sum += points;
        return sum;
    }

    private static void Add(List<UsedOnDay> days, DateOnly day, long uses, long points)
    {
        if (days.Count > 0 && days[^1].Day == day) days[^1] = new(day, days[^1].Uses + uses, days[^1].Points + points);
        else days.Add(new(day, uses, points));
    }
}
