using System.Collections.Immutable;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions.Wording;

/// <summary>Says a condition in plain words, for customers: "pembelian minimal Rp250.000 dan ada produk kategori coffee". <c>not</c> is carried into the tests.</summary>
public sealed partial class ConditionText
{
    private readonly Vocabulary _vocabulary;
    private readonly FactText _facts;
    private readonly Func<Field, string, string?>? _names;
    private readonly string _language;

    /// <summary>Writes for one language.</summary>
    /// <param name="vocabulary">The names and the currency.</param>
    /// <param name="language"><c>id</c> or <c>en</c>.</param>
    /// <param name="names">Display names for codes; the code itself when absent or <c>null</c>.</param>
    public ConditionText(Vocabulary vocabulary, string language, Func<Field, string, string?>? names = null)
    {
        _vocabulary = vocabulary;
        _language = language;
        _names = names;
        _facts = new(language, vocabulary.Currency);
    }

    /// <summary>A whole condition.</summary>
    public string Of(Expr expr) => expr is AlwaysExpr ? Pick("tanpa syarat", "no condition") : Say(expr, negated: false);

    /// <summary>One test with what there was: "pembelian minimal Rp250.000 (saat ini Rp212.000)".</summary>
    public string Of(TestOutcome outcome)
    {
        var needed = Say(outcome.Test, outcome.Negated);
        if (outcome.IsNotGiven) return $"{needed} ({Pick("belum ada data", "not given")})";
        return outcome.Satisfied || outcome.Kind == TestKind.Lines ? needed : $"{needed} ({Pick("saat ini", "was")} {Actual(outcome)})";
    }

    /// <summary>What there was, in words.</summary>
    public string Actual(TestOutcome outcome)
    {
        var field = outcome.Subject is NameOperand name ? _vocabulary.Find(name.Name) : null;
        if (field is null || outcome.Actual.TextCount == 0) return _facts.Of(outcome.Actual);
        return string.Join(", ", outcome.Actual.Texts.Select(t => Shown(field, t)));
    }

    private string Say(Expr expr, bool negated) => expr switch
    {
        NotExpr not => Say(not.Item, !negated),
        AndExpr group => negated ? Either(group.Items, true) : Both(group.Items, false),
        OrExpr group => negated ? Both(group.Items, true) : Either(group.Items, false),
        LineExpr line => Lines(line, negated),
        CompareExpr test => Compare(test, negated),
        InExpr test => In(test, negated),
        BetweenExpr test => Between(test, negated),
        StartsWithExpr test => $"{Subject(test.Value)} {(negated ? Pick("tidak diawali", "does not start with") : Pick("diawali", "starts with"))} “{test.Prefix.Value}”",
        TodayIsExpr test => $"{(negated ? Pick("hari ini bukan", "today is not") : Pick("hari ini", "today is"))} {Label(test.Name)}",
        TodayInExpr test => (negated ? Pick("di luar ", "outside ") : "") + Range(test.From.Value, test.To.Value),
        _ => Of(expr),
    };

    private string Both(ImmutableArray<Expr> items, bool negated) => Join(items, negated, Pick("dan", "and"), Pick(", dan", " and"), i => IsEither(i, negated));

    private string Either(ImmutableArray<Expr> items, bool negated) => Join(items, negated, Pick("atau", "or"), Pick(", atau", " or"), i => IsBoth(i, negated));

    private string Join(ImmutableArray<Expr> items, bool negated, string two, string last, Func<Expr, bool> brackets) =>
        Series([.. items.Select(i => brackets(i) ? $"({Say(i, negated)})" : Say(i, negated))], two, last);

    private static bool IsEither(Expr expr, bool negated) => expr switch
    {
        NotExpr not => IsEither(not.Item, !negated),
        OrExpr => !negated,
        AndExpr => negated,
        _ => false,
    };

    private static bool IsBoth(Expr expr, bool negated) => expr switch
    {
        NotExpr not => IsBoth(not.Item, !negated),
        OrExpr => negated,
        AndExpr => !negated,
        _ => false,
    };

    private static string Series(IReadOnlyList<string> items, string two, string last) => items.Count switch
    {
        0 => "",
        1 => items[0],
        2 => $"{items[0]} {two} {items[1]}",
        _ => $"{string.Join(", ", items.Take(items.Count - 1))}{last} {items[^1]}",
    };

    private string Lines(LineExpr line, bool negated)
    {
        var which = Products(line.Where);
        return (line.Quantifier, negated) switch
        {
            (LineQuantifier.Any, false) or (LineQuantifier.No, true) => Pick($"ada produk {which}", $"at least one product {which}"),
            (LineQuantifier.Any, true) or (LineQuantifier.No, false) => Pick($"tanpa produk {which}", $"no product {which}"),
            (_, false) => Pick($"semua produk {which}", $"all products {which}"),
            _ => Pick($"tidak semua produk {which}", $"not all products {which}"),
        };
    }

    /// <summary>The words after "product": "kategori coffee", "dengan harga satuan minimal Rp50.000".</summary>
    private string Products(Expr where) => where switch
    {
        InExpr { Value: NameOperand name } test when _vocabulary.Find(name.Name) is { } field && field.Type is FactType.Path or FactType.Text or FactType.TextList =>
            Marked(field, Any(test.List.Select(l => Shown(field, l)))),
        CompareExpr { Left: NameOperand name, Operator: CompareOperator.Equal, Right: TextLiteral text } when _vocabulary.Find(name.Name) is { } field =>
            Marked(field, Shown(field, text)),
        _ => $"{Pick("dengan", "with")} {Say(where, negated: false)}",
    };

    private string Marked(Field field, string values) => $"{(field == Fields.LineCategory ? Pick("", "in ") : Pick("", "of "))}{field.Label.In(_language)} {values}";

    private string Any(IEnumerable<string> values) => Series([.. values], Pick("atau", "or"), Pick(", atau", " or"));

    private string Label(Operand operand) => operand is NameOperand name && _vocabulary.Find(name.Name) is { } field ? field.Label.In(_language) : Printer.Print(operand);

    private string Range(DateOnly from, DateOnly to) => Pick($"{_facts.Date(from)} sampai {_facts.Date(to)}", $"{_facts.Date(from)} to {_facts.Date(to)}");

    private string Pick(string id, string en) => new LocalizedText(id, en).In(_language);
}
