using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Json;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Conditions.Wording;
using RewardsEngine.Tests.Properties;

namespace RewardsEngine.Tests.Conditions;

/// <summary>What must hold for every condition. LOYALTY_PROPERTY_RUNS tries more than 5,000.</summary>
public class LanguageProperties
{
    private static readonly int Tries = Runs.Wanted ?? 5_000;

    [Fact]
    public void Text_tree_and_visual_form_say_exactly_the_same()
    {
        for (var seed = 0; seed < Tries; seed++)
        {
            var tree = new RandomTrees(seed).Tree();
            var text = tree.ToText();
            var parsed = Condition.Parse(text, Say.Words);
            Assert.True(parsed.Ok, $"seed {seed}: {text}: {string.Join("; ", parsed.Diagnostics)}");
            Assert.True(tree == parsed.Condition.Tree, $"seed {seed}: {text} was read as another tree");
            var json = ConditionJson.Write(tree);
            var read = ConditionJson.Read(json, Say.Words);
            Assert.True(read.Ok, $"seed {seed}: {json}: {string.Join("; ", read.Diagnostics)}");
            Assert.True(tree == read.Condition.Tree, $"seed {seed}: {json} was read as another tree");
            Assert.Equal((text, json), (read.Condition.ToText(), ConditionJson.Write(parsed.Condition.Tree)));
        }
    }

    [Fact]
    public void Every_condition_is_judged_explained_and_worded_on_every_input()
    {
        for (var seed = 0; seed < Tries; seed++)
        {
            var random = new RandomTrees(seed);
            var condition = Condition.Check(random.Tree(), Say.Words).Condition!;
            var facts = random.Facts();
            var holds = condition.Test(facts);
            var why = condition.Explain(facts);
            Assert.True(holds == why.Satisfied && holds == why.Failed.IsEmpty && holds == (why.Distance == 0), $"seed {seed}: {condition} is {holds}, explained as {why.Satisfied}");
            Assert.Equal(why.Distance, condition.Distance(facts));
            Assert.NotEqual("", condition.Describe("id"));
            var words = new ConditionText(Say.Words, "en");
            foreach (var outcome in why.Failed.Concat(why.Passed)) Assert.NotEqual("", words.Of(outcome));
        }
    }

    [Fact]
    public void A_condition_and_its_opposite_never_both_hold()
    {
        for (var seed = 0; seed < Tries; seed++)
        {
            var random = new RandomTrees(seed);
            var tree = random.Tree();
            if (tree is AlwaysExpr) continue;
            var facts = random.Facts();
            var opposite = Condition.Check(new NotExpr(tree), Say.Words).Condition!;
            Assert.False(Condition.Check(tree, Say.Words).Condition!.Test(facts) && opposite.Test(facts), $"seed {seed}: {tree.ToText()}");
        }
    }

    [Fact]
    public void Broken_text_is_either_a_condition_or_a_diagnosed_error()
    {
        for (var seed = 0; seed < Tries; seed++)
        {
            var random = new RandomTrees(seed);
            Judge(seed % 3 == 0 ? random.Noise() : random.Broken(), seed);
        }
    }

    private static void Judge(string text, int seed)
    {
        var result = Condition.Parse(text, Say.Words);
        if (result.Ok)
        {
            Assert.True(result.Condition.Tree == Condition.Parse(result.Condition.ToText(), Say.Words).Condition?.Tree, $"seed {seed}: {text}");
            return;
        }
        Assert.NotEmpty(result.Diagnostics);
        foreach (var error in result.Diagnostics)
        {
            Assert.InRange(error.Span.Start, 0, text.Length);
            Assert.InRange(error.Span.End, error.Span.Start, text.Length);
            Assert.DoesNotContain("{0}", error.In("en"), StringComparison.Ordinal);
            Assert.NotEqual("", error.In("id"));
        }
    }

    [Fact]
    public void A_broken_visual_form_is_either_a_condition_or_a_diagnosed_error()
    {
        for (var seed = 0; seed < Tries; seed++)
        {
            var random = new Random(seed);
            var json = ConditionJson.Write(new RandomTrees(seed).Tree()).ToList();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(json.Count);
                if (random.Next(2) == 0) json.RemoveAt(at);
                else json[at] = json[random.Next(json.Count)];
            }
            var result = ConditionJson.Read(new string([.. json]), Say.Words);
            Assert.True(result.Ok || result.Diagnostics.All(d => d.Span.Pointer is not null && d.In("id").Length > 0), $"seed {seed}: {new string([.. json])}");
        }
    }
}
