using System.Collections.Immutable;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Checking;

/// <summary>A checked part of a condition: it can be evaluated on any facts without failing.</summary>
internal abstract class Node(Expr syntax)
{
    public Expr Syntax => syntax;

    public abstract Truth Test(Facts facts, LineFacts? line);
}

internal sealed class AlwaysNode(Expr syntax) : Node(syntax)
{
    public override Truth Test(Facts facts, LineFacts? line) => Truth.True;
}

internal sealed class AllNode(Expr syntax, Node[] items) : Node(syntax)
{
    public Node[] Items => items;

    public override Truth Test(Facts facts, LineFacts? line)
    {
        var result = Truth.True;
        foreach (var item in items)
        {
            var truth = item.Test(facts, line);
            if (truth == Truth.False) return Truth.False;
            if (truth < result) result = truth;
        }
        return result;
    }
}

internal sealed class AnyNode(Expr syntax, Node[] items) : Node(syntax)
{
    public Node[] Items => items;

    public override Truth Test(Facts facts, LineFacts? line)
    {
        var result = Truth.False;
        foreach (var item in items)
        {
            var truth = item.Test(facts, line);
            if (truth == Truth.True) return Truth.True;
            if (truth > result) result = truth;
        }
        return result;
    }
}

internal sealed class NotNode(Expr syntax, Node item) : Node(syntax)
{
    public Node Item => item;

    public override Truth Test(Facts facts, LineFacts? line) => item.Test(facts, line).Opposite();
}

internal sealed class LinesNode(LineExpr syntax, Node where) : Node(syntax)
{
    public LineQuantifier Quantifier => syntax.Quantifier;

    public Node Where => where;

    public override Truth Test(Facts facts, LineFacts? line)
    {
        if (facts.Lines.IsDefault) return Truth.NotGiven;
        var any = Truth.False;
        var all = Truth.True;
        foreach (var candidate in facts.Lines)
        {
            var truth = where.Test(facts, candidate);
            if (truth > any) any = truth;
            if (truth < all) all = truth;
        }
        return Quantifier switch { LineQuantifier.Any => any, LineQuantifier.All => all, _ => any.Opposite() };
    }

    public int Matching(Facts facts) => facts.Lines.IsDefault ? 0 : facts.Lines.Count(l => where.Test(facts, l) == Truth.True);
}

/// <summary>A test on one value.</summary>
internal abstract class LeafNode(Expr syntax, Operand subject, Source source, params Source[] needed) : Node(syntax)
{
    public Operand Subject => subject;

    public Source Source => source;

    public Source[] Needed => needed;

    public sealed override Truth Test(Facts facts, LineFacts? line)
    {
        var actual = source.Read(facts, line);
        return actual.IsGiven ? Compare(actual, facts, line) : Truth.NotGiven;
    }

    protected abstract Truth Compare(in FactValue actual, Facts facts, LineFacts? line);
}

internal sealed class NumberNode(Expr syntax, Operand subject, Source source, CompareOperator op, Source right) : LeafNode(syntax, subject, source, right)
{
    public CompareOperator Operator => op;

    protected override Truth Compare(in FactValue actual, Facts facts, LineFacts? line)
    {
        var other = Needed[0].Read(facts, line);
        return other.IsGiven ? Truths.Of(Holds(op, actual.Number.CompareTo(other.Number))) : Truth.NotGiven;
    }

    public static bool Holds(CompareOperator op, int order) => op switch
    {
        CompareOperator.Equal => order == 0,
        CompareOperator.NotEqual => order != 0,
        CompareOperator.Less => order < 0,
        CompareOperator.LessOrEqual => order <= 0,
        CompareOperator.Greater => order > 0,
        _ => order >= 0,
    };
}

internal sealed class BetweenNode(Expr syntax, Operand subject, Source source, Source low, Source high) : LeafNode(syntax, subject, source, low, high)
{
    protected override Truth Compare(in FactValue actual, Facts facts, LineFacts? line)
    {
        var least = Side(Needed[0].Read(facts, line), actual, 1);
        var most = Side(Needed[1].Read(facts, line), actual, -1);
        return least < most ? least : most;
    }

    private static Truth Side(in FactValue bound, in FactValue actual, int sign) =>
        bound.IsGiven ? Truths.Of(actual.Number.CompareTo(bound.Number) * sign >= 0) : Truth.NotGiven;
}

