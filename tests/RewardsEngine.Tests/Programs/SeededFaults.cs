using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Programs.Linting;
using RewardsEngine.Rewards;
using RewardsEngine.Tests.Decisions;

namespace RewardsEngine.Tests.Programs;

/// <summary>A fault that a person could make, and what lint should call it.</summary>
/// <param name="Name">What was done wrong.</param>
/// <param name="Kind">What lint should say.</param>
/// <param name="At">The rule that it should say it of.</param>
/// <param name="Rules">The rules, the faulty one among them.</param>
internal sealed record SeededFault(string Name, LintKind Kind, string At, params Rule[] Rules)
{
    public Programme Programme { get; init; } = SeededFaults.Programme;
}

internal static class SeededFaults
{
    public static readonly DateOnly Today = new(2026, 9, 7);

    public static Programme Programme { get; } = Sample.Programme with
    {
        Tiers = [new("bronze", new("Perunggu", "Bronze")), new("silver", new("Perak", "Silver")), new("gold", new("Emas", "Gold")), new("royal", new("Raja", "Royal"))],
        TierRules = new() { Steps = [new("bronze", 0), new("silver", 1_000), new("gold", 3_000)] },
        Groups = [new("one", GroupMode.First), new("best", GroupMode.Best)],
        CustomActivities = [new("quiz", new("Kuis", "Quiz"), [])],
    };

