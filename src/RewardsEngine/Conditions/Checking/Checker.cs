using System.Collections.Immutable;
using System.Globalization;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions.Checking;

/// <summary>Checks a tree against the vocabulary (names, types, units, bounds) and makes it evaluable. Reports every error it finds.</summary>
internal sealed partial class Checker(Vocabulary vocabulary)
{
    private const int MostDiagnostics = 50;

    // Kept from condition to condition.
    [ThreadStatic] private static List<Field>? _scratch;

    // Made when first needed: most conditions have neither errors nor counters.
    private List<Diagnostic>? _diagnostics;
    private List<CounterKey>? _counters;
    private readonly List<Field> _fields = Emptied();
    private int _depth;
    private int _nodes;
    private bool _inLine;

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics is null ? [] : [.. _diagnostics];

    public ImmutableArray<CounterKey> Counters => _counters is null ? [] : [.. _counters.OrderBy(c => c.ToString(), StringComparer.Ordinal)];

    public ImmutableArray<Field> UsedFields => [.. _fields];

    public Node Check(Expr tree) => tree is AlwaysExpr ? new AlwaysNode(tree) : Test(tree);

    private Node Test(Expr expr)
    {
        Count(expr.Span);
        if (_depth == ConditionLimits.MaxDepth)
        {
            Report(DiagnosticCode.TooDeep, expr.Span, Number(ConditionLimits.MaxDepth));
            return new AlwaysNode(expr);
        }
        _depth++;
        Node node = expr switch
        {
            AndExpr group => new AllNode(group, Items(group)),
            OrExpr group => new AnyNode(group, Items(group)),
            NotExpr not => new NotNode(not, Test(not.Item)),
            LineExpr line => Lines(line),
            CompareExpr test => Compare(test),
            InExpr test => In(test),
            BetweenExpr test => Between(test),
            StartsWithExpr test => StartsWith(test),
            TodayIsExpr test => TodayIs(test),
            TodayInExpr test => TodayIn(test),
            _ => Misplaced(expr),
        };
        _depth--;
        return node;
    }

    private Node[] Items(GroupExpr group)
    {
        if (group.Items.IsDefault || group.Items.Length < 2)
        {
            Report(DiagnosticCode.InvalidForm, group.Span, new LocalizedText("kelompok memerlukan paling sedikit dua syarat", "a group needs at least two conditions"));
            return [];
        }
        var nodes = new Node[group.Items.Length];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = Test(group.Items[i]);
        return nodes;
    }

    private AlwaysNode Misplaced(Expr expr)
    {
        Report(DiagnosticCode.InvalidForm, expr.Span, new LocalizedText("syarat kosong hanya boleh berdiri sendiri", "the empty condition stands alone only"));
        return new(expr);
    }

    private LinesNode Lines(LineExpr line) => new(line, InLine(line.Span, line.Where));

    private Node InLine(SourceSpan span, Expr where)
    {
        if (_inLine)
        {
            Report(DiagnosticCode.NestedLineTest, span);
            return new AlwaysNode(where);
        }
        _inLine = true;
        var node = Test(where);
        _inLine = false;
        return node;
    }

    private Node Compare(CompareExpr test)
    {
        var (subject, op, needed) = test.Left is Syntax.Literal && test.Right is not Syntax.Literal
            ? (test.Right, Mirrored(test.Operator), test.Left)
            : (test.Left, test.Operator, test.Right);
        if (subject is Syntax.Literal)
        {
            Report(DiagnosticCode.NothingToTest, test.Span);
            return new AlwaysNode(test);
        }
        var value = Read(subject);
        if (value.Type == FactType.Date && needed is DurationLiteral span) return Age(test, subject, value, op, span);
        var other = Needed(value, needed);
        if (value.Type == FactType.None || other is null) return new AlwaysNode(test);
        if (value.Type is FactType.Text or FactType.TextList or FactType.Path)
        {
            if (op is not (CompareOperator.Equal or CompareOperator.NotEqual)) WrongOperator(test.Span, Printer.Sign(op), value.Type);
            return new TextNode(test, subject, value.Source, op == CompareOperator.Equal, other);
        }
        if (value.Type == FactType.Flag && op is not (CompareOperator.Equal or CompareOperator.NotEqual)) WrongOperator(test.Span, Printer.Sign(op), value.Type);
        return new NumberNode(test, subject, value.Source, op, other);
    }

    private AgeNode Age(Expr test, Operand subject, Typed value, CompareOperator op, DurationLiteral span)
    {
        Literal(span);
        if (span.Value.Unit is TimeSpanUnit.Minutes or TimeSpanUnit.Hours)
            Report(DiagnosticCode.WrongType, span.Span, new("jangka waktu dalam hari atau lebih panjang", "a span of days or longer"), DiagnosticTexts.Same(span.Value.ToString()));
        return new(test, subject, value.Source, op, span.Value);
    }

    private static CompareOperator Mirrored(CompareOperator op) => op switch
    {
        CompareOperator.Less => CompareOperator.Greater,
        CompareOperator.LessOrEqual => CompareOperator.GreaterOrEqual,
        CompareOperator.Greater => CompareOperator.Less,
        CompareOperator.GreaterOrEqual => CompareOperator.LessOrEqual,
        _ => op,
    };

