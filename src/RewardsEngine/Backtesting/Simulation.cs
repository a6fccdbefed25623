using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Backtesting;

/// <summary>What an activity gave on one side.</summary>
/// <param name="Points">Points; negative for a refund.</param>
/// <param name="Discount">Discounts.</param>
/// <param name="Vouchers">Vouchers issued.</param>
internal readonly record struct Given(long Points, decimal Discount, int Vouchers);

/// <summary>One rule set replayed over a history, event after event.</summary>
internal sealed class Simulation
{
    private readonly CompiledRuleSet _rules;
    private readonly BacktestInput _input;
    private readonly Dictionary<MemberId, MemberSnapshot> _opening;
    private readonly Dictionary<MemberId, SimulatedMember> _members = [];
    private readonly Dictionary<string, (Decision Decision, List<LineReturn> Returned)> _sales = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refunded;
    private readonly Dictionary<RuleId, RuleLeft> _left;
    private readonly IReadOnlyList<RuleLeft>[] _leftAt;
    private readonly Simulation? _recorded;
    private IReadOnlyList<RuleLeft>? _leftNow;

    /// <param name="rules">The rules.</param>
    /// <param name="input">The history.</param>
    /// <param name="recorded">The same history replayed before: what everybody shared then is taken from it, so that single members can be replayed alone.</param>
    public Simulation(CompiledRuleSet rules, BacktestInput input, Simulation? recorded = null)
    {
        _recorded = recorded;
        _leftAt = new IReadOnlyList<RuleLeft>[recorded is null ? input.Events.Count : 0];
        _rules = rules;
        _input = input;
        Results = new Given[input.Events.Count];
        _opening = input.Opening.ToDictionary(member => member.Id);
        _refunded = [.. input.Events.Select(happened => (happened.Activity as Refund)?.PurchaseReference).OfType<string>()];
        var known = input.Budgets.ToDictionary(left => left.Rule);
        _left = rules.Source.Rules.Where(rule => rule.Budget is not null || rule.Limits.Any(limit => limit.For == CountedFor.Everyone))
            .ToDictionary(rule => rule.Id, rule => known.GetValueOrDefault(rule.Id) ?? Whole(rule));
    }

    public Given[] Results { get; }

    public Dictionary<RuleId, (long Uses, long Points, decimal Discount)> ByRule { get; } = [];

    public IEnumerable<SimulatedMember> Members => _members.Values;

    /// <summary>Decides some events of a recorded replay once more, with the explanation. Only their members are replayed.</summary>
    public Dictionary<int, Decision> Explain(IReadOnlySet<int> wanted, CancellationToken cancel)
    {
        var decisions = new Dictionary<int, Decision>();
        var last = wanted.Max();
        var members = wanted.Select(index => _input.Events[index].Activity?.Member).OfType<MemberId>().ToHashSet();
        for (var index = 0; index <= last; index++)
        {
            if (index % 4096 == 0) cancel.ThrowIfCancellationRequested();
            var happened = _input.Events[index];
            var explain = wanted.Contains(index);
            if (!explain && !((happened.Activity?.Member ?? happened.Spent?.Member) is { } member && members.Contains(member))) continue;
            if (Step(index, happened, explain) is { } decision && explain) decisions[index] = decision;
        }
        return decisions;
    }

    /// <summary>Replays the events.</summary>
    public void Replay(Action<int> progress, CancellationToken cancel)
    {
        for (var index = 0; index < _input.Events.Count; index++)
        {
            if (index % 512 == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress(index);
            }
            Step(index, _input.Events[index], explain: false);
        }
        var end = _input.Events.Count == 0 ? default : When(_input.Events[^1]);
        foreach (var member in _members.Values) member.Settle(end);
        progress(_input.Events.Count);
    }

    private Decision? Step(int index, BacktestEvent happened, bool explain)
    {
        if (happened.Spent is { } spent) Member(spent.Member, spent.At).Spend(spent, $"spent/{index}");
        if (happened.Activity is Refund refund)
        {
            Results[index] = Take(refund);
            return null;
        }
        if (happened.Activity is not { } activity) return null;
        if (_recorded is null) _leftAt[index] = _leftNow ??= [.. _left.Values];
        return Decide(activity, happened, _recorded?._leftAt[index] ?? _leftAt[index], explain, out Results[index]);
    }

    public static DateTime When(BacktestEvent happened) => happened.Activity?.OccurredAt ?? happened.Spent!.At;

