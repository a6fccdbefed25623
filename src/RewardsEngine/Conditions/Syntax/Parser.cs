using System.Collections.Immutable;
using System.Globalization;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions.Syntax;

/// <summary>Reads the text of a condition into its tree. After the first error it goes to the end, so every method may go on as if nothing had happened.</summary>
internal sealed partial class Parser
{
    private readonly string _text;
    private readonly List<Token> _tokens;
    private Diagnostic? _error;
    private int _at;
    private int _depth;
    private int _nodes;
    private bool _inLine;

    private Parser(string text, List<Token> tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    /// <summary>The tree, or the first error.</summary>
    public static (Expr? Tree, Diagnostic? Error) Parse(string text)
    {
        if (text.Length > ConditionLimits.MaxLength)
            return (null, new(DiagnosticCode.TooLong, new(ConditionLimits.MaxLength, text.Length - ConditionLimits.MaxLength), [Number(ConditionLimits.MaxLength)]));
        var tokens = Lexer.Read(text);
        var parser = new Parser(text, tokens.Items);
        var tree = parser.Whole();
        // What comes first in the text is reported: a malformed token only if everything before it was in order.
        var error = parser._error is { } wrong && (tokens.Error is null || wrong.Span.Start < parser._tokens[^1].Span.Start && wrong.Span.Start < tokens.Error.Span.Start) ? wrong : tokens.Error;
        return error is null ? (tree, null) : (null, error);
    }

    private Token Current => _tokens[_at];

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
        if (!Current.Is("or")) return first;
        var items = ImmutableArray.CreateBuilder<Expr>();
        items.Add(first);
        while (Accept("or")) items.Add(And());
        return Node(new OrExpr(items.DrainToImmutable()), start);
    }

    private Expr And()
    {
        var start = Current.Span;
        var first = Not();
        if (!Current.Is("and")) return first;
        var items = ImmutableArray.CreateBuilder<Expr>();
        items.Add(first);
        while (Accept("and")) items.Add(Not());
        return Node(new AndExpr(items.DrainToImmutable()), start);
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
        if (Current.Kind == TokenKind.Word && Peek(1).Is("line") && Current.Text is "any" or "all" or "no") return LineTest(start);
        if (Current.Is("today") && Peek(1).Is("is")) return Today(start);
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
        var quantifier = Current.Text switch { "any" => LineQuantifier.Any, "all" => LineQuantifier.All, _ => LineQuantifier.No };
        _at += 2;
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
        var text = Current.Text;
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

    private Token Peek(int ahead) => _tokens[Math.Min(_at + ahead, _tokens.Count - 1)];

    private bool Accept(string text)
    {
        if (!Current.Is(text)) return false;
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
        var found = Current.Kind == TokenKind.End ? new("akhir teks", "the end of the text") : DiagnosticTexts.Same(Short(Written(Current)));
        var suggestion = Current.Kind == TokenKind.Word ? Nearest.Of(Current.Text, words) : null;
        Fail(new Diagnostic(DiagnosticCode.Expected, Current.Span, [what, found]) { Suggestion = suggestion });
    }

    private void Fail(DiagnosticCode code, SourceSpan span, params ImmutableArray<LocalizedText> args) => Fail(new Diagnostic(code, span, args));

    private void Fail(Diagnostic diagnostic)
    {
        _error ??= diagnostic;
        _at = _tokens.Count - 1;
    }

    private string Written(Token token) => _text.Substring(token.Start, token.Length);

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static LocalizedText Number(int value) => DiagnosticTexts.Same(value.ToString(CultureInfo.InvariantCulture));
}
