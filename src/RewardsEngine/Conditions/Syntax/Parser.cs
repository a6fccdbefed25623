using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions.Syntax;

/// <summary>Reads the text of a condition into its tree. After the first error it goes to the end, so every method may go on as if nothing had happened.</summary>
internal sealed partial class Parser
{
    // Tokens and parts of groups are kept from text to text: reading thousands of conditions needs memory for their trees only.
    [ThreadStatic] private static Parser? _own;

    private readonly List<Expr> _items = [];
    private readonly List<Literal> _literals = [];
    private string _text = "";
    private Token[] _tokens = new Token[64];
    private int _count;
    private Diagnostic? _error;
    private int _at;
    private int _depth;
    private int _nodes;
    private bool _inLine;

    /// <summary>The tree, or the first error.</summary>
    public static (Expr? Tree, Diagnostic? Error) Parse(string text)
    {
        if (text.Length > ConditionLimits.MaxLength)
            return (null, TooLong(new(ConditionLimits.MaxLength, text.Length - ConditionLimits.MaxLength)));
        return (_own ??= new()).Read(text);
    }

    public static Diagnostic TooLong(SourceSpan span) => new(DiagnosticCode.TooLong, span, [Number(ConditionLimits.MaxLength)]);

    private (Expr? Tree, Diagnostic? Error) Read(string text)
    {
        (_text, _error, _at, _depth, _nodes, _inLine) = (text, null, 0, 0, 0, false);
        _items.Clear();
        _literals.Clear();
        (_tokens, _count, var malformed) = Lexer.Read(text, _tokens);
        var tree = Whole();
        // What comes first in the text is reported: a malformed token only if everything before it was in order.
        var error = _error is { } wrong && (malformed is null || wrong.Span.Start < _tokens[_count - 1].Start && wrong.Span.Start < malformed.Span.Start) ? wrong : malformed;
        return error is null ? (tree, null) : (null, error);
    }

    private ref readonly Token Current => ref _tokens[_at];

    /// <summary>A word, operator or symbol as written; empty for values and at the end.</summary>
    private ReadOnlySpan<char> Word => Written(Current);

    private ReadOnlySpan<char> Written(in Token token) => token.Kind is TokenKind.Word or TokenKind.Operator or TokenKind.Symbol ? _text.AsSpan(token.Start, token.Length) : default;

    private bool Is(in Token token, string text) => token.Length == text.Length && Written(token).SequenceEqual(text);

    private Expr Whole()
    {
        if (Current.Kind == TokenKind.End) return new AlwaysExpr();
        var expr = Or();
        if (Current.Kind != TokenKind.End) Expected(new("\"and\", \"or\" atau akhir", "\"and\", \"or\" or the end"), After);
        return expr;
    }

    private static readonly string[] After = ["and", "or", "minutes", "hours", "days", "weeks", "months", "years"];

    private Expr Or()
    {
        var start = Current.Span;
        var first = And();
        if (!Is(Current, "or")) return first;
        var before = _items.Count;
        _items.Add(first);
        while (Accept("or"))
        {
            var next = And();
            _items.Add(next);
        }
        return Node(new OrExpr(Taken(_items, before)), start);
    }

    private Expr And()
    {
        var start = Current.Span;
        var first = Not();
        if (!Is(Current, "and")) return first;
        var before = _items.Count;
        _items.Add(first);
        while (Accept("and"))
        {
            var next = Not();
            _items.Add(next);
        }
        return Node(new AndExpr(Taken(_items, before)), start);
    }

    /// <summary>The parts that were put aside since, as a group.</summary>
    private static ImmutableArray<T> Taken<T>(List<T> items, int before) where T : class
    {
        var taken = new T[items.Count - before];
        items.CopyTo(before, taken, 0, taken.Length);
        items.RemoveRange(before, taken.Length);
        return ImmutableCollectionsMarshal.AsImmutableArray(taken);
    }

    private Expr Not()
    {
        var start = Current.Span;
        if (!Enter()) return new AlwaysExpr();
        Expr result;
        if (Accept("not")) result = Node(new NotExpr(Not()), start);
        else if (Accept("("))
        {
            result = Or();
            Require(")");
        }
        else result = Test();
        _depth--;
        return result;
    }

