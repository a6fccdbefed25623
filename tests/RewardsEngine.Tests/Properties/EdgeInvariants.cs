using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Programs;

namespace RewardsEngine.Tests.Properties;

/// <summary>What publishing and intake let in is decided, however small or large it is.</summary>
public sealed class EdgeInvariants
{
    [Fact]
    public void Whatever_publishing_and_intake_let_in_is_decided_and_adds_up()
    {
        var (refusedRules, refusedHappenings, decided) = (0, 0, 0);
        Runs.Each(1_500, seed =>
        {
            var scene = new EdgeScene(seed);
            var (programme, source) = (scene.Programme(), scene.Rules());
            var result = CompiledRuleSet.Compile(new(1, programme, source));
            if (!result.Ok)
            {
                Interlocked.Increment(ref refusedRules);
                return;
            }
            for (var time = 0; time < 4; time++)
            {
                var activity = scene.Activity(programme.Currency);
                if (Intake.Check(activity, programme).Count > 0)
                {
                    Interlocked.Increment(ref refusedHappenings);
                    continue;
                }
                var (member, resources) = (scene.Member(activity, source), scene.Resources(source));
                AddsUp(Engine.Decide(result.Rules, member, activity, resources), activity, programme);
                Assert.Null(EngineJson.Read<DecisionRecord>(EngineJson.Write(new DecisionRecord(1, member, activity, resources, Engine.Decide(result.Rules, member, activity, resources)))).Differs(result.Rules));
                Interlocked.Increment(ref decided);
            }
        });
        Assert.True(refusedRules > 0 && refusedHappenings > 0 && decided > refusedHappenings, $"{refusedRules} rule sets and {refusedHappenings} happenings refused, {decided} decided");
    }

    /// <summary>Found by a long run: what the points of a group's rules are worth did not fit a number.</summary>
    [Fact]
    public void The_fullest_wallet_has_a_worth()
    {
        var conversion = new PointsConversion(1, 1_000_000_000m, 1, RewardsEngine.Values.Currency.Idr);

        Assert.Equal(1_000_000_000_000_000_000_000_000_000m, conversion.Worth(Ledger.MaxBalance).Amount);
    }

    private static void AddsUp(Decision decision, Activity activity, Programme programme)
    {
        var awards = decision.Effects.OfType<AwardPoints>().ToList();
        Assert.All(awards, award => Assert.InRange(award.Points, 1, Ledger.MaxPoints));
        if (activity is not Purchase { Lines: { Count: > 0 } lines }) return;
        var totals = decision.Totals!;
        Assert.Equal((totals.Gross, totals.Discount), (decision.Lines.Sum(line => line.Gross), decision.Lines.Sum(line => line.Discount)));
        Assert.Equal(totals.Discount + totals.ShippingDiscount, decision.Discounts.Sum(discount => discount.Total));
        Assert.True(totals is { Total: >= 0, Payable: >= 0 }, totals.ToString());
        Assert.All(awards, award => Assert.Equal(award.Points, award.Allocation.Sum(part => part.Points)));
        Assert.Equal(decision.PointsAwarded(), decision.Lines.Sum(line => line.Points));
        foreach (var (line, source) in decision.Lines.Zip(lines))
        {
            var floor = source.FloorPrice is { } price ? Math.Min(line.Gross, programme.Currency.Round(price * source.Quantity)) : 0m;
            Assert.True(line.Net >= floor && line.Net == programme.Currency.Round(line.Net), $"{line} under its floor {floor}");
        }
    }
}
