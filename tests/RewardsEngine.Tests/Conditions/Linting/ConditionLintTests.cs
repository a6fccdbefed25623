using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Linting;
using RewardsEngine.Tests.Conditions.Matching;
using static RewardsEngine.Tests.Conditions.Say;

namespace RewardsEngine.Tests.Conditions.Linting;

public class ConditionLintTests
{
    [Theory]
    [InlineData("order.total >= 500000 and order.total < 100000")]
    [InlineData("order.total > 100000 and order.total <= 100000")]
    [InlineData("order.total = 5 and order.total = 6")]
    [InlineData("order.total between 5 and 9 and not order.total between 1 and 10")]
    [InlineData("order.total < 0")]
    [InlineData("order.quantity in [1, 2] and order.quantity >= 3")]
    [InlineData("customer.tier = \"gold\" and customer.tier = \"silver\"")]
    [InlineData("customer.tier = \"gold\" and customer.tier != \"gold\"")]
    [InlineData("customer.tier in [\"gold\", \"silver\"] and not customer.tier in [\"silver\", \"gold\", \"x\"]")]
    [InlineData("customer.tier starts with \"go\" and customer.tier = \"silver\"")]
    [InlineData("customer.city starts with \"Ja\" and customer.city starts with \"Su\"")]
    [InlineData("customer.segments = \"vip\" and customer.segments != \"vip\"")]
    [InlineData("customer.company = true and customer.company = false")]
    [InlineData("now.hour >= 24")]
    [InlineData("now.hour > 22 and now.hour < 23")]
    [InlineData("now.hour between 22 and 23 and now.hour < 6")]
    [InlineData("now.weekday = \"monday\" and now.weekday in [\"saturday\", \"sunday\"]")]
    [InlineData("not now.weekday in [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\", \"saturday\", \"sunday\"]")]
    [InlineData("today is in 2026-12-01 .. 2026-12-31 and now.date > 2027-01-01")]
    [InlineData("today is customer.birthday and not today is customer.birthday")]
    [InlineData("customer.joined >= 2 years and customer.joined < 6 months")]
    [InlineData("customer.joined < 3 months and customer.joined > 100 days")]
    [InlineData("purchases.last(30 days).count < 0")]
    [InlineData("purchases.last(30 days).count > 2 and purchases.last(30 days).count < 3")]
    [InlineData("sum(total where category in [\"coffee\"]) >= 9 and sum(total where category in [\"coffee\"]) < 5")]
    [InlineData("any line (sku = \"A\") and no line (sku = \"A\")")]
    [InlineData("any line (sku = \"A\" and quantity > 2) and no line (quantity > 1)")]
    [InlineData("any line (quantity > 2 and quantity < 1)")]
    [InlineData("any line (brand = \"A\" and brand = \"B\")")]
    [InlineData("not any line (sku = \"A\") and not no line (sku in [\"A\"]) and any line (sku = \"A\")")]
    [InlineData("(order.total < 5 or order.total > 10) and order.total = 7")]
    [InlineData("order.total > 10 and (order.total < 5 and customer.tier = \"a\" or order.total < 6 and customer.tier = \"b\")")]
    [InlineData("points.available > 5 and not (points.available > 3 or customer.tier = \"gold\")")]
    [InlineData("event.took < 1 hour and event.took >= 60 minutes")]
    [InlineData("event.score = 1 and not event.score <= 1")]
    [InlineData("not (customer.tier = \"gold\" or customer.tier != \"gold\")")]
    [InlineData("order.total > order.subtotal")]
    [InlineData("order.total < order.subtotal and not order.subtotal > order.total")]
    [InlineData("order.total >= 200000 and order.subtotal < 100000")]
    [InlineData("sum(total where category in [\"coffee\"]) > 100000 and order.total < 50000")]
    [InlineData("max(total where sku = \"A\") in [100, 200] and order.total < 100")]
    [InlineData("any line (total > 100000) and order.total < 100000")]
    [InlineData("any line (total > 100000 or sku = \"A\" and total >= 70000) and order.total < 70000")]
    [InlineData("any line (quantity >= 5) and order.quantity in [1, 2]")]
    [InlineData("all line (sku = \"A\") and any line (sku = \"B\")")]
    [InlineData("count(sku where sku = \"A\") >= 1 and no line (sku = \"A\")")]
    [InlineData("max(unit_price where sku = \"A\") > 100 and not any line (sku = \"A\")")]
    [InlineData("purchases.last(7 days).count >= 5 and purchases.last(30 days).count < 5")]
    [InlineData("purchases.last(7 days).count > purchases.last(1 month).count")]
    [InlineData("customer.first_purchase = true and purchases.last(30 days).count >= 2")]
    [InlineData("order.quantity = 2.5")]
    [InlineData("any line (quantity < 1)")]
    [InlineData("order.currency = \"USD\"")]
    public void What_can_never_hold_is_found(string text)
    {
        var condition = Condition(text);
        Assert.True(ConditionLint.IsNeverTrue(condition));
        Assert.Contains(ConditionLint.Of(condition), f => f.Kind == FindingKind.NeverTrue);
    }