    /// <summary>Seeded later by somebody else, who had not seen how lint works.</summary>
    private static IEnumerable<SeededFault> Others()
    {
        (string Name, LintKind Kind, string Text)[] conditions =
        [
            ("more than before the discount", LintKind.NeverApplies, "order.total > order.subtotal"),
            ("a part larger than the whole", LintKind.NeverApplies, "sum(total where category in [\"coffee\"]) > 100000 and order.total < 50000"),
            ("a line larger than the order", LintKind.NeverApplies, "any line (total > 100000) and order.total < 100000"),
            ("only one product and another", LintKind.NeverApplies, "all line (sku = \"A\") and any line (sku = \"B\")"),
            ("counted and not there", LintKind.NeverApplies, "count(sku where sku = \"A\") >= 1 and no line (sku = \"A\")"),
            ("first purchase after others", LintKind.NeverApplies, "customer.first_purchase = true and purchases.last(30 days).count >= 2"),
            ("a week with more than its month", LintKind.NeverApplies, "purchases.last(7 days).count > purchases.last(30 days).count"),
            ("often in a week, seldom in a month", LintKind.NeverApplies, "purchases.last(7 days).count >= 5 and purchases.last(30 days).count < 5"),
            ("half a piece", LintKind.NeverApplies, "order.quantity = 2.5"),
            ("a foreign currency", LintKind.NeverApplies, "order.currency = \"USD\""),
            ("a range and above it", LintKind.NeverApplies, "order.total between 100000 and 200000 and order.total > 200000"),
            ("asked and excluded by a bracket", LintKind.NeverApplies, "order.total > 100000 and not (order.total > 50000 or order.quantity > 1)"),
            ("joined long ago and lately", LintKind.NeverApplies, "customer.joined > 12 months and customer.joined < 6 months"),
            ("every line has a piece", LintKind.AlwaysHolds, "any line (quantity >= 1)"),
            ("until last month", LintKind.NeverInForce, "order.total >= 50000 and now.date <= 2026-08-31"),
            ("days of last year", LintKind.NeverInForce, "today is in 2025-12-20 .. 2025-12-31"),
            ("any piece brings points", LintKind.UnboundedCost, "order.quantity >= 1"),
        ];
        Rule Gives(Effect effect, string? condition = null) => Sample.OnPurchase("x", effect) with { Condition = condition };
        Effect Worth(Effect discount, string? condition = null) => new GiveVoucher { Voucher = new() { Key = "v", Name = new("V", "V"), Condition = condition, Discounts = [discount] } };
        return
        [
            .. conditions.Select(fault => new SeededFault(fault.Name, fault.Kind, "x", Base, Bonus() with { Condition = fault.Text })),
            new("minutes that the hour misses", LintKind.NeverApplies, "x", Base, Bonus() with { Condition = "now.hour = 11", Schedule = new() { FromTime = new(10, 30), ToTime = new(10, 45) } }),
            new("one day, another weekday", LintKind.NeverInForce, "x", Base, Bonus() with { Schedule = new() { From = new(2026, 9, 8), To = new(2026, 9, 8), Weekdays = [DayOfWeek.Monday] } }),
            new("first of a group by its key", LintKind.Shadowed, "x", Base, Off(10, "a") with { Group = "one" }, Off(20) with { Group = "one" }),
            new("a misspelt group", LintKind.UnknownGroup, "x", Base, Off(20) with { Group = "bset" }),
            new("exclusive by an alternative", LintKind.OverlappingExclusives, "x", Base, Off(10, "a") with { Exclusive = true, Condition = "order.channel = \"web\" or customer.tier = \"gold\"" }, Off(20) with { Exclusive = true, Condition = "order.channel = \"store\"" }),
            new("exclusive for overlapping tiers", LintKind.OverlappingExclusives, "x", Base, Off(10, "a") with { Exclusive = true, Audience = new() { Tiers = ["gold"] } }, Off(20) with { Exclusive = true, Audience = new() { Tiers = ["gold", "silver"] } }),
            new("the smaller amount of a group", LintKind.Shadowed, "x", Base, Sample.OnPurchase("a", new AmountOffOrder { Amount = 20_000 }) with { Group = "best", Condition = "order.total >= 100000" }, Gives(new AmountOffOrder { Amount = 10_000 }, "order.total >= 200000") with { Group = "best" }),
            new("a voucher that nobody can use", LintKind.GivesNothing, "x", Base, Gives(Worth(new AmountOffOrder { Amount = 5_000 }, "order.total < 0"), "order.total >= 100000")),
            new("a voucher worth more than the purchase", LintKind.GivesTooMuch, "x", Base, Gives(Worth(new AmountOffOrder { Amount = 500_000 }), "order.total >= 50000")),
            new("a voucher for everything", LintKind.UnboundedCost, "x", Base, Gives(Worth(new PercentOffOrder { Percent = 100 }), "order.total >= 50000")),
            new("a bundle for nothing", LintKind.GivesTooMuch, "x", Base, Gives(new BundlePrice { Parts = [new(new() { Skus = ["A"] }), new(new() { Skus = ["B"] })], Price = 0 })),
            new("the cheapest of one", LintKind.UnboundedCost, "x", Base, Gives(new PercentOffCheapest { Percent = 100 })),
            new("two free of every two", LintKind.UnboundedCost, "x", Base, Gives(new PercentOffEveryNth { Percent = 100, Of = 2, Units = 2 })),
            new("groups of one", LintKind.UnboundedCost, "x", Base, Gives(new OffFullGroups { GroupSize = 1, Percent = 90 })),
            new("nine tenths from two pieces on", LintKind.UnboundedCost, "x", Base, Gives(new TieredPercentByQuantity { Base = 0, Steps = [new(2, 90)] })),
            new("most before the first step", LintKind.UnboundedCost, "x", Base, Gives(new TieredPercentOffOrder { Base = 80, Steps = [new(1_000_000, 20)] })),
            new("cheap units become free", LintKind.GivesTooMuch, "x", Base, Gives(new AmountOffEachUnit { Amount = 50_000 })),
            new("the whole cart becomes free", LintKind.GivesTooMuch, "x", Base, Gives(new AmountOffScopeTotal { Amount = 50_000 })),
            new("an amount before the first step", LintKind.GivesTooMuch, "x", Base, Gives(new TieredAmountOffOrder { Base = 50_000, Steps = [new(100_000, 60_000)] })),
            new("a step above its threshold", LintKind.GivesTooMuch, "x", Base, Gives(new TieredAmountOffOrder { Base = 0, Steps = [new(10_000, 60_000)] })),
            new("more off than is asked for", LintKind.GivesTooMuch, "x", Base, Gives(new AmountOffOrder { Amount = 50_000 }, "order.total >= 10000")),
            new("points for every payment", LintKind.UnboundedCost, "x", Base, Bonus() with { Trigger = ActivityTypes.Payment }),
        ];
    }

