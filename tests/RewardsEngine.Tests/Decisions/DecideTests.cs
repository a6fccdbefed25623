using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Tests.Decisions;

public sealed class DecideTests
{
    private static readonly Rule Base = Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 10_000, Mode = AmountMode.FullSteps });

    [Fact]
    public void Points_for_a_purchase_wait_for_the_return_window_and_expire_at_the_end_of_a_month()
    {
        var award = Assert.Single(Sample.Decide(Sample.Rules(Base), Sample.Purchase(Sample.Line("latte", 35_000, 2))).Effects.OfType<AwardPoints>());

        Assert.Equal(7, award.Points);
        Assert.Equal(Sample.Noon.AddDays(14), award.ActiveFrom);
        Assert.Equal(new DateTime(2027, 9, 30, 17, 0, 0, DateTimeKind.Utc), award.ExpiresAt);
        Assert.Equal(7, Assert.Single(award.Allocation).Points);
    }

    [Fact]
    public void Joining_gives_points_at_once_and_a_voucher_that_says_its_last_day()
    {
        var join = Sample.Rule("welcome", ActivityTypes.Registered,
            new FixedPoints { Points = 100 },
            new GiveVoucher { Voucher = new() { Key = "hello", Name = new("Selamat datang", "Welcome"), Discounts = [new PercentOffOrder { Percent = 10 }], ValidDays = 30 } });

        var decision = Sample.Decide(Sample.Rules(join), new Registered { Reference = "r-1", Member = Sample.Ani, OccurredAt = Sample.Noon });

        Assert.Equal(100, decision.PointsAwarded());
        Assert.Equal(Sample.Noon, decision.Effects.OfType<AwardPoints>().Single().ActiveFrom);
        Assert.Equal(new DateOnly(2026, 10, 6), decision.Effects.OfType<IssueVoucher>().Single().ValidTo);
    }

    [Fact]
    public void One_rule_may_ask_for_an_amount_before_and_one_after_discounts()
    {
        var off = Sample.OnPurchase("off", new PercentOffLines { Percent = 50 }) with { Priority = 5 };
        var rule = Sample.OnPurchase("both", new FixedPoints { Points = 10 }) with
        {
            Condition = "sum(subtotal where category in [\"coffee\"]) >= 60000 and sum(total where category in [\"coffee\"]) >= 30000",
        };
        int Given(decimal price) => (int)Sample.Decide(Sample.Rules(off, rule), Sample.Purchase(Sample.Line("latte", price, 1, "coffee"))).PointsAwarded();

        Assert.Equal(10, Given(60_000));
        Assert.Equal(0, Given(59_998));
        var stricter = rule with { Condition = "sum(subtotal where category in [\"coffee\"]) >= 60000 and sum(total where category in [\"coffee\"]) >= 40000" };
        Assert.Equal(0, Sample.Decide(Sample.Rules(off, stricter), Sample.Purchase(Sample.Line("latte", 60_000, 1, "coffee"))).PointsAwarded());
    }

    [Fact]
    public void A_schedule_may_have_a_zone_of_its_own()
    {
        var rule = Base with { Schedule = new() { From = new(2026, 9, 8), Zone = "Asia/Jayapura" } }; // two hours ahead of Jakarta
        var late = Sample.Purchase(Sample.Line("latte", 35_000, 2)) with { OccurredAt = new(2026, 9, 7, 15, 30, 0, DateTimeKind.Utc) }; // 22.30 in Jakarta, 00.30 in Jayapura

        Assert.Equal(7, Sample.Decide(Sample.Rules(rule), late).PointsAwarded());
        Assert.Equal(0, Sample.Decide(Sample.Rules(rule with { Schedule = rule.Schedule with { Zone = null } }), late).PointsAwarded());
        Assert.Equal("schedule.zone", Assert.Single(RuleDraftCheck.Validate(rule with { Schedule = rule.Schedule with { Zone = "Asia/Nowhere" } }, Sample.Programme)).Path);
    }

    [Fact]
    public void A_profile_field_pays_once()
    {
        var rule = Sample.Rule("birthday", ActivityTypes.ProfileCompleted, new FixedPoints { Points = 25 }) with
        {
            Condition = "event.field = \"birthday\"",
            Limits = [new(1)],
        };
        var filled = new ProfileCompleted { Reference = "f-1", Member = Sample.Ani, OccurredAt = Sample.Noon, Field = "birthday" };

        Assert.Equal(25, Sample.Decide(Sample.Rules(rule), filled).PointsAwarded());
        Assert.Equal(0, Sample.Decide(Sample.Rules(rule), filled with { Field = "phone" }).PointsAwarded());
        var again = Sample.Decide(Sample.Rules(rule), filled, member: Sample.Member with { RuleUses = [new(rule.Id, 1, 25, [])] });
        Assert.Equal(0, again.PointsAwarded());
        Assert.Equal(MissReason.LimitReached, Assert.Single(again.Explanation.Missed).Reason);
    }

    [Fact]
    public void A_condition_on_the_total_sees_what_discounts_left_and_says_what_was_missing()
    {
        var off = Sample.OnPurchase("off", new PercentOffOrder { Percent = 20 });
        var bonus = Sample.OnPurchase("bonus", new FixedPoints { Points = 50 }) with { Condition = "order.total >= 250000" };

        var decision = Sample.Decide(Sample.Rules(off, bonus), Sample.Purchase(Sample.Line("beans", 265_000)));

        Assert.Equal(212_000, decision.Totals!.Total);
        var missed = Assert.Single(decision.Explanation.Missed);
        var part = Assert.Single(missed.Failed);
        Assert.Equal(("order.total", ">=", 250_000m, 212_000m), (part.Subject, part.Operator, part.Needed[0].Number, part.Actual!.Number));
    }

    [Fact]
    public void A_guest_gets_no_points_but_a_discount_meant_for_everyone()
    {
        var off = Sample.OnPurchase("off", new PercentOffOrder { Percent = 10 }) with { Audience = new() { Guests = true } };

        var decision = Sample.Decide(Sample.Rules(Base, off), Sample.Purchase(Sample.Line("latte", 50_000)) with { Member = null });

        Assert.Equal(45_000, decision.Totals!.Total);
        Assert.DoesNotContain(decision.Effects, effect => effect is AwardPoints);
    }

    [Fact]
    public void A_multiplier_doubles_and_the_periodic_cap_reduces_and_says_so()
    {
        var twice = Sample.OnPurchase("twice", new PointsMultiplier { Factor = 2 }) with { Caps = [new(10, Span.Day)] };

        var decision = Sample.Decide(Sample.Rules(Base, twice), Sample.Purchase(Sample.Line("beans", 160_000)));

        Assert.Equal([16L, 10L], decision.Effects.OfType<AwardPoints>().Select(award => award.Points));
        var cap = Assert.Single(decision.Explanation.Applied[1].Steps.OfType<CapStep>());
        Assert.Equal((16m, 10m), (cap.Before, cap.After));
    }

    [Fact]
    public void A_cap_on_one_order_rejects_by_default()
    {
        var decision = Sample.Decide(Sample.Rules(Base with { Caps = [new(10, Span.Order)] }), Sample.Purchase(Sample.Line("beans", 160_000)));

        Assert.Equal(0, decision.PointsAwarded());
        Assert.Equal(MissReason.CapReached, Assert.Single(decision.Explanation.Missed).Reason);
    }

    [Fact]
    public void A_voucher_code_discounts_as_it_was_issued_and_is_used_up()
    {
        var voucher = new VoucherState
        {
            Code = "HELLO-1",
            IssuedBy = new("welcome"),
            Owner = Sample.Ani,
            ValidFrom = new(2026, 9, 1),
            ValidTo = new(2026, 9, 30),
            Template = new() { Key = "hello", Name = new("Selamat datang", "Welcome"), Discounts = [new PercentOffOrder { Percent = 10 }] },
        };
        var cart = Sample.Purchase(Sample.Line("latte", 50_000)) with { Codes = ["hello-1"] };

        var used = Sample.Decide(Sample.Rules(Base), cart, new() { Vouchers = [voucher] });
        Assert.Equal(45_000, used.Totals!.Total);
        Assert.Equal("HELLO-1", used.Effects.OfType<UseVoucher>().Single().Code);

        var late = Sample.Decide(Sample.Rules(Base), cart, new() { Vouchers = [voucher with { ValidTo = new(2026, 9, 6) }] });
        Assert.Equal((false, MissReason.CodeNotValid), (late.Codes[0].Applied, late.Codes[0].Reason));
        Assert.Equal(MissReason.CodeUnknown, Sample.Decide(Sample.Rules(Base), cart).Codes[0].Reason);
    }

    [Fact]
    public void Rule_entry_order_does_not_matter()
    {
        Rule[] rules = [Sample.OnPurchase("a", new AmountOffOrder { Amount = 5_000 }), Sample.OnPurchase("b", new PercentOffOrder { Percent = 10 }), Base];
        var cart = Sample.Purchase(Sample.Line("latte", 35_000), Sample.Line("cake", 41_500));

        var forward = RewardsEngine.Json.EngineJson.Write(Sample.Decide(Sample.Rules(rules), cart));

        Assert.Equal(forward, RewardsEngine.Json.EngineJson.Write(Sample.Decide(Sample.Rules([.. rules.Reverse()]), cart)));
    }

    [Fact]
    public void A_faulty_rule_is_refused_with_its_field()
    {
        var result = CompiledRuleSet.Compile(new(1, Sample.Programme, [Sample.OnPurchase("x", new PercentOffOrder { Percent = 120 }) with { Condition = "order.totl > 5" }]));

        Assert.False(result.Ok);
        Assert.Equal(["condition", "effects[0].percent"], result.Faults.Select(fault => fault.Path).Order());
        Assert.Contains("order.total", result.Faults.Single(fault => fault.Path == "condition").Message.En);
    }
}

public sealed class EarningArithmeticTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(49)]
    public void Spreading_points_over_lines_never_loses_one(int lines)
    {
        var rules = Sample.Rules(
            Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 1_000 }),
            Sample.OnPurchase("twice", new PointsMultiplier { Factor = 2 }),
            Sample.OnPurchase("thrice", new PointsMultiplier { Factor = 1.5m, Base = MultiplierBase.Unrounded }));

        var decision = Sample.Decide(rules, Sample.Purchase([.. Enumerable.Range(0, lines).Select(index => Sample.Line($"l{index}", 3_000 + 1_000 * (index % 11)))]));

        var points = (long)(decision.Totals!.Total / 1_000);
        Assert.Equal((long)(points * 3m), decision.PointsAwarded());
        Assert.Equal(decision.PointsAwarded(), decision.Lines.Sum(line => line.Points));
    }
}