internal sealed class NumberInNode(Expr syntax, Operand subject, Source source, Source[] list) : LeafNode(syntax, subject, source, list)
{
    private readonly HashSet<decimal> _values = [.. list.Select(l => ((FixedSource)l).Value.Number)];

    public IReadOnlyCollection<decimal> Values => _values;

    protected override Truth Compare(in FactValue actual, Facts facts, LineFacts? line) => Truths.Of(_values.Contains(actual.Number));
}

/// <summary>One of the texts on the left is one of those on the right.</summary>
internal sealed class TextNode(Expr syntax, Operand subject, Source source, bool equal, Source right) : LeafNode(syntax, subject, source, right)
{
    public bool IsEqual => equal;

    protected override Truth Compare(in FactValue actual, Facts facts, LineFacts? line)
    {
        var other = Needed[0].Read(facts, line);
        return other.IsGiven ? Truths.Of(Common(actual, other) == equal) : Truth.NotGiven;
    }

    private static bool Common(in FactValue left, in FactValue right)
    {
        for (var i = 0; i < left.TextCount; i++)
            for (var j = 0; j < right.TextCount; j++)
                if (string.Equals(left.TextAt(i), right.TextAt(j), StringComparison.Ordinal)) return true;
        return false;
    }
}

internal sealed class TextInNode(Expr syntax, Operand subject, Source source, bool isPath, Source[] list) : LeafNode(syntax, subject, source, list)
{
    private const int FewEnoughToTryEach = 8;

    private readonly string[] _values = Array.ConvertAll(list, l => ((FixedSource)l).Value.Text);
    private readonly HashSet<string>? _many = list.Length <= FewEnoughToTryEach ? null : new(list.Select(l => ((FixedSource)l).Value.Text), StringComparer.Ordinal);

    public IReadOnlyList<string> Values => _values;

    public bool IsPath => isPath;

    protected override Truth Compare(in FactValue actual, Facts facts, LineFacts? line)
    {
        for (var i = 0; i < actual.TextCount; i++)
        {
            ReadOnlySpan<char> text = actual.TextAt(i);
            if (Contains(text)) return Truth.True;
            if (!isPath) continue;
            for (var slash = text.LastIndexOf('/'); slash > 0; slash = text[..slash].LastIndexOf('/'))
                if (Contains(text[..slash])) return Truth.True;
        }
        return Truth.False;
    }

    private bool Contains(ReadOnlySpan<char> text)
    {
        if (_many is not null) return _many.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);
        foreach (var value in _values)
            if (text.SequenceEqual(value)) return true;
        return false;
    }
}

internal sealed class StartsWithNode(Expr syntax, Operand subject, Source source, FixedSource prefix) : LeafNode(syntax, subject, source, prefix)
{
    protected override Truth Compare(in FactValue actual, Facts facts, LineFacts? line)
    {
        for (var i = 0; i < actual.TextCount; i++)
            if (actual.TextAt(i).StartsWith(prefix.Value.Text, StringComparison.Ordinal)) return Truth.True;
        return Truth.False;
    }
}

/// <summary>Compares the time since a date with a span: <c>customer.joined &gt;= 6 months</c>.</summary>
internal sealed class AgeNode(Expr syntax, Operand subject, Source source, CompareOperator op, Duration span) : LeafNode(syntax, subject, source)
{
    public CompareOperator Operator => op;

    public Duration Span => span;

    private readonly int _now = Fields.NowDate.Index;

    protected override Truth Compare(in FactValue actual, Facts facts, LineFacts? line)
    {
        var now = facts.At(_now);
        if (!now.IsGiven) return Truth.NotGiven;
        var reached = DateOnly.FromDateTime(span.After(actual.Date.ToDateTime(TimeOnly.MinValue)));
        return Truths.Of(NumberNode.Holds(op, now.Date.CompareTo(reached)));
    }
}

/// <summary>Today has the day and month of a date; 29 February is kept on 28 February in common years.</summary>
internal sealed class TodayIsNode(Expr syntax, Operand subject, Source source) : LeafNode(syntax, subject, source, new FieldSource(Fields.NowDate))
{
    protected override Truth Compare(in FactValue actual, Facts facts, LineFacts? line)
    {
        var now = Needed[0].Read(facts, line);
        if (!now.IsGiven) return Truth.NotGiven;
        var (today, date) = (now.Date, actual.Date);
        var day = date is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(today.Year) ? 28 : date.Day;
        return Truths.Of(today.Month == date.Month && today.Day == day);
    }
}
