using System.Diagnostics;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Decisions;

/// <summary>The largest numbers that intake and publishing let in are decided; what is larger is refused there.</summary>
public sealed class EdgeTests
{
    private static readonly Rule Most = Sample.OnPurchase("most", new FixedPoints { Points = 1_000_000_000, PerUnit = true }) with { Rounding = PointsRounding.Ceil };

    [Fact]
    public void A_million_units_are_reckoned_not_counted()
    {
        Rule[] rules =
        [
            Sample.OnPurchase("free", new FreeUnits { Buy = 2, Get = 1 }),
            Sample.OnPurchase("bundle", new BundlePrice { Parts = [new(new() { Skus = ["b"] }, 2), new(new() { Skus = ["c"] }, 1)], Price = 1_000 }),
            Sample.OnPurchase("other", new FreeUnits { Buy = 1, Get = 1, Scope = new() { Skus = ["d"] }, GetScope = new() { Skus = ["e"] } }) with { Lane = -1 },
        ];
        var cart = Sample.Purchase(Sample.Line("a", 100, Intake.MaxQuantity), Sample.Line("b", 900, Intake.MaxQuantity), Sample.Line("c", 700, Intake.MaxQuantity), Sample.Line("d", 500, Intake.MaxQuantity), Sample.Line("e", 300, Intake.MaxQuantity));
        Sample.Decide(Sample.Rules(rules), cart);
        var watch = Stopwatch.StartNew();

        var decision = Sample.Decide(Sample.Rules(rules), cart);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        Assert.Equal(300m * Intake.MaxQuantity, decision.Discounts.Single(off => off.Rule.Value == "other").Total);
        Assert.Equal(decision.Totals!.Discount, decision.Lines.Sum(line => line.Discount));
    }

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(2, 1, 10)]
    [InlineData(3, 2, 17)]
    [InlineData(1, 2, 8)]
    [InlineData(2, 1, 1_000_000)]
    public void Sets_taken_at_once_are_those_taken_one_by_one(int buy, int get, int quantity)
    {
        // On one line the free units are what whole sets hold, and of a broken last set what lies beyond the bought.
        var free = quantity / (buy + get) * get + Math.Max(0, quantity % (buy + get) - buy);

        var decision = Sample.Decide(Sample.Rules(Sample.OnPurchase("free", new FreeUnits { Buy = buy, Get = get })), Sample.Purchase(Sample.Line("a", 100, quantity)));

        Assert.Equal(free * 100m, decision.Totals!.Discount);
    }

    [Fact]
    public void The_largest_cart_under_the_largest_rules_is_decided()
    {
        var programme = Sample.Programme with { Points = new() { Decimals = 0 }, Conversion = null };
        Rule[] all =
        [
            Most,
            Sample.OnPurchase("amount", new PointsPerAmount { Points = 1_000_000_000, Per = 0.0001m }),
            Sample.OnPurchase("m1", new PointsMultiplier { Factor = 1000 }), Sample.OnPurchase("m2", new PointsMultiplier { Factor = 1000, Base = MultiplierBase.Unrounded }),
            Sample.OnPurchase("m3", new PointsMultiplier { Factor = 1000, Scope = new() { Skus = ["l1"] } }),
            .. Enumerable.Range(0, 12).Select(index => Sample.OnPurchase($"n{index}", new PointsMultiplier { Factor = 1000 })),
        ];
        var rules = Sample.Rules(programme, all);
        var cart = Sample.Purchase([.. Enumerable.Range(0, 1_000).Select(index => Sample.Line($"l{index}", 1_000, Intake.MaxQuantity))]);

        var decision = Sample.Decide(rules, cart);

        Assert.Equal(Intake.MaxAmount, decision.Totals!.Gross);
        Assert.All(decision.Effects.OfType<AwardPoints>(), award => Assert.InRange(award.Points, 1, Ledger.MaxPoints));
        Assert.InRange(decision.PointsAwarded(), 1, Ledger.MaxPoints);
        Assert.Equal(decision.PointsAwarded(), decision.Lines.Sum(line => line.Points));
        Assert.Contains(decision.Explanation.Applied.SelectMany(rule => rule.Steps), step => step is CapStep { InPoints: true });
    }

    [Theory]
    [InlineData(1_000_000_000_001, 1, "lines[0].unitPrice")]
    [InlineData(10_000_000, 1_000_000, "lines")]
    [InlineData(1, 1_000_001, "lines[0].quantity")]
    [InlineData(-1, 1, "lines[0].unitPrice")]
    public void What_is_larger_is_refused_at_intake(long price, int quantity, string path)
    {
        var faults = Intake.Check(Sample.Purchase(Sample.Line("a", price, quantity)), Sample.Programme);

        Assert.Contains(faults, fault => fault.Path == path);
        Assert.Throws<ArgumentException>(() => Sample.Decide(Sample.Rules(Most), Sample.Purchase(Sample.Line("a", price, quantity))));
    }

    [Fact]
    public void Too_many_units_together_and_prices_with_five_decimals_are_refused_at_intake()
    {
        var units = Sample.Purchase([.. Enumerable.Range(0, 1_001).Select(index => Sample.Line($"l{index}", 0, Intake.MaxQuantity))]);

        Assert.Contains(Intake.Check(units, Sample.Programme), fault => fault.Path == "lines");
        Assert.Contains(Intake.Check(Sample.Purchase(Sample.Line("a", 1.00001m)), Sample.Programme), fault => fault.Path == "lines[0].unitPrice");
        Assert.Contains(Intake.Check(Sample.Purchase(Sample.Line("a", decimal.MaxValue)), Sample.Programme), fault => fault.Path == "lines[0].unitPrice");
    }

    public static TheoryData<Effect, string> TooLarge => new()
    {
        { new FixedPoints { Points = long.MaxValue }, "effects[0].points" },
        { new FixedPoints { Points = decimal.MaxValue }, "effects[0].points" },
        { new PointsMultiplier { Factor = 1_001 }, "effects[0].factor" },
        { new PointsPerAmount { Points = 1, Per = 0.00001m }, "effects[0].per" },
        { new PointsPerAmount { Points = 1, Per = decimal.MaxValue }, "effects[0].per" },
        { new AmountOffOrder { Amount = 1_000_000_000_001m }, "effects[0].amount" },
        { new PercentOffOrder { Percent = 100.01m }, "effects[0].percent" },
        { new FreeUnits { Buy = 1_000_001, Get = 1 }, "effects[0].buy" },
        { new FreeUnits { Buy = 0, Get = 1 }, "effects[0].buy" },
        { new BundlePrice { Parts = [new(Scope.Everything, int.MaxValue)], Price = 1 }, "effects[0].parts[0].quantity" },
        { new TieredPercentOffOrder { Base = -1, Steps = [new(1, 1)] }, "effects[0].base" },
    };

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void What_is_larger_is_refused_at_publishing(Effect effect, string path) =>
        Assert.Contains(RuleDraftCheck.Validate(Sample.OnPurchase("x", effect), Sample.Programme), fault => fault.Path == path);

    public static TheoryData<Programme, string> Undeclarable
    {
        get
        {
            Programme With(ExpiryPolicy expiry) => Sample.Programme with { Points = new() { Expiry = expiry } };
            Programme Asking(params EventField[] fields) => Sample.Programme with { CustomActivities = [new("quiz", new("Kuis", "Quiz"), [.. fields])] };
            return new()
            {
                { With(new ExpiryPolicy.Rolling(new(int.MaxValue))), "points.expiry.after.days" },
                { With(new ExpiryPolicy.Inactivity(new(0, 1_201))), "points.expiry.after.months" },
                { With(new ExpiryPolicy.Rolling(new(0))), "points.expiry.after" },
                { With(new ExpiryPolicy.FixedDates([])), "points.expiry.days" },
                { With(new ExpiryPolicy.FixedDates([new(13, 1)])), "points.expiry.days.month" },
                { Sample.Programme with { Points = new() { ReturnWindow = TimeSpan.MaxValue } }, "points.returnWindow" },
                { Sample.Programme with { Conversion = new(0, 100m, 1, Currency.Idr) }, "conversion.points" },
                { Sample.Programme with { Conversion = new(1, 100m, 0, Currency.Idr) }, "conversion.step" },
                { Sample.Programme with { Conversion = new(1, 1_000_000_001m, 1, Currency.Idr) }, "conversion.amount" },
                { Sample.Programme with { Groups = [new("g", GroupMode.Best), new("g", GroupMode.First)] }, "groups" },
                { Sample.Programme with { Consents = ["e-mail"] }, "consents" },
                { Sample.Programme with { Consents = ["email", "email"] }, "consents" },
                { Sample.Programme with { CustomActivities = [new("Kuis Baru", new("Kuis", "Quiz"), [])] }, "customActivities" },
                { Asking(new("a", FactType.Number, new("a", "a")), new("a", FactType.Text, new("a", "a"))), "customActivities[0].fields" },
                { Asking(new EventField("a", FactType.Path, new("a", "a"))), "customActivities[0].fields" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Undeclarable))]
    public void A_programme_that_would_fail_later_is_refused_at_publishing(Programme programme, string path)
    {
        var result = CompiledRuleSet.Compile(new(1, programme, [Most, Sample.Rule("quiz", "custom.quiz", new FixedPoints { Points = 1 })]));

        Assert.False(result.Ok);
        Assert.Contains(result.Faults, fault => fault.Path == path);
    }

    [Theory]
    [InlineData("order.total >= 100000000000001")]
    [InlineData("order.total >= 79228162514264337593543950335")]
    [InlineData("order.total >= 99999999999999999999999999999999999999")]
    [InlineData("order.quantity >= 0.00001")]
    [InlineData("purchases.last(99999999999 days).count > 1")]
    [InlineData("now.date >= 9999-12-31")]
    public void Numbers_beyond_the_language_are_refused_with_their_place(string condition)
    {
        var faults = RuleDraftCheck.Validate(Sample.OnPurchase("x", new FixedPoints { Points = 1 }) with { Condition = condition }, Sample.Programme);

        Assert.Contains(faults, fault => fault is { Path: "condition", Start: not null });
    }
}
