using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Tests.Properties;

/// <summary>The order of lines does not matter, the best of a group is the best, the best order is the best.</summary>
public sealed class OrderInvariants
{
    /// <summary>Effects and settings that look at lines in no order: what is taken off whole lines, off scopes, off the order. Left out is what is defined by the order of lines, such as giving the remainder to the first.</summary>
    [Fact]
    public void The_order_of_lines_changes_neither_what_is_paid_nor_what_is_earned() => Runs.Each(1_500, seed =>
    {
        var scene = new RandomScene(seed);
        var random = new Random(seed);
        Rule[] rules =
        [
            Of("a", 0, new PercentOffLines { Percent = random.Next(1, 60), Scope = RandomEffects.AnyScope(random) }),
            .. Enumerable.Range(0, random.Next(1, 4)).Select(index => Of($"s{index}", 1, new AmountOffScopeTotal { Amount = AtLeastOne(scene, random.Next(1, 40_000) / 100m), Scope = RandomEffects.AnyScope(random) })),
            Of("o", 2, random.Next(2) == 0 ? new PercentOffOrder { Percent = random.Next(1, 60) } : new AmountOffOrder { Amount = AtLeastOne(scene, random.Next(1, 5_000) / 100m) }),
            Of("p", 3, new PointsPerAmount { Points = 1, Per = random.Next(1, 20) }),
        ];
        var reckoning = scene.Programme.Reckoning with { Remainder = RemainderMethod.LargestRemainder, FloorOverflow = FloorOverflow.Redistribute };
        var compiled = CompiledRuleSet.Compile(new(1, scene.Programme with { Reckoning = reckoning }, rules)).Rules ?? throw new InvalidOperationException("the rules are refused");
        // Lines that are alike in everything are told apart by their place alone.
        var cart = scene.Cart with { Lines = [.. scene.Cart.Lines.Select((line, index) => line with { UnitPrice = line.UnitPrice + index })] };
        var first = scene.Decide(compiled, cart);
        var other = scene.Decide(compiled, cart with { Lines = scene.Shuffle(cart.Lines) });

        Assert.Equal((first.Totals!.Total, first.Totals.Discount), (other.Totals!.Total, other.Totals.Discount));
        // Tax and reward lines take their part of the basis line by line, where a minor unit may fall to another line.
        if (cart.Lines.All(line => line.Tax == 0 && !line.IsReward && line.TopUp is null)) Assert.Equal(first.PointsAwarded(), other.PointsAwarded());
    });

    [Fact]
    public void The_best_of_a_group_is_worth_no_less_than_any_other_alone() => Runs.Each(1_500, seed =>
    {
        var scene = new RandomScene(seed);
        var random = new Random(seed);
        Rule[] rivals = [.. Enumerable.Range(0, random.Next(2, 5)).Select(index => Of($"r{index}", 0, RandomEffects.Discount(random)) with { Group = "best" })];

        var best = scene.Decide(scene.Compile(rivals)).Totals!.Total;

        foreach (var rival in rivals)
            Assert.True(best <= scene.Decide(scene.Compile([rival])).Totals!.Total, $"{rival.Id} alone is better than the best of {rivals.Length}");
    });

    [Fact]
    public void The_best_order_is_no_worse_than_any_order() => Runs.Each(400, seed =>
    {
        var scene = new RandomScene(seed);
        var random = new Random(seed);
        Rule[] rules = [.. Enumerable.Range(0, 3).Select(index => Of($"r{index}", 0, RandomEffects.Discount(random)) with { Group = "order", Priority = -index })];

        var best = scene.Decide(scene.Compile(rules)).Totals!.Total;

        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var fixedOrder = rules.Select((rule, index) => rule with { Group = null, Priority = -order[index] });
            Assert.True(best <= scene.Decide(scene.Compile(fixedOrder)).Totals!.Total, $"the order {string.Join(",", order)} is better");
        }
    });

    /// <summary>An amount of the currency: a cent of a rupiah would be refused, and no rule tried.</summary>
    private static decimal AtLeastOne(RandomScene scene, decimal amount) => Math.Max(scene.Programme.Currency.MinorUnit, scene.Programme.Currency.Round(amount));

    private static Rule Of(string id, int lane, Effect effect) => new()
    {
        Id = new(id),
        Name = new(id, id),
        Trigger = ActivityTypes.Purchase,
        Lane = lane,
        Effects = [effect],
        Audience = new() { Guests = true },
    };
}
