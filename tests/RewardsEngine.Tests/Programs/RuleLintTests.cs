using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Programs.Linting;
using RewardsEngine.Rewards;
using RewardsEngine.Tests.Decisions;

namespace RewardsEngine.Tests.Programs;

public sealed class RuleLintTests
{
    [Fact]
    public void At_least_nineteen_of_twenty_seeded_faults_are_found()
    {
        var faults = SeededFaults.All().ToList();
        var missed = faults.Where(fault => !Of(fault).Any(finding => finding.Kind == fault.Kind && finding.Rule.Value == fault.At)).Select(fault => fault.Name).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine($"{faults.Count - missed.Count} of {faults.Count} found; missed: {string.Join(", ", missed)}");
        Assert.True(faults.Count >= 60, $"only {faults.Count} faults are seeded");
        Assert.True(missed.Count * 20 <= faults.Count, $"{missed.Count} of {faults.Count} are not found: {string.Join(", ", missed)}");
        Assert.Equal(Enum.GetValues<LintKind>().Order(), faults.Select(fault => fault.Kind).Distinct().Order());
    }

    [Fact]
    public void A_finding_tells_where_and_reads_well_in_both_languages()
    {
        foreach (var fault in SeededFaults.All())
            foreach (var finding in Of(fault))
            {
                var (id, en) = (finding.In("id", key => $"<{key}>"), finding.In("en", key => $"<{key}>"));
                Assert.NotEqual(id, en);
                Assert.DoesNotContain("{", id + en);
                if (finding.Other is { } other) Assert.Contains($"<{other}>", en);
                var rule = fault.Rules.Single(rule => rule.Id == finding.Rule);
                if (finding is { Path: "condition", Start: { } start, Length: { } length }) Assert.InRange(start + length, 1, rule.Condition!.Length);
            }
    }

    [Fact]
    public void What_is_meant_so_is_left_alone()
    {
        Rule[] sound =
        [
            Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 10_000 }) with { Priority = 100 },
            Sample.OnPurchase("double", new PointsMultiplier { Factor = 2 }) with { Audience = new() { Tiers = ["gold"] } },
            Sample.OnPurchase("morning", new FixedPoints { Points = 15 }) with { Condition = "any line (category in [\"coffee\"])", Schedule = new() { FromTime = new(6, 0), ToTime = new(10, 0) }, Limits = [new(1, Span.Day)] },
            Sample.OnPurchase("night", new FixedPoints { Points = 15 }) with { Condition = "now.hour >= 22 and order.total >= 50000", Schedule = new() { FromTime = new(22, 0), ToTime = new(4, 0) } },
            Sample.OnPurchase("campaign", new PercentOffOrder { Percent = 20 }) with { Schedule = new() { From = new(2026, 9, 1), To = new(2026, 9, 30) } },
            Sample.OnPurchase("small", new PercentOffLines { Percent = 10 }) with { Group = "one", Condition = "order.subtotal between 50000 and 99999" },
            Sample.OnPurchase("large", new PercentOffLines { Percent = 15 }) with { Group = "one", Condition = "order.subtotal >= 100000" },
            Sample.OnPurchase("weekend", new PercentOffLines { Percent = 12 }) with { Exclusive = true, Schedule = new() { Weekdays = [DayOfWeek.Saturday, DayOfWeek.Sunday] } },
            Sample.OnPurchase("weekday", new PercentOffLines { Percent = 8 }) with { Exclusive = true, Schedule = new() { Weekdays = [DayOfWeek.Monday] } },
            Sample.Rule("visit", ActivityTypes.Visit, new FixedPoints { Points = 5 }) with { Limits = [new(1, Span.Day)] },
            Sample.OnPurchase("over", new PercentOffOrder { Percent = 90 }) with { Status = RuleStatus.Ended },
            Sample.OnPurchase("abroad", new FixedPoints { Points = 5 }) with { Condition = "now.hour >= 18 and order.total >= 50000", Schedule = new() { FromTime = new(6, 0), ToTime = new(10, 0), Zone = "America/New_York", To = new(2026, 12, 31) } },
            Sample.OnPurchase("stopped", new PercentOffOrder { Percent = 10 }) with { Status = RuleStatus.Paused, Exclusive = true, StopAfter = true, Priority = 99 },
            Sample.OnPurchase("copied", new FixedPoints { Points = 7 }) with { Condition = "order.total >= 60000", Status = RuleStatus.Paused },
            Sample.OnPurchase("copy", new FixedPoints { Points = 7 }) with { Condition = "order.total >= 60000" },
            Sample.OnPurchase("silvester", new FixedPoints { Points = 9 }) with { Condition = "today is in 2026-12-31 .. 2027-01-01 and order.total >= 50000" },
            Sample.OnPurchase("newcomer", new FixedPoints { Points = 8 }) with { Condition = "customer.first_purchase = true and purchases.last(30 days).count = 0 and order.total >= 20000" },
            Sample.OnPurchase("third", new PercentOffEveryNth { Percent = 100, Of = 3 }) with { Condition = "order.quantity >= 3" },
            Sample.OnPurchase("kupon", new GiveVoucher { Voucher = new() { Key = "v", Name = new("V", "V"), Discounts = [new AmountOffOrder { Amount = 20_000 }] } }) with { Condition = "order.total >= 150000" },
        ];

        var findings = RuleLint.Of(SeededFaults.Programme, sound, SeededFaults.Today);

        Assert.True(findings.Count == 0, string.Join("; ", findings.Select(finding => $"{finding.Rule} {finding.Kind}: {finding.In("en")}")));
    }

    private static IReadOnlyList<LintFinding> Of(SeededFault fault) => RuleLint.Of(fault.Programme, fault.Rules, SeededFaults.Today, ["most-valuable", "most-growable", "below-zero"]);
}
