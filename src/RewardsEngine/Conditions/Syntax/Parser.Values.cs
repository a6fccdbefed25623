using System.Collections.Immutable;
using System.Globalization;
using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Syntax;

internal sealed partial class Parser
{
    private static readonly string[] Units = ["minutes", "hours", "days", "weeks", "months", "years"];
    private static readonly string[] Measures = ["count", "total", "quantity"];
    private static readonly string[] Counters = ["purchases", "visits", "redemptions", "complaints"];

    private Operand Value()
    {
        var start = Current.Span;
        if (Current.Kind != TokenKind.Word) return Literal();
        if (Current.Text is "true" or "false") return Literal();
        if (Current.Text is "sum" or "count" or "min" or "max" && Peek(1).Is("(")) return AggregateValue(start);
        if (Current.Text is "and" or "or" or "not" or "in" or "between" or "where" && !Peek(1).Is("."))
        {
            ExpectedValue();
            return Nothing;
        }
        return Counters.Contains(Current.Text) && Peek(1).Is(".") && Peek(2).Is("last") ? Counter(start) : Name();
    }

    private static readonly NumberLiteral Nothing = new(0);

    private void ExpectedValue() => Expected(new("nilai: nama, angka, teks, tanggal atau jangka waktu", "a value: a name, number, text, date or time span"), []);

    private Literal Literal()
    {
        var token = Current;
        _at += token.Kind == TokenKind.End ? 0 : 1;
        switch (token.Kind)
        {
            case TokenKind.Number: return NumberOrMore(token);
            case TokenKind.Text: return Operand(new TextLiteral((string)token.Value!), token.Span);
            case TokenKind.Date: return Operand(new DateLiteral((DateOnly)token.Value!), token.Span);
            case TokenKind.Word when token.Text is "true" or "false": return Operand(new FlagLiteral(token.Text == "true"), token.Span);
            default:
                if (token.Kind != TokenKind.End) _at--;
                ExpectedValue();
                return Nothing;
        }
    }

    private Literal NumberOrMore(Token token)
    {
        var value = (decimal)token.Value!;
        if (Current.Kind != TokenKind.Word) return Operand(new NumberLiteral(value), token.Span);
        if (Current.Text.Length == 3 && Current.Text.All(char.IsAsciiLetterUpper))
        {
            _at++;
            return Operand(new MoneyLiteral(value, Peek(-1).Text), token.Span);
        }
        if (UnitOf(Current.Text) is not { } unit) return Operand(new NumberLiteral(value), token.Span);
        _at++;
        return Operand(new DurationLiteral(Span(token, unit)), token.Span);
    }

    private static TimeSpanUnit? UnitOf(string word)
    {
        var index = Array.FindIndex(Units, u => u == word || u.Length == word.Length + 1 && u.StartsWith(word, StringComparison.Ordinal));
        return index < 0 ? null : (TimeSpanUnit)index;
    }

    private Duration Span(Token number, TimeSpanUnit unit)
    {
        var value = (decimal)number.Value!;
        var max = Duration.MaxCount(unit);
        if (value >= 1 && value <= max && value == decimal.Truncate(value)) return new((int)value, unit);
        Fail(DiagnosticCode.OutOfRange, number.Span, DiagnosticTexts.Same(Written(number)), Number(1), Number(max));
        return new(1, unit);
    }

    private ImmutableArray<Literal> List()
    {
        Require("[");
        var items = ImmutableArray.CreateBuilder<Literal>();
        do
        {
            items.Add(Literal());
            if (items.Count > ConditionLimits.MaxListItems) Fail(DiagnosticCode.TooLarge, Current.Span, Number(ConditionLimits.MaxListItems));
        }
        while (Accept(","));
        Require("]");
        return items.DrainToImmutable();
    }

    private TextLiteral Text()
    {
        if (Current.Kind == TokenKind.Text) return (TextLiteral)Literal();
        Expected(new("teks dalam tanda kutip", "a text in quotes"), []);
        return new("");
    }

    private DateLiteral Date()
    {
        if (Current.Kind == TokenKind.Date) return (DateLiteral)Literal();
        Expected(new("tanggal seperti 2026-12-31", "a date such as 2026-12-31"), []);
        return new(ConditionLimits.FirstDate);
    }

    private NameOperand Name()
    {
        var start = Current.Span;
        var first = Word(new("nama", "a name"));
        var hasDots = Current.Is(".");
        while (Accept(".")) Word(new("nama setelah titik", "a name after the point"));
        var name = hasDots ? Joined(start.Start, Peek(-1)) : first;
        if (Current.Is("(") && _error is null) UnknownCall(name, start);
        return Operand(new NameOperand(hasDots || !_inLine ? name : KnownWords.Of("line." + name)), start);
    }

    /// <summary>A name with its points; spaces around them are left out.</summary>
    private string Joined(int start, Token last)
    {
        var written = _text.AsSpan(start, Math.Max(0, last.Start + last.Length - start));
        return written.IndexOfAny(" \t\r\n") < 0 ? KnownWords.Of(written) : string.Concat(written.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    private void UnknownCall(string name, SourceSpan start)
    {
        string[] calls = ["sum", "count", "min", "max", .. Counters.Select(c => c + ".last")];
        Fail(new Diagnostic(DiagnosticCode.UnknownWord, start.To(Peek(-1).Span), [DiagnosticTexts.Same(Short(name)), DiagnosticTexts.Same("sum, count, min, max, purchases.last")])
        { Suggestion = Nearest.Of(name, calls) });
    }

    private string Word(Values.LocalizedText what)
    {
        if (Current.Kind != TokenKind.Word)
        {
            Expected(what, []);
            return "";
        }
        _at++;
        return Peek(-1).Text;
    }

    private CounterOperand Counter(SourceSpan start)
    {
        var counter = (Counter)Array.IndexOf(Counters, Current.Text);
        _at += 3;
        Require("(");
        var number = Current;
        if (number.Kind != TokenKind.Number) Expected(new("jangka waktu seperti 30 days", "a time span such as 30 days"), []);
        else _at++;
        var unit = Choice(Units, UnitOf(Current.Text) is { } u ? (int)u : -1);
        var last = _error is null ? Span(number, (TimeSpanUnit)unit) : new(1, TimeSpanUnit.Days);
        Require(")");
        Require(".");
        var measure = (Measure)Choice(Measures, Array.IndexOf(Measures, Current.Text));
        return Operand(new CounterOperand(new(counter, last, measure)), start);
    }

    /// <summary>Takes a word that must be one of a few.</summary>
    private int Choice(string[] words, int index)
    {
        if (index >= 0 && Current.Kind == TokenKind.Word)
        {
            _at++;
            return index;
        }
        Expected(DiagnosticTexts.Same(string.Join(", ", words)), words);
        return 0;
    }

    private AggregateOperand AggregateValue(SourceSpan start)
    {
        var kind = Current.Text switch { "sum" => Aggregate.Sum, "count" => Aggregate.Count, "min" => Aggregate.Min, _ => Aggregate.Max };
        _at += 2;
        var outside = _inLine;
        _inLine = true;
        var name = Name();
        Require("where");
        if (!Enter()) return Operand(new AggregateOperand(kind, name, new AlwaysExpr()), start);
        var where = Or();
        _depth--;
        _inLine = outside;
        Require(")");
        return Operand(new AggregateOperand(kind, name, where), start);
    }

    private T Operand<T>(T operand, SourceSpan start) where T : Operand
    {
        Count();
        operand.Span = start.To(_tokens[Math.Max(0, _at - 1)].Span);
        return operand;
    }
}
