using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Backtesting;

/// <summary>Sets the two sides of a back-test side by side.</summary>
internal sealed class Comparison(CompiledRuleSet live, CompiledRuleSet draft, BacktestInput input, Simulation left, Simulation right)
{
    /// <summary>What one member had on both sides.</summary>
    private sealed class MemberSum
    {
        public long LivePoints;
        public long DraftPoints;
        public decimal LiveDiscount;
        public decimal DraftDiscount;
        public bool Touched;
    }

    public BacktestReport Report(CancellationToken cancel)
    {
        var members = Members();
        return new()
        {
            Activities = input.Events.Count(happened => happened.Activity is not null),
            Members = members.Count,
            Live = Totals(live.Programme, left),
            Draft = Totals(draft.Programme, right),
            Touched = members.Values.Count(member => member.Touched),
            Winners = members.Values.Count(member => Difference(member) > 0),
            Losers = members.Values.Count(member => Difference(member) < 0),
            Segments = Segments(members),
            Rules = Rules(),
            Examples = Examples(cancel),
        };
    }

    private Dictionary<MemberId, MemberSum> Members()
    {
        var members = new Dictionary<MemberId, MemberSum>();
        for (var index = 0; index < input.Events.Count; index++)
        {
            if (input.Events[index].Activity?.Member is not { } id) continue;
            if (!members.TryGetValue(id, out var sum)) members.Add(id, sum = new());
            var (was, would) = (left.Results[index], right.Results[index]);
            sum.LivePoints += was.Points;
            sum.DraftPoints += would.Points;
            sum.LiveDiscount += was.Discount;
            sum.DraftDiscount += would.Discount;
            sum.Touched |= was != would;
        }
        return members;
    }

    /// <summary>In money; where points have no worth, more points are a little more.</summary>
    private decimal Worth(long points) => draft.Programme.Conversion is { Points: > 0, Amount: > 0 } conversion
        ? points * conversion.Amount / conversion.Points
        : points * draft.Programme.Currency.MinorUnit;

    private decimal Difference(MemberSum member) => Worth(member.DraftPoints - member.LivePoints) + member.DraftDiscount - member.LiveDiscount;

    private static BacktestTotals Totals(Programme programme, Simulation side)
    {
        var points = side.Results.Sum(given => given.Points);
        var discount = side.Results.Sum(given => given.Discount);
        var outstanding = side.Members.Sum(member => member.Outstanding);
        return new(points, discount, side.Results.Sum(given => (long)given.Vouchers), outstanding, programme.WorthOf(outstanding),
            side.Members.Sum(member => member.Expired), discount + programme.WorthOf(points));
    }

    private List<BacktestSegment> Segments(Dictionary<MemberId, MemberSum> members)
    {
        var segmentsOf = input.Groups ?? input.Opening.ToDictionary(member => member.Id, member => member.Segments);
        return [.. members
            .SelectMany(member => (segmentsOf.GetValueOrDefault(member.Key) is { Count: > 0 } own ? own : [""]).Distinct(StringComparer.Ordinal).Select(segment => (segment, member.Value)))
            .GroupBy(pair => pair.segment, pair => pair.Value, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new BacktestSegment(group.Key, group.Count(), group.Sum(sum => sum.LivePoints), group.Sum(sum => sum.DraftPoints),
                group.Sum(sum => sum.LiveDiscount), group.Sum(sum => sum.DraftDiscount), group.Count(sum => Difference(sum) > 0), group.Count(sum => Difference(sum) < 0)))];
    }

    private List<BacktestRule> Rules() =>
        [.. left.ByRule.Keys.Union(right.ByRule.Keys).Order().Select(rule =>
        {
            var (was, would) = (left.ByRule.GetValueOrDefault(rule), right.ByRule.GetValueOrDefault(rule));
            return new BacktestRule(rule, was.Uses, would.Uses, was.Points, would.Points, was.Discount, would.Discount);
        })];

    /// <summary>The members of the largest differences are replayed once more to tell why: what was read then is not kept for every activity.</summary>
    private List<BacktestExample> Examples(CancellationToken cancel)
    {
        var largest = Enumerable.Range(0, input.Events.Count)
            .Where(index => input.Events[index].Activity is not (null or Refund) && left.Results[index] != right.Results[index])
            .OrderByDescending(index => Math.Abs(Change(index))).ThenBy(index => index).Take(input.Examples).ToHashSet();
        if (largest.Count == 0) return [];
        Dictionary<int, Decision> was = [], would = [];
        Backtest.BothSides(
            () => was = new Simulation(live, input, left).Explain(largest, cancel),
            () => would = new Simulation(draft, input, right).Explain(largest, cancel));
        return [.. largest.OrderByDescending(index => Math.Abs(Change(index))).ThenBy(index => index)
            .Select(index => new BacktestExample(was[index].Reference, was[index].Member, Change(index), was[index], would[index]))];
    }

    private decimal Change(int index) =>
        Worth(right.Results[index].Points - left.Results[index].Points) + right.Results[index].Discount - left.Results[index].Discount;
}
