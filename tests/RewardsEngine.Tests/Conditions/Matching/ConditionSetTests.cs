using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Matching;
using static RewardsEngine.Tests.Conditions.Say;

namespace RewardsEngine.Tests.Conditions.Matching;

/// <summary>A decision judges its conditions through the index when they are many and one by one when they are few: nobody must be able to tell.</summary>
public class ConditionSetTests
{
    [Fact]
    public void Through_the_index_the_same_conditions_hold_and_the_others_are_as_far()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var (typical, trees) = (new TypicalRules(seed), new RandomTrees(seed));
            Condition?[] conditions =
            [
                .. Enumerable.Range(0, 60).Select(_ => Condition(typical.Rule())),
                .. Enumerable.Range(0, 20).Select(_ => RewardsEngine.Conditions.Condition.Check(trees.Tree(), Words).Condition!),
                null,
            ];
            var (indexed, plain) = (new ConditionSet(conditions, Words, 0), new ConditionSet(conditions, Words, int.MaxValue));
            for (var event_ = 0; event_ < 30; event_++) AssertSame(conditions, indexed, plain, event_ % 2 == 0 ? typical.Facts() : trees.Facts(), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("customer.tier = \"gold\"", "customer.city = \"nowhere\"")]
    [InlineData("any line (category in [\"coffee\"])", "any line (category in [\"coffee/beans\"])")]
    public void What_no_rule_names_is_nobodys(string one, string other)
    {
        Condition?[] conditions = [Condition(one), Condition(other)];
        var facts = Facts().Set(Fields.CustomerTier, "unheard-of").Line("new-sku", "coffee/beans/arabica", "new-brand", 1, 5).Build();

        AssertSame(conditions, new(conditions, Words, 0), new(conditions, Words, int.MaxValue), facts, one);
    }

    private static void AssertSame(Condition?[] conditions, ConditionSet indexed, ConditionSet plain, Facts facts, string context)
    {
        var expected = plain.Holding(facts);
        Assert.True(expected.SequenceEqual(indexed.Holding(facts)), context);
        using var judge = indexed.On(facts);
        for (var rule = 0; rule < conditions.Length; rule++)
        {
            if (conditions[rule] is not { } condition || expected[rule]) continue;
            Assert.True(condition.Distance(facts) == judge.Distance(rule), $"{context}: {condition} is {condition.Distance(facts)} away, not {judge.Distance(rule)}");
            var gap = Gaps.Of(Explainer.Failed(condition.Root, facts));
            Assert.True(gap == judge.Gap(rule), $"{context}: the gap of {condition} is {gap}, not {judge.Gap(rule)}");
        }
    }
}