    private Node In(InExpr test)
    {
        var value = Subject(test.Value, test.Span);
        if (test.List.IsDefaultOrEmpty || test.List.Length > ConditionLimits.MaxListItems)
        {
            Report(DiagnosticCode.OutOfRange, test.Span, new("Panjang daftar", "The length of the list"), Number(1), Number(ConditionLimits.MaxListItems));
            return new AlwaysNode(test);
        }
        if (value.Type is FactType.Flag or FactType.Duration) WrongOperator(test.Span, "in", value.Type);
        var list = new Source?[test.List.Length];
        for (var i = 0; i < list.Length; i++) list[i] = Needed(value, test.List[i]);
        if (value.Type == FactType.None || Array.IndexOf(list, null) >= 0) return new AlwaysNode(test);
        return value.Type is FactType.Text or FactType.TextList or FactType.Path
            ? new TextInNode(test, test.Value, value.Source, value.Type == FactType.Path, list!)
            : new NumberInNode(test, test.Value, value.Source, list!);
    }

    private Node Between(BetweenExpr test)
    {
        var value = Subject(test.Value, test.Span);
        if (value.Type is FactType.Text or FactType.TextList or FactType.Path or FactType.Flag) WrongOperator(test.Span, "between", value.Type);
        if (value.Type == FactType.Date && test.Low is DurationLiteral low && test.High is DurationLiteral high)
        {
            if (low.Value.LeastDays > high.Value.MostDays) Reversed(test.Span, low, high);
            return new AllNode(test,
            [
                Age(new CompareExpr(test.Value, CompareOperator.GreaterOrEqual, low) { Span = test.Span }, test.Value, value, CompareOperator.GreaterOrEqual, low),
                Age(new CompareExpr(test.Value, CompareOperator.LessOrEqual, high) { Span = test.Span }, test.Value, value, CompareOperator.LessOrEqual, high),
            ]);
        }
        var least = Needed(value, test.Low);
        var most = Needed(value, test.High);
        if (value.Type == FactType.None || least is null || most is null) return new AlwaysNode(test);
        if (least is FixedSource { Value: var from } && most is FixedSource { Value: var to } && from.Number > to.Number) Reversed(test.Span, test.Low, test.High);
        return new BetweenNode(test, test.Value, value.Source, least, most);
    }

    private Node StartsWith(StartsWithExpr test)
    {
        var value = Subject(test.Value, test.Span);
        var prefix = Literal(test.Prefix);
        if (value.Type is not (FactType.Text or FactType.TextList or FactType.Path or FactType.None)) WrongOperator(test.Span, "starts with", value.Type);
        if (test.Prefix.Value.Length == 0) Report(DiagnosticCode.WrongType, test.Prefix.Span, new("teks yang tidak kosong", "A text that is not empty"), DiagnosticTexts.Same("\"\""));
        return value.Type == FactType.None ? new AlwaysNode(test) : new StartsWithNode(test, test.Value, value.Source, prefix);
    }

    private Node TodayIs(TodayIsExpr test)
    {
        var value = Read(test.Name);
        Use(Fields.NowDate);
        if (value.Type is not (FactType.Date or FactType.None)) WrongType(test.Name.Span, FactType.Date, value.Type);
        return value.Type == FactType.None ? new AlwaysNode(test) : new TodayIsNode(test, test.Name, value.Source);
    }

    private BetweenNode TodayIn(TodayInExpr test)
    {
        var (from, to) = (Literal(test.From), Literal(test.To));
        if (test.From.Value > test.To.Value) Reversed(test.Span, test.From, test.To);
        Use(Fields.NowDate);
        return new(test, new NameOperand(Fields.NowDate.Name) { Span = test.Span }, Fields.NowDate.Source, from, to);
    }

    private static List<Field> Emptied()
    {
        var list = _scratch ??= [];
        list.Clear();
        return list;
    }

    private void Use(Field field)
    {
        if (!_fields.Contains(field)) _fields.Add(field);
    }

    private void Count(SourceSpan span)
    {
        if (++_nodes == ConditionLimits.MaxNodes + 1) Report(DiagnosticCode.TooLarge, span, Number(ConditionLimits.MaxNodes));
    }

    private void Report(DiagnosticCode code, SourceSpan span, params ImmutableArray<LocalizedText> args) => Report(new Diagnostic(code, span, args));

    private void Report(Diagnostic diagnostic)
    {
        if ((_diagnostics ??= []).Count < MostDiagnostics) _diagnostics.Add(diagnostic);
    }

    private void Reversed(SourceSpan span, Operand from, Operand to) =>
        Report(DiagnosticCode.Reversed, span, DiagnosticTexts.Same(Printer.Print(from)), DiagnosticTexts.Same(Printer.Print(to)));

    private void WrongType(SourceSpan span, FactType needed, FactType found) =>
        Report(DiagnosticCode.WrongType, span, Capital(DiagnosticTexts.Type(needed)), DiagnosticTexts.Type(found));

    private void WrongOperator(SourceSpan span, string op, FactType type) => Report(DiagnosticCode.WrongOperator, span,
        DiagnosticTexts.Same(op), DiagnosticTexts.Type(type), DiagnosticTexts.Same(Operators(type)));

    private static string Operators(FactType type) => type switch
    {
        FactType.Text or FactType.TextList or FactType.Path => "=, !=, in, starts with",
        FactType.Flag => "=, !=",
        FactType.Duration => "=, !=, <, <=, >, >=, between",
        _ => "=, !=, <, <=, >, >=, between, in",
    };

    private static LocalizedText Capital(LocalizedText text) => new(text.Id, char.ToUpperInvariant(text.En[0]) + text.En[1..]);

    private static LocalizedText Number(decimal value) => DiagnosticTexts.Same(value.ToString("0.####", CultureInfo.InvariantCulture));
}
