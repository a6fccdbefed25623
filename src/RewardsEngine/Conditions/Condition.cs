using System.Collections.Immutable;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Conditions.Wording;

namespace RewardsEngine.Conditions;

/// <summary>A condition that was checked against a vocabulary: evaluating it cannot fail.</summary>
public sealed class Condition
{
    private Condition(Expr tree, Vocabulary vocabulary, Node root, Checker checker)
    {
        Tree = tree;
        Vocabulary = vocabulary;
        Root = root;
        Counters = checker.Counters;
        UsedFields = checker.UsedFields;
    }

    /// <summary>What it says.</summary>
    public Expr Tree { get; }

    /// <summary>The names it was checked against.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The counters it reads, which the facts must bring.</summary>
    public ImmutableArray<CounterKey> Counters { get; }

    /// <summary>The names it reads.</summary>
    public ImmutableArray<Field> UsedFields { get; }

    /// <summary>Whether it always holds because it is empty.</summary>
    public bool IsAlways => Tree is AlwaysExpr;

    /// <summary>The evaluable form.</summary>
    internal Node Root { get; }

    /// <summary>Reads and checks the text of a condition. The empty text is the condition that always holds.</summary>
    public static ConditionResult Parse(string text, Vocabulary vocabulary)
    {
        var (tree, error) = Parser.Parse(text);
        if (error is not null) return new(null, [error]);
        // Written without spaces it may fit where its canonical text would not.
        if (text.Length > ConditionLimits.MaxLength / 2 && Printer.Print(tree!).Length > ConditionLimits.MaxLength)
            return new(null, [Parser.TooLong(new(0, text.Length))]);
        return CheckOnly(tree!, vocabulary);
    }

    /// <summary>Reads and checks the texts of many conditions, on all processors.</summary>
    public static ConditionResult[] ParseAll(IReadOnlyList<string> texts, Vocabulary vocabulary)
    {
        var results = new ConditionResult[texts.Count];
        Parallel.For(0, results.Length, index => results[index] = Parse(texts[index], vocabulary));
        return results;
    }

    /// <summary>Checks a tree, for example from the visual editor. What is accepted has a text that reads as the same tree: the bounds of the text are those of the tree.</summary>
    public static ConditionResult Check(Expr tree, Vocabulary vocabulary)
    {
        var result = CheckOnly(tree, vocabulary);
        return result.Ok && Parser.Parse(Printer.Print(tree)).Error is { } error ? new(null, [error with { Span = tree.Span }]) : result;
    }

    /// <summary>Checks a tree that nobody will write down.</summary>
    internal static ConditionResult CheckOnly(Expr tree, Vocabulary vocabulary)
    {
        var checker = new Checker(vocabulary);
        var root = checker.Check(tree);
        var diagnostics = checker.Diagnostics;
        return diagnostics.IsEmpty ? new(new Condition(tree, vocabulary, root, checker), []) : new(null, diagnostics);
    }

    /// <summary>Whether the condition holds. A value that was not given satisfies neither a comparison nor its opposite.</summary>
    public bool Test(Facts facts) => Root.Test(facts, null) == Truth.True;

    /// <summary>The least number of tests that must turn for it to hold: 0 when it holds. Cheap: to find the nearest of many before explaining those.</summary>
    public int Distance(Facts facts) => Explainer.Distance(Root, facts);

    /// <summary>Whether it holds and why: the tests that failed, with what was needed and what there was.</summary>
    public Explanation Explain(Facts facts) => Explainer.Explain(this, facts);

    /// <summary>The condition in plain words, for customers.</summary>
    /// <param name="language"><c>id</c> or <c>en</c>.</param>
    /// <param name="names">Display names for codes (tiers, categories, stores …); the code itself when absent or <c>null</c>.</param>
    public string Describe(string language, Func<Field, string, string?>? names = null) => new ConditionText(Vocabulary, language, names).Of(Tree);

    /// <summary>The texts that a name is compared with, and where: tiers and segments that may not exist.</summary>
    public IEnumerable<(string Text, SourceSpan Span)> TextsFor(Field field) => TextsFor(Tree, field.Name);

    private static IEnumerable<(string Text, SourceSpan Span)> TextsFor(Expr expr, string name) => expr switch
    {
        GroupExpr group => group.Items.SelectMany(item => TextsFor(item, name)),
        NotExpr not => TextsFor(not.Item, name),
        CompareExpr { Left: NameOperand left, Right: TextLiteral text } when left.Name == name => [(text.Value, expr.Span)],
        CompareExpr { Right: NameOperand right, Left: TextLiteral text } when right.Name == name => [(text.Value, expr.Span)],
        InExpr { Value: NameOperand of } list when of.Name == name => list.List.OfType<TextLiteral>().Select(text => (text.Value, expr.Span)),
        _ => [],
    };

    /// <summary>The canonical text.</summary>
    public string ToText() => Printer.Print(Tree);

    /// <inheritdoc/>
    public override string ToString() => ToText();
}

/// <summary>A checked condition, or the errors that stand in its way.</summary>
/// <param name="Condition">The condition; <c>null</c> when there are errors.</param>
/// <param name="Diagnostics">The errors, in no case empty without a condition.</param>
public sealed record ConditionResult(Condition? Condition, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether there is a condition.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Condition))]
    public bool Ok => Condition is not null;
}
