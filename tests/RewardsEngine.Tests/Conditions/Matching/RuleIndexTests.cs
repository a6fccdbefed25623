using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Matching;
using static RewardsEngine.Tests.Conditions.Say;

namespace RewardsEngine.Tests.Conditions.Matching;

/// <summary>Whatever the index does to be fast, its answer is that of the conditions themselves.</summary>
public class RuleIndexTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LONG_RUN") == "1";

    [Fact]
    public void Random_conditions_are_found_exactly_when_they_hold()
    {
        for (var seed = 0; seed < (IsLong ? 2_000 : 60); seed++)
        {
            var random = new RandomTrees(seed);
            var conditions = Enumerable.Range(0, 40).Select(_ => Check(random)).ToArray();
            var facts = Enumerable.Range(0, 30).Select(_ => random.Facts()).ToArray();
            AssertSame(conditions, facts, $"seed {seed}");
        }
    }

    [Fact]
    public void Typical_rules_are_found_exactly_when_they_hold()
    {
        for (var seed = 0; seed < (IsLong ? 500 : 20); seed++)
        {
            var random = new TypicalRules(seed);
            AssertSame([.. Enumerable.Range(0, 300).Select(_ => Condition(random.Rule()))], [.. Enumerable.Range(0, 40).Select(_ => random.Facts())], $"seed {seed}");
        }
    }

    [Fact]
    public void Replacing_conditions_one_by_one_gives_the_index_built_anew()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (random, trees) = (new TypicalRules(seed), new RandomTrees(seed));
            var symbols = new Symbols(Words);
            var conditions = Enumerable.Range(0, 100).Select(_ => Condition(random.Rule())).ToArray();
            var index = RuleIndex.Build(conditions, symbols);
            var kept = new RuleMatcher(index);
            for (var swap = 0; swap < 150; swap++)
            {
                conditions[swap % 100] = swap % 5 == 0 ? Check(trees) : Condition(random.Rule());
                index = index.With(swap % 100, conditions[swap % 100]);
                kept.Use(index);
                AssertSame(conditions, random.Facts(), kept, new(symbols), $"seed {seed}, swap {swap}");
            }
            var matcher = new RuleMatcher(index);
            for (var i = 0; i < 40; i++) AssertSame(conditions, random.Facts(), matcher, new(symbols), $"seed {seed}");
        }
    }

    [Fact]
    public void A_matcher_goes_over_to_the_next_index_while_texts_become_more()
    {
        var symbols = new Symbols(Words);
        var conditions = Enumerable.Range(0, 12).Select(rule => Condition($"sum(quantity where sku = \"k{rule}\") > 0")).ToArray();
        var index = RuleIndex.Build(conditions, symbols);
        var matcher = new RuleMatcher(index);
        for (var swap = 0; swap < 400; swap++)
        {
            // Every text is new, so that the keys of a table outgrow their bits again and again; every third rule needs two of them.
            conditions[swap % 12] = Condition($"sum(quantity where sku = \"n{swap}\") >= {1 + swap % 2}" + (swap % 3 == 0 ? $" and order.store = \"s{swap}\"" : ""));
            index = index.With(swap % 12, conditions[swap % 12]);
            matcher.Use(index);
            var facts = Facts().Set(Fields.OrderStore, $"s{swap - swap % 3}").Line($"n{swap}", "coffee", "x", 2, 5).Line($"n{Math.Max(0, swap - 5)}", "tea", "x", 1, 5).Line($"n{swap}", "tea", "x", 1, 5).Build();
            AssertSame(conditions, facts, matcher, new(symbols), $"swap {swap}");
        }
        Assert.Throws<ArgumentException>(() => matcher.Use(RuleIndex.Build(conditions, new Symbols(Words))));
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var random = new TypicalRules(1);
        var symbols = new Symbols(Words);
        var matcher = new RuleMatcher(RuleIndex.Build(Enumerable.Range(0, 1_000).Select(_ => Condition(random.IndexedRule())), symbols));
        var encoder = new FactsEncoder(symbols);
        var events = Enumerable.Range(0, 200).Select(_ => encoder.Encode(random.Facts())).ToArray();
        var found = 0;
        foreach (var one in events) found += matcher.Match(one).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var one in events) found += matcher.Match(one).Length;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(found > 0);
    }

    [Fact]
    public void Encoded_facts_stand_for_the_facts()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var facts = new RandomTrees(seed).Facts();
            var symbols = new Symbols(Words);
            var decoded = new FactsEncoder(symbols).Encode(facts).Decode(symbols);
            foreach (var field in Words.Fields.Where(f => !f.IsLine)) Assert.Equal(facts[field], decoded[field]);
            Assert.Equal(facts.Lines.IsDefault, decoded.Lines.IsDefault);
            for (var line = 0; line < (facts.Lines.IsDefault ? 0 : facts.Lines.Length); line++)
                foreach (var field in Words.Fields.Where(f => f.IsLine)) Assert.Equal(facts.Lines[line][field], decoded.Lines[line][field]);
        }
    }

    [Theory]
    [InlineData("sum(quantity where sku = \"A1\") >= 0")]
    [InlineData("sum(quantity where sku = \"A1\") > -1")]
    [InlineData("order.total >= 0.00")]
    [InlineData("customer.segments in [\"a\", \"b\"] or customer.segments in [\"b\", \"c\"]")]
    [InlineData("any line (category in [\"coffee\", \"coffee/beans\"])")]
    [InlineData("sum(total where category in [\"coffee\"]) >= 100000000000000")]
    [InlineData("sum(total where category in [\"coffee\"]) > 100000000000000")]
    public void Corner_cases_agree(string text)
    {
        Facts[] facts =
        [
            Facts().Build(), Facts().WithLines().Build(),
            Facts().Set(Fields.OrderTotal, 0).Set(Fields.CustomerSegments, ["b", "b", "a", "c"]).Line("A1", "coffee/beans", "x", 1, 5).Line("B1", "coffee", "x", 1, 5).Build(),
            Facts().Set(Fields.OrderTotal, 1 / 3m).Line("A1", "coffee", "x", 3, 100).Build(),
            Facts().Line("A1", "coffee", "x", 1, ConditionLimits.MaxNumber).Line("A1", "coffee", "x", 1, ConditionLimits.MaxNumber).Build(),
        ];
        AssertSame([Condition(text), Condition(text)], facts, text);
    }

    [Fact]
    public void Conditions_of_another_vocabulary_are_refused() =>
        Assert.Throws<ArgumentException>(() => RuleIndex.Build([Condition("order.total > 1")], new Symbols(new(RewardsEngine.Values.Currency.Idr))));

    private static Condition Check(RandomTrees random) => RewardsEngine.Conditions.Condition.Check(random.Tree(), Words).Condition!;

    private static void AssertSame(Condition[] conditions, Facts[] facts, string context)
    {
        var symbols = new Symbols(Words);
        var matcher = new RuleMatcher(RuleIndex.Build(conditions, symbols));
        var encoder = new FactsEncoder(symbols);
        foreach (var one in facts) AssertSame(conditions, one, matcher, encoder, context);
    }

    private static void AssertSame(Condition[] conditions, Facts facts, RuleMatcher matcher, FactsEncoder encoder, string context)
    {
        var expected = Enumerable.Range(0, conditions.Length).Where(i => conditions[i].Test(facts)).ToArray();
        var found = matcher.Match(encoder.Encode(facts)).ToArray();
        Array.Sort(found);
        Assert.True(expected.SequenceEqual(found), $"{context}: expected {string.Join(",", expected)}, found {string.Join(",", found)}; first wrong: {conditions[expected.Except(found).Concat(found.Except(expected)).FirstOrDefault()]}");
    }
}
