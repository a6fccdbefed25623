using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Tests.Decisions;

public sealed class CustomerBenefitsTests
{
    private static IReadOnlyList<CustomerBenefit> Of(string language, params Rule[] rules) => CustomerBenefits.List(Sample.Rules(rules), Sample.Noon, language);

    [Fact]
    public void Each_public_rule_is_said_in_plain_words_with_an_example_that_the_engine_decided()
    {
        var benefit = Assert.Single(Of("id", Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 10_000, Mode = AmountMode.FullSteps })));

        Assert.Equal("1 poin untuk setiap Rp10.000 penuh", Assert.Single(benefit.Gives));
        Assert.Equal(("Belanja Rp50.000", "5 poin"), (benefit.Example!.Given, benefit.Example.Result.Result));
    }

    [Theory]
    [InlineData(AmountMode.Proportional, "1 point for every Rp10,000")]
    [InlineData(AmountMode.WholePoints, "1 point for every Rp10,000")]
    [InlineData(AmountMode.FullSteps, "1 point for every full Rp10,000")]
    public void Points_for_an_amount_say_when_only_full_amounts_count(AmountMode mode, string said)
    {
        var benefit = Assert.Single(Of("en", Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 10_000, Mode = mode })));

        Assert.Equal(said, Assert.Single(benefit.Gives));
    }

    [Fact]
    public void The_example_meets_the_condition_and_the_schedule_of_its_rule()
    {
        var coffee = Sample.OnPurchase("coffee", new FixedPoints { Points = 50 }) with
        {
            Condition = "order.total >= 250000 and any line (category in [\"coffee\"]) and customer.tier = \"gold\" and now.hour >= 14",
            Schedule = new() { Weekdays = [DayOfWeek.Saturday], From = new(2026, 10, 1) },
        };

        var benefit = Assert.Single(Of("en", coffee));

        Assert.Equal("A purchase of Rp250,000", benefit.Example!.Given);
        Assert.Equal(DayOfWeek.Saturday, benefit.Example.Decision.OccurredAt.AddHours(7).DayOfWeek);
    }

    [Fact]
    public void Personal_paused_ended_and_segment_rules_are_not_shown()
    {
        var points = new FixedPoints { Points = 5 };
        Assert.Empty(Of("en",
            Sample.OnPurchase("a", points) with { Status = RuleStatus.Paused },
            Sample.OnPurchase("b", points) with { Schedule = new() { To = new(2026, 9, 6) } },
            Sample.OnPurchase("c", points) with { Audience = new() { Segments = ["mvp"] } },
            Sample.OnPurchase("d", points) with { Audience = new() { Only = Sample.Ani } }));
    }

    [Fact]
    public void Every_kind_of_effect_has_words_in_both_languages()
    {
        var scope = new Scope { Categories = ["coffee"] };
        Rule[] rules =
        [
            Sample.Rule("join", ActivityTypes.Registered, new FixedPoints { Points = 100 }, new GiveVoucher { Voucher = new() { Key = "v", Name = new("Halo", "Hello"), Discounts = [new PercentOffOrder { Percent = 10 }] } }),
            Sample.Rule("birthday", ActivityTypes.ProfileCompleted, new FixedPoints { Points = 25 }) with { Condition = "event.field = \"phone\"", Limits = [new(1)] },
            .. new Effect[]
            {
                new PercentOffLines { Percent = 10, Scope = scope }, new AmountOffEachUnit { Amount = 1_000, Scope = scope }, new PercentOffCheapest { Percent = 50 },
                new PercentOffEveryNth { Percent = 50, Of = 2 }, new OffFullGroups { GroupSize = 3, Percent = 10 }, new FreeUnits { Buy = 2, Get = 1 },
                new FreeItem { Sku = "cup", PerBought = 1 }, new AmountOffScopeTotal { Amount = 5_000, Scope = scope }, new PercentOffOrder { Percent = 10 },
                new AmountOffOrder { Amount = 5_000 }, new TieredPercentOffOrder { Base = 0, Steps = [new(100_000, 10)] }, new PercentOffShipping { Percent = 100 },
                new TieredPercentByQuantity { Base = 0, Steps = [new(3, 10)] },
            }.Select((effect, index) => Sample.OnPurchase($"r{index:00}", effect)),
        ];
        foreach (var language in (string[])["id", "en"])
        {
            var all = Of(language, rules);
            Assert.Equal(rules.Length, all.Count);
            Assert.All(all, benefit => Assert.True(benefit.Example is not null && benefit.Gives.All(text => text.Length > 0), benefit.Rule.Value));
        }
    }
}
