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
        var word = Word;
        if (word is "true" or "false") return Literal();
        if (word is "sum" or "count" or "min" or "max" && Is(Peek(1), "(")) return AggregateValue(start);
        if (!Is(Peek(1), ".") && IsKeyword(word))
        {
            if (word is "and" or "or" or "not" or "in" or "between" or "where") ExpectedValue();
            else Expected(DiagnosticTexts.Same($"\"{word.ToString().ToLowerInvariant()}\""), Keywords); // NOT: words are written small
            return Nothing;
        }
        return Is(Peek(1), ".") && Is(Peek(2), "last") && IndexOf(Counters, word) >= 0 ? Counter(start) : Name();
    }

    private static readonly string[] Keywords = ["and", "or", "not", "in", "between", "where"];

    private static bool IsKeyword(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 7) return false;
        foreach (var keyword in Keywords)
            if (word.Equals(keyword, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static int IndexOf(string[] words, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < words.Length; i++)
            if (word.SequenceEqual(words[i])) return i;
        return -1;
    }

    private static readonly Values.LocalizedText AName = new("nama", "a name");
    private static readonly Values.LocalizedText ANameAfter = new("nama setelah titik", "a name after the point");
    private static readonly NumberLiteral Nothing = new(0);

    private void ExpectedValue() => Expected(new("nilai: nama, angka, teks, tanggal atau jangka waktu", "a value: a name, number, text, date or time span"), []);

    private Literal Literal()
    {
        ref readonly var token = ref Current;
        _at += token.Kind == TokenKind.End ? 0 : 1;
        switch (token.Kind)
        {
            case TokenKind.Number: return NumberOrMore(token);
            case TokenKind.Text: return Operand(new TextLiteral(token.Text!), token.Span);
            case TokenKind.Date: return Operand(new DateLiteral(token.Date), token.Span);
            case TokenKind.Word when Written(token) is "true" or "false": return Operand(new FlagLiteral(Is(token, "true")), token.Span);
            default:
                if (token.Kind != TokenKind.End) _at--;
                ExpectedValue();
                return Nothing;
        }
    }

    private Literal NumberOrMore(in Token token)
    {
        var value = token.Number;
        if (Current.Kind != TokenKind.Word) return Operand(new NumberLiteral(value), token.Span);
        var word = Word;
        if (word is "AND") return Operand(new NumberLiteral(value), token.Span); // no currency: the next to read it says how it is written
        if (word.Length == 3 && char.IsAsciiLetterUpper(word[0]) && char.IsAsciiLetterUpper(word[1]) && char.IsAsciiLetterUpper(word[2]))
        {
            _at++;
            return Operand(new MoneyLiteral(value, word.ToString()), token.Span);
        }
        if (UnitOf(word) is not { } unit) return Operand(new NumberLiteral(value), token.Span);
        _at++;
        return Operand(new DurationLiteral(Span(token, unit)), token.Span);
    }

    private static TimeSpanUnit? UnitOf(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < Units.Length; i++)
            if (Units[i].AsSpan().StartsWith(word) && Units[i].Length - word.Length is 0 or 1) return (TimeSpanUnit)i;
        return null;
    }

    private Duration Span(in Token number, TimeSpanUnit unit)
    {
        var value = number.Number;
        var max = Duration.MaxCount(unit);
        if (value >= 1 && value <= max && value == decimal.Truncate(value)) return new((int)value, unit);
        Fail(DiagnosticCode.OutOfRange, number.Span, DiagnosticTexts.Same(_text.Substring(number.Start, number.Length)), Number(1), Number(max));
        return new(1, unit);
    }

    private ImmutableArray<Literal> List()
    {
        Require("[");
        var before = _literals.Count;
        do
        {
            _literals.Add(Literal());
            if (_literals.Count - before > ConditionLimits.MaxListItems) Fail(DiagnosticCode.TooLarge, Current.Span, Number(ConditionLimits.MaxListItems));
        }
        while (Accept(","));
        Require("]");
        return Taken(_literals, before);
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
        var first = Part(AName);
        var hasDots = Is(Current, ".");
        while (Accept(".")) Part(ANameAfter);
        var isBare = !hasDots && _inLine;
        var name = hasDots ? Joined(start.Start, Peek(-1)) : isBare ? KnownNames.OfLine(first) : KnownNames.Of(first);
        if (Is(Current, "(") && _error is null) UnknownCall(isBare ? first.ToString() : name, start);
        return Operand(new NameOperand(name), start);
    }

    /// <summary>A name with its points; spaces around them are left out.</summary>
    private string Joined(int start, in Token last)
    {
        var written = _text.AsSpan(start, Math.Max(0, last.Start + last.Length - start));
        var hasSpace = false;
        foreach (var c in written) hasSpace |= c is ' ' or '\t' or '\r' or '\n';
        return !hasSpace ? KnownNames.Of(written) : string.Concat(written.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    private void UnknownCall(string name, SourceSpan start)
    {
        string[] calls = ["sum", "count", "min", "max", .. Counters.Select(c => c + ".last")];
        Fail(new Diagnostic(DiagnosticCode.UnknownWord, start.To(Peek(-1).Span), [DiagnosticTexts.Same(Short(name)), DiagnosticTexts.Same("sum, count, min, max, purchases.last")])
        { Suggestion = Nearest.Of(name, calls) });
    }

    private ReadOnlySpan<char> Part(Values.LocalizedText what)
    {
        if (Current.Kind != TokenKind.Word)
        {
            Expected(what, []);
            return default;
        }
        _at++;
        return Written(Peek(-1));
    }

    private CounterOperand Counter(SourceSpan start)
    {
        var counter = (Counter)IndexOf(Counters, Word);
        _at += 3;
        Require("(");
        ref readonly var number = ref Current;
        if (number.Kind != TokenKind.Number) Expected(new("jangka waktu seperti 30 days", "a time span such as 30 days"), []);
        else _at++;
        var unit = Choice(Units, UnitOf(Word) is { } u ? (int)u : -1);
        var last = _error is null ? Span(number, (TimeSpanUnit)unit) : new(1, TimeSpanUnit.Days);
        Require(")");
        Require(".");
        var measure = (Measure)Choice(Measures, IndexOf(Measures, Word));
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
        var kind = Word switch { "sum" => Aggregate.Sum, "count" => Aggregate.Count, "min" => Aggregate.Min, _ => Aggregate.Max };
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