    private Expr Test()
    {
        var start = Current.Span;
        if (Current.Kind == TokenKind.Word && Word is "any" or "all" or "no" && Peek(1).Kind == TokenKind.Word) return LineTest(start);
        if (Is(Current, "today") && Is(Peek(1), "is")) return Today(start);
        var value = Value();
        if (Accept("in")) return Node(new InExpr(value, List()), start);
        if (Accept("between"))
        {
            var low = Value();
            Require("and");
            return Node(new BetweenExpr(value, low, Value()), start);
        }
        if (Accept("starts"))
        {
            Require("with");
            return Node(new StartsWithExpr(value, Text()), start);
        }
        var op = Operator();
        return Node(new CompareExpr(value, op, Value()), start);
    }

    private Expr LineTest(SourceSpan start)
    {
        var quantifier = Word switch { "any" => LineQuantifier.Any, "all" => LineQuantifier.All, _ => LineQuantifier.No };
        _at++;
        Require("line");
        Require("(");
        var outside = _inLine;
        _inLine = true;
        var where = Or();
        _inLine = outside;
        Require(")");
        return Node(new LineExpr(quantifier, where), start);
    }

    private Expr Today(SourceSpan start)
    {
        _at += 2;
        if (!Accept("in")) return Node(new TodayIsExpr(Name()), start);
        var from = Date();
        Require("..");
        return Node(new TodayInExpr(from, Date()), start);
    }

    private CompareOperator Operator()
    {
        var text = Word;
        if (Current.Kind != TokenKind.Operator)
        {
            Expected(new("pembanding seperti = atau >=, \"in\", \"between\" atau \"starts with\"", "a comparison such as = or >=, \"in\", \"between\" or \"starts with\""), ["in", "between", "starts"]);
            return default;
        }
        _at++;
        return text switch
        {
            "=" => CompareOperator.Equal,
            "!=" => CompareOperator.NotEqual,
            "<" => CompareOperator.Less,
            "<=" => CompareOperator.LessOrEqual,
            ">" => CompareOperator.Greater,
            _ => CompareOperator.GreaterOrEqual,
        };
    }

    private ref readonly Token Peek(int ahead) => ref _tokens[Math.Min(_at + ahead, _count - 1)];

    private bool Accept(string text)
    {
        if (!Is(Current, text)) return false;
        _at++;
        return true;
    }

    private void Require(string text)
    {
        if (!Accept(text)) Expected(DiagnosticTexts.Same($"\"{text}\""), char.IsAsciiLetter(text[0]) ? [text] : []);
    }

    private bool Enter()
    {
        if (++_depth <= ConditionLimits.MaxDepth) return true;
        Fail(DiagnosticCode.TooDeep, Current.Span, Number(ConditionLimits.MaxDepth));
        return false;
    }

    private T Node<T>(T node, SourceSpan start) where T : Expr
    {
        Count();
        node.Span = start.To(_tokens[Math.Max(0, _at - 1)].Span);
        return node;
    }

    private void Count()
    {
        if (++_nodes == ConditionLimits.MaxNodes + 1) Fail(DiagnosticCode.TooLarge, Current.Span, Number(ConditionLimits.MaxNodes));
    }

    private void Expected(LocalizedText what, IReadOnlyList<string> words)
    {
        var found = Current.Kind == TokenKind.End ? new("akhir teks", "the end of the text") : DiagnosticTexts.Same(Short(_text.Substring(Current.Start, Current.Length)));
        var suggestion = Current.Kind == TokenKind.Word ? Nearest.Of(Word.ToString(), words) : null;
        Fail(new Diagnostic(DiagnosticCode.Expected, Current.Span, [what, found]) { Suggestion = suggestion });
    }

    private void Fail(DiagnosticCode code, SourceSpan span, params ImmutableArray<LocalizedText> args) => Fail(new Diagnostic(code, span, args));

    private void Fail(Diagnostic diagnostic)
    {
        _error ??= diagnostic;
        _at = _count - 1;
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static LocalizedText Number(int value) => DiagnosticTexts.Same(value.ToString(CultureInfo.InvariantCulture));
}