    private Decision Decide(Activity activity, BacktestEvent happened, IReadOnlyList<RuleLeft> left, bool explain, out Given given)
    {
        var member = activity.Member is { } id ? Member(id, activity.OccurredAt) : null;
        var snapshot = member?.At(activity.OccurredAt) ?? MemberSnapshot.Guest(activity.OccurredAt);
        var resources = new Resources { Rules = left, Codes = happened.Codes ?? [], Vouchers = happened.Vouchers ?? [], Stock = happened.Stock ?? [] };
        var decision = explain ? Engine.Decide(_rules, snapshot, activity, resources) : Engine.DecideOnce(_rules, snapshot, activity, resources);
        var comesBack = activity is Purchase && _refunded.Contains(activity.Reference);
        member?.Book(decision, activity, comesBack);
        Take(decision);
        if (comesBack) _sales[activity.Reference] = (decision, []);
        var discount = decision.Totals is { } totals ? totals.Discount + totals.ShippingDiscount : 0m;
        var (points, vouchers) = (0L, 0);
        foreach (var effect in decision.Effects)
            if (effect is AwardPoints award) points += award.Points;
            else if (effect is IssueVoucher voucher) vouchers += voucher.Count;
        given = new(points, discount, vouchers);
        return decision;
    }

    private Given Take(Refund refund)
    {
        if (refund.PurchaseReference is not { } reference || !_sales.TryGetValue(reference, out var sale)) return default;
        var decision = Engine.DecideRefund(_rules.Programme, new(sale.Decision, sale.Returned), refund);
        sale.Returned.AddRange(decision.Lines);
        if (sale.Decision.Member is { } member) Member(member, refund.OccurredAt).Book(decision, sale.Decision, refund.OccurredAt);
        foreach (var effect in decision.Effects)
        {
            if (effect is ReleaseUse { ForEveryone: true } use) Change(use.Rule, left => left with { Uses = left.Uses + use.Uses });
            if (effect is ReturnBudget budget) Change(budget.Rule, left => left with { Spend = left.Spend + budget.Spend, Points = left.Points + budget.Points, BudgetUses = left.BudgetUses + budget.Uses });
            if (effect is ReversePoints reverse) Sum(reverse.Rule, 0, -reverse.Points, 0m);
        }
        return new(-decision.PointsReversed(), 0m, 0);
    }

    private void Take(Decision decision)
    {
        foreach (var effect in decision.Effects)
            switch (effect)
            {
                case CountUse use:
                    if (use.ForEveryone) TakeUse(use);
                    Sum(use.Rule, use.Uses, use.Points, 0m);
                    break;
                case UseVoucher voucher: Sum(voucher.Rule, 1, 0, 0m); break;
                case TakeBudget budget: Take(budget); break;
            }
        foreach (var discount in decision.Discounts) Sum(discount.Rule, 0, 0, discount.Total);
    }

    private void TakeUse(CountUse use) => Change(use.Rule, left => left with { Uses = left.Uses - use.Uses });

    private void Take(TakeBudget budget) =>
        Change(budget.Rule, left => left with { Spend = left.Spend - budget.Spend, Points = left.Points - budget.Points, BudgetUses = left.BudgetUses - budget.Uses });

    private void Sum(RuleId rule, long uses, long points, decimal discount)
    {
        var sum = ByRule.GetValueOrDefault(rule);
        ByRule[rule] = (sum.Uses + uses, sum.Points + points, sum.Discount + discount);
    }

    private void Change(RuleId rule, Func<RuleLeft, RuleLeft> change)
    {
        if (!_left.TryGetValue(rule, out var left)) return;
        _left[rule] = change(left);
        _leftNow = null;
    }

    private SimulatedMember Member(MemberId id, DateTime at)
    {
        if (!_members.TryGetValue(id, out var member))
            _members.Add(id, member = new(_opening.GetValueOrDefault(id) ?? new() { Id = id, Joined = at }, _rules, at));
        return member;
    }

    private RuleLeft Whole(Rule rule) => new(
        rule.Id,
        rule.Limits.Where(limit => limit.For == CountedFor.Everyone).Select(limit => (long?)limit.Uses).Min(),
        rule.Budget?.Uses,
        rule.Budget?.Spend,
        rule.Budget?.Points is { } points ? (long)(points * EffectChecks.Pow10(_rules.Programme.Points.Decimals)) : null);
}