    [Theory]
    [InlineData("order.total >= 100 and order.total >= 200", FindingKind.Redundant, "order.total >= 100")]
    [InlineData("customer.tier = \"gold\" and customer.tier in [\"gold\", \"silver\"]", FindingKind.Redundant, "customer.tier in [\"gold\", \"silver\"]")]
    [InlineData("order.total > 5 and order.total > 5", FindingKind.Redundant, "order.total > 5")]
    [InlineData("any line (sku = \"A\") and any line (sku in [\"A\", \"B\"])", FindingKind.Redundant, "any line (sku in [\"A\", \"B\"])")]
    [InlineData("order.total > 5 and (order.total > 1 or customer.tier = \"gold\")", FindingKind.Redundant, "order.total > 1 or customer.tier = \"gold\"")]
    [InlineData("order.total > 5 or order.total > 9", FindingKind.CoveredAlternative, "order.total > 9")]
    [InlineData("customer.tier = \"gold\" or customer.tier = \"gold\" and order.total > 5", FindingKind.CoveredAlternative, "customer.tier = \"gold\" and order.total > 5")]
    [InlineData("order.total < 0 or customer.tier = \"gold\"", FindingKind.NeverTrueAlternative, "order.total < 0")]
    [InlineData("order.quantity >= 0 and customer.tier = \"gold\"", FindingKind.AlwaysTrue, "order.quantity >= 0")]
    [InlineData("now.hour <= 23 and customer.tier = \"gold\"", FindingKind.AlwaysTrue, "now.hour <= 23")]
    [InlineData("customer.joined >= 1 year and customer.joined >= 2 years", FindingKind.Redundant, "customer.joined >= 1 year")]
    public void What_says_nothing_is_found(string text, FindingKind kind, string part)
    {
        var finding = Assert.Single(ConditionLint.Of(Condition(text)));
        Assert.Equal((kind, part), (finding.Kind, finding.Part.ToText()));
        Assert.NotEqual(finding.In("id"), finding.In("en"));
        Assert.Contains(part, finding.In("id"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("order.total >= 250000 and any line (category in [\"coffee\"]) and customer.tier = \"gold\"")]
    [InlineData("order.total >= 100 and order.total < 500")]
    [InlineData("customer.segments = \"a\" and customer.segments = \"b\"")]
    [InlineData("any line (sku = \"A\") and any line (sku = \"B\")")]
    [InlineData("any line (category in [\"coffee\"]) and no line (category in [\"coffee/decaf\"])")]
    [InlineData("any line (category = \"coffee\") and any line (category != \"coffee\")")]
    [InlineData("any line (brand = \"A\") and no line (brand = \"B\")")]
    [InlineData("any line (tag = \"a\" and tag = \"b\")")]
    [InlineData("customer.joined >= 1 month and customer.joined <= 31 days")]
    [InlineData("customer.joined >= 12 months and customer.joined < 366 days")]
    [InlineData("now.hour >= 22 or now.hour < 6")]
    [InlineData("points.available < 0")]
    [InlineData("sum(total where category in [\"coffee\"]) >= 5 and sum(total where category in [\"tea\"]) < 3")]
    [InlineData("purchases.last(30 days).count >= 3 and purchases.last(7 days).count < 1")]
    [InlineData("(customer.tier = \"gold\" and order.total > 5) or (customer.tier = \"silver\" and order.total > 9)")]
    [InlineData("order.channel != \"web\" and order.channel != \"app\"")]
    [InlineData("order.total < order.subtotal")]
    [InlineData("sum(total where category in [\"coffee\"]) < 50000 and order.total > 100000")]
    [InlineData("sum(subtotal where category in [\"coffee\"]) > 100000 and order.total < 50000")]
    [InlineData("any line (unit_price > 100000) and order.total < 100000")]
    [InlineData("all line (sku = \"A\") and no line (quantity > 1)")]
    [InlineData("all line (sku = \"A\" or sku = \"B\") and any line (sku = \"B\")")]
    [InlineData("count(sku where sku = \"A\") < 1 and no line (sku = \"A\")")]
    [InlineData("purchases.last(30 days).count >= 5 and purchases.last(7 days).count < 5")]
    [InlineData("purchases.last(31 days).count >= 5 and purchases.last(1 month).count < 5")]
    [InlineData("visits.last(7 days).count >= 5 and purchases.last(30 days).count < 5")]
    [InlineData("customer.first_purchase = true and visits.last(30 days).count >= 2")]
    [InlineData("customer.first_purchase = false and purchases.last(30 days).count = 0")]
    public void What_is_in_order_raises_no_alarm(string text) => Assert.Empty(ConditionLint.Of(Condition(text)));

    [Fact]
    public void Two_parts_that_clash_are_named()
    {
        var finding = Assert.Single(ConditionLint.Of(Condition("customer.tier = \"gold\" and order.total >= 500000 and order.total < 100000")));
        Assert.Equal("“order.total < 100000” and “order.total >= 500000” never hold together.", finding.In("en"));
        Assert.Equal((53, 20), (finding.Span.Start, finding.Span.Length));
    }

    [Theory]
    [InlineData("order.total > 500 and customer.tier = \"gold\"", "order.total > 100", true)]
    [InlineData("order.total > 100", "order.total > 500", false)]
    [InlineData("order.total > 100", "", true)]
    [InlineData("", "order.total > 100", false)]
    [InlineData("order.total > 100", "not order.total <= 50", true)]
    [InlineData("customer.city = \"Solo\"", "customer.tier != \"gold\"", false)]
    [InlineData("all line (quantity > 2)", "all line (quantity > 1)", true)]
    [InlineData("no line (quantity > 1)", "no line (quantity > 2)", true)]
    [InlineData("no line (quantity > 2)", "no line (quantity > 1)", false)]
    [InlineData("customer.tier = \"gold\" or customer.tier = \"silver\"", "customer.tier in [\"gold\", \"silver\", \"bronze\"]", true)]
    public void A_rule_in_the_shadow_of_another_is_known(string first, string second, bool expected) =>
        Assert.Equal(expected, ConditionLint.Implies(Condition(first), Condition(second)));

    [Fact]
    public void What_is_said_is_true_when_tried()
    {
        var said = 0;
        for (var seed = 0; seed < (Environment.GetEnvironmentVariable("LONG_RUN") == "1" ? 3_000 : 150); seed++)
        {
            var random = new TypicalRules(seed);
            var conditions = Enumerable.Range(0, 12).Select(_ => Condition(random.Rule())).ToArray();
            var facts = Enumerable.Range(0, 60).Select(_ => random.Facts()).ToArray();
            foreach (var one in conditions)
            {
                if (ConditionLint.IsNeverTrue(one)) Assert.All(facts, f => Assert.False(one.Test(f), one.ToText()));
                foreach (var other in conditions)
                {
                    if (ReferenceEquals(one, other)) continue;
                    if (ConditionLint.Implies(one, other) && ++said > 0) Assert.All(facts, f => Assert.True(!one.Test(f) || other.Test(f), $"{one} -> {other}"));
                    if (ConditionLint.Exclude(one, other) && ++said > 0) Assert.All(facts, f => Assert.False(one.Test(f) && other.Test(f), $"{one} x {other}"));
                }
            }
        }
        Assert.True(said > 500, $"Only {said} statements were tried.");
    }

    [Theory]
    [InlineData(" and ")]
    [InlineData(" or ")]
    public void The_largest_conditions_are_looked_at_in_reasonable_time(string word)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        ConditionLint.Of(Condition(string.Join(word, Enumerable.Range(0, 600).Select(i => $"order.total != {i}"))));
        ConditionLint.Of(Condition(string.Join(" and ", Enumerable.Range(0, 60).Select(i => $"(order.total != {i} or order.quantity = {i})"))));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void Random_conditions_are_looked_at_without_failing()
    {
        for (var seed = 0; seed < 1_000; seed++)
            foreach (var finding in ConditionLint.Of(RewardsEngine.Conditions.Condition.Check(new RandomTrees(seed).Tree(), Words).Condition!)) Assert.NotEqual("", finding.In("id"));
    }
}