    private static readonly Rule Base = Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 10_000 }) with { Priority = 100 };

    public static IEnumerable<SeededFault> All() => [.. Conditions(), .. Schedules(), .. Pairs(), .. Costs(), .. Tiers(), .. Codes(), .. Others()];

    private static IEnumerable<SeededFault> Conditions()
    {
        (string Name, LintKind Kind, string Text)[] faults =
        [
            ("bounds crossed", LintKind.NeverApplies, "order.total >= 500000 and order.total < 100000"),
            ("two tiers at once", LintKind.NeverApplies, "customer.tier = \"gold\" and customer.tier = \"silver\""),
            ("tier in a list and out of it", LintKind.NeverApplies, "customer.tier in [\"gold\", \"silver\"] and not (customer.tier in [\"silver\", \"gold\"])"),
            ("two weekdays at once", LintKind.NeverApplies, "now.weekday = \"monday\" and now.weekday = \"tuesday\""),
            ("hour after 23", LintKind.NeverApplies, "now.hour >= 24"),
            ("hours over midnight", LintKind.NeverApplies, "now.hour >= 22 and now.hour < 6"),
            ("a test and its opposite", LintKind.NeverApplies, "any line (sku = \"A\") and no line (sku = \"A\")"),
            ("less than nothing", LintKind.NeverApplies, "order.total < 0"),
            ("quantity below zero", LintKind.NeverApplies, "order.quantity <= -1"),
            ("yes and no", LintKind.NeverApplies, "customer.company = true and customer.company = false"),
            ("dates crossed", LintKind.NeverApplies, "now.date >= 2026-12-01 and now.date <= 2026-11-01"),
            ("count below zero", LintKind.NeverApplies, "purchases.last(30 days).count < 0"),
            ("a line that is two products", LintKind.NeverApplies, "any line (sku = \"A\" and sku = \"B\")"),
            ("age groups at once", LintKind.NeverApplies, "customer.age_group = \"18-24\" and customer.age_group = \"25-34\""),
            ("dead alternative", LintKind.DeadAlternative, "order.total >= 100000 or (now.hour > 23 and order.quantity > 1)"),
            ("dead alternative of tiers", LintKind.DeadAlternative, "order.channel = \"web\" or (customer.tier = \"gold\" and customer.tier = \"silver\")"),
            ("at least zero", LintKind.AlwaysHolds, "order.total >= 0"),
            ("every hour", LintKind.AlwaysHolds, "now.hour between 0 and 23"),
            ("every weekday", LintKind.AlwaysHolds, "now.weekday in [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\", \"saturday\", \"sunday\"]"),
            ("quantity not negative", LintKind.AlwaysHolds, "order.quantity > -1 and customer.tier = \"gold\""),
            ("said twice", LintKind.Redundant, "order.total >= 200000 and order.total >= 100000"),
            ("tier asked twice", LintKind.Redundant, "customer.tier = \"gold\" and customer.tier in [\"gold\", \"silver\"]"),
            ("alternative covered", LintKind.Redundant, "order.total >= 100000 or order.total >= 200000"),
            ("pieces like money", LintKind.MixedUnits, "order.quantity >= 250000"),
            ("pieces of a category like money", LintKind.MixedUnits, "sum(quantity where category in [\"coffee\"]) >= 100000"),
            ("visits like money", LintKind.MixedUnits, "visits.last(30 days).count >= 50000"),
            ("money like pieces", LintKind.MixedUnits, "order.total >= 3"),
            ("category money like pieces", LintKind.MixedUnits, "sum(total where category in [\"coffee\"]) >= 2"),
            ("unit price like pieces", LintKind.MixedUnits, "any line (unit_price > 5)"),
        ];
        return faults.Select(fault => new SeededFault(fault.Name, fault.Kind, "x", Base, Bonus() with { Condition = fault.Text }));
    }

    private static IEnumerable<SeededFault> Schedules() =>
    [
        new("over since yesterday", LintKind.NeverInForce, "x", Base, Bonus() with { Schedule = new() { To = Today.AddDays(-1) } }),
        new("over since last year", LintKind.NeverInForce, "x", Base, Bonus() with { Schedule = new() { From = new(2025, 1, 1), To = new(2025, 12, 31) } }),
        new("no Sunday in it", LintKind.NeverInForce, "x", Base, Bonus() with { Schedule = new() { From = new(2026, 9, 14), To = new(2026, 9, 18), Weekdays = [DayOfWeek.Sunday] } }),
        new("schedule against condition", LintKind.NeverApplies, "x", Base, Bonus() with { Condition = "now.weekday = \"saturday\"", Schedule = new() { Weekdays = [DayOfWeek.Monday] } }),
        new("hours against condition", LintKind.NeverApplies, "x", Base, Bonus() with { Condition = "now.hour >= 18", Schedule = new() { FromTime = new(6, 0), ToTime = new(10, 0) } }),
        new("dates against condition", LintKind.NeverApplies, "x", Base, Bonus() with { Condition = "now.date >= 2027-01-01", Schedule = new() { To = new(2026, 12, 31) } }),
        new("audience against condition", LintKind.NeverApplies, "x", Base, Bonus() with { Condition = "customer.tier = \"silver\"", Audience = new() { Tiers = ["gold"] } }),
        new("consent against condition", LintKind.NeverApplies, "x", Base, Bonus() with { Condition = "customer.consent.email = false", Audience = new() { Consents = ["email"] } }),
        new("campaign without end", LintKind.MissingEnd, "x", Base, Bonus() with { Condition = "order.total >= 50000", Schedule = new() { From = new(2026, 9, 1) } }),
        new("discount campaign without end", LintKind.MissingEnd, "x", Base, Off(10) with { Schedule = new() { From = new(2026, 10, 1) } }),
        new("code without end", LintKind.MissingEnd, "x", Base, Off(10) with { Activation = new(ActivationKind.SharedCode, "HELLO10") }),
        new("code once each without end", LintKind.MissingEnd, "x", Base, Off(10) with { Activation = new(ActivationKind.SharedCode, "EACH10"), Limits = [new(1)] }),
    ];

    private static IEnumerable<SeededFault> Pairs() =>
    [
        new("first of a group is wider", LintKind.Shadowed, "x", Base, Off(10, "wide") with { Group = "one", Priority = 5 }, Off(20) with { Group = "one", Condition = "order.total >= 100000" }),
        new("first of a group has the lower bound", LintKind.Shadowed, "x", Base, Off(10, "low") with { Group = "one", Priority = 5, Condition = "order.subtotal >= 100000" }, Off(20) with { Group = "one", Condition = "order.subtotal >= 200000" }),
        new("stopped by an earlier rule", LintKind.Shadowed, "x", Base, Off(5, "stop") with { StopAfter = true, Priority = 9 }, Off(10)),
        new("stopped by a rule for more tiers", LintKind.Shadowed, "x", Base, Off(5, "stop") with { StopAfter = true, Priority = 9, Audience = new() { Tiers = ["silver", "gold"] } }, Off(10) with { Audience = new() { Tiers = ["gold"] } }),
        new("an exclusive rule always applies", LintKind.Shadowed, "x", Base, Off(5, "alone") with { Exclusive = true }, Off(10) with { Condition = "order.total >= 100000" }),
        new("an exclusive rule on the same days", LintKind.Shadowed, "x", Base, Off(5, "alone") with { Exclusive = true, Schedule = new() { Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday] } }, Off(10) with { Schedule = new() { Weekdays = [DayOfWeek.Monday] } }),
        new("never the best of its group", LintKind.Shadowed, "x", Base, Off(20, "better") with { Group = "best" }, Off(10) with { Group = "best", Condition = "order.total >= 100000" }),
        new("points never the best of their group", LintKind.Shadowed, "x", Base, Bonus("better", 100) with { Group = "best", Condition = "order.subtotal >= 50000" }, Bonus() with { Group = "best", Condition = "order.subtotal >= 80000" }),
        new("the same rule twice", LintKind.Duplicate, "x", Base, Bonus("a-first") with { Condition = "order.total >= 100000" }, Bonus() with { Condition = "order.total  >=  100000" }),
        new("the same discount under another name", LintKind.Duplicate, "x", Base, Off(10, "a-first"), Off(10)),
        new("two exclusives without condition", LintKind.OverlappingExclusives, "x", Base, Off(10, "alone") with { Exclusive = true, Priority = 2, Condition = "order.channel = \"web\"" }, Off(20) with { Exclusive = true }),
        new("two exclusives on one cart", LintKind.OverlappingExclusives, "x", Base, Off(10, "alone") with { Exclusive = true, Condition = "order.total >= 100000" }, Off(20) with { Exclusive = true, Condition = "any line (category in [\"coffee\"])" }),
        new("two exclusive bonuses on overlapping days", LintKind.OverlappingExclusives, "x", Base, Bonus("alone") with { Exclusive = true, Condition = "order.total >= 100000", Schedule = new() { Weekdays = [DayOfWeek.Monday, DayOfWeek.Friday] } }, Bonus() with { Exclusive = true, Condition = "order.total >= 90000", Schedule = new() { Weekdays = [DayOfWeek.Friday] } }),
    ];

    private static IEnumerable<SeededFault> Costs() =>
    [
        new("points for every visit", LintKind.UnboundedCost, "x", Sample.Rule("x", ActivityTypes.Visit, new FixedPoints { Points = 10 })),
        new("points for every review", LintKind.UnboundedCost, "x", Sample.Rule("x", ActivityTypes.Review, new FixedPoints { Points = 50 })),
        new("points for every quiz", LintKind.UnboundedCost, "x", Sample.Rule("x", "custom.quiz", new FixedPoints { Points = 5 })),
        new("points for a field again and again", LintKind.UnboundedCost, "x", Sample.Rule("x", ActivityTypes.ProfileCompleted, new FixedPoints { Points = 25 })),
        new("vouchers for every friend", LintKind.UnboundedCost, "x", Sample.Rule("x", ActivityTypes.ReferralQualified, Voucher())),
        new("points for every purchase however small", LintKind.UnboundedCost, "x", Bonus()),
        new("a voucher for every purchase", LintKind.UnboundedCost, "x", Base, Sample.OnPurchase("x", Voucher())),
        new("ten times the points", LintKind.UnboundedCost, "x", Base, Sample.OnPurchase("x", new PointsMultiplier { Factor = 10 })),
        new("as many points as asked for", LintKind.UnboundedCost, "x", Sample.Rule("x", ActivityTypes.ComplaintResolved, new PointsAsRequested())),
        new("90 percent without maximum", LintKind.UnboundedCost, "x", Base, Off(90)),
        new("80 percent off lines", LintKind.UnboundedCost, "x", Base, Sample.OnPurchase("x", new PercentOffLines { Percent = 80 })),
        new("gifts without number", LintKind.UnboundedCost, "x", Base, Sample.OnPurchase("x", new FreeItem { Sku = "mug" })),
        new("buy one get three", LintKind.UnboundedCost, "x", Base, Sample.OnPurchase("x", new FreeUnits { Buy = 1, Get = 3 })),
        new("a step of 70 percent", LintKind.UnboundedCost, "x", Base, Sample.OnPurchase("x", new TieredPercentOffOrder { Base = 0, Steps = [new(100_000, 10), new(500_000, 70)] })),
        new("a point for one rupiah", LintKind.GivesTooMuch, "x", Sample.OnPurchase("x", new PointsPerAmount { Points = 1, Per = 1 })),
        new("points worth more than the goods", LintKind.GivesTooMuch, "x", Sample.OnPurchase("x", new PointsPerAmount { Points = 15, Per = 1_000 })),
        new("fifty thousand off everything", LintKind.GivesTooMuch, "x", Base, Sample.OnPurchase("x", new AmountOffOrder { Amount = 50_000 })),
        new("cap below the award", LintKind.GivesNothing, "x", Base, Bonus() with { Condition = "order.total >= 50000", Caps = [new(20, Span.Order)] }),
        new("budget below the award", LintKind.GivesNothing, "x", Base, Bonus() with { Condition = "order.total >= 50000", Budget = new() { Points = 20 } }),
        new("budget below the discount", LintKind.GivesNothing, "x", Base, Sample.OnPurchase("x", new AmountOffOrder { Amount = 50_000 }) with { Budget = new() { Spend = 20_000 } }),
        new("nothing to multiply", LintKind.GivesNothing, "x", Sample.OnPurchase("x", new PointsMultiplier { Factor = 2 })),
    ];

    private static IEnumerable<SeededFault> Tiers() =>
    [
        new("a tier that does not exist", LintKind.UnreachableTier, "x", Base, Bonus() with { Condition = "customer.tier = \"diamond\"" }),
        new("a tier misspelt in a list", LintKind.UnreachableTier, "x", Base, Bonus() with { Condition = "customer.tier in [\"gold\", \"sliver\"]" }),
        new("a tier without a threshold", LintKind.UnreachableTier, "x", Base, Bonus() with { Condition = "customer.tier = \"royal\"" }),
        new("a segment that does not exist", LintKind.UnknownSegment, "x", Base, Bonus() with { Condition = "not (customer.segments in [\"most-valuable\", \"most-vauable\"])" }),
        new("an audience nobody is in", LintKind.UnknownSegment, "x", Base, Bonus() with { Condition = "order.total >= 10000", Audience = new() { Segments = ["vip"] } }),
        new("an audience without a threshold", LintKind.UnreachableTier, "x", Base, Bonus() with { Condition = "order.total >= 10000", Audience = new() { Tiers = ["royal"] } }),
        new("a threshold above that of the next tier", LintKind.UnreachableTier, "x", Base, Bonus() with { Condition = "customer.tier = \"silver\"" }) { Programme = Programme with { TierRules = new() { Steps = [new("bronze", 0), new("silver", 5_000), new("gold", 3_000)] } } },
        new("up to the lowest tier", LintKind.UnreachableTier, "x", Base, Sample.OnPurchase("x", new SetTier { Tier = "bronze", OnlyUp = true })),
    ];

    private static IEnumerable<SeededFault> Codes()
    {
        Rule Coded(string id, string code) => Off(10, id) with { Activation = new(ActivationKind.SharedCode, code), Budget = new() { Uses = 100 } };
        yield return new("the same code twice", LintKind.CodeClash, "x", Base, Coded("a-first", "SALE"), Coded("x", "SALE"));
        yield return new("the same code in small letters", LintKind.CodeClash, "x", Base, Coded("a-first", "SALE"), Coded("x", "sale"));
        yield return new("O and 0", LintKind.CodeClash, "x", Base, Coded("a-first", "KOPI10"), Coded("x", "KOPI1O"));
        yield return new("a dash more", LintKind.CodeClash, "x", Base, Coded("a-first", "KOPI-20"), Coded("x", "KOPI20"));
        yield return new("the code of a draft", LintKind.CodeClash, "x", Base, Coded("a-first", "MERDEKA"), Coded("x", "merdeka") with { Status = RuleStatus.Draft });
    }

    private static Rule Bonus(string id = "x", decimal points = 50) => Sample.OnPurchase(id, new FixedPoints { Points = points });

    private static Rule Off(decimal percent, string id = "x") => Sample.OnPurchase(id, new PercentOffOrder { Percent = percent });

    private static GiveVoucher Voucher() => new() { Voucher = new() { Key = "next", Name = new("Berikutnya", "Next"), Discounts = [new PercentOffOrder { Percent = 10 }] } };
}
