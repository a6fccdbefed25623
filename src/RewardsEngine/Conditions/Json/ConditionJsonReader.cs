using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions.Json;

/// <summary>Reads the visual form. Keeps the first error and from then on returns what does not matter any more.</summary>
internal sealed class ConditionJsonReader
{
    private static readonly string[] Units = [.. Enum.GetNames<TimeSpanUnit>().Select(n => n.ToLowerInvariant())];
    private static readonly string[] Signs = [.. Enum.GetValues<CompareOperator>().Select(Printer.Sign)];

    private Diagnostic? _error;
    private int _nodes;

    public (Expr? Tree, Diagnostic? Error) Read(string json)
    {
        if (json.Length > ConditionLimits.MaxLength * 8)
            return (null, new(DiagnosticCode.TooLong, new(0, 0, ""), [Same(ConditionLimits.MaxLength * 8)]));
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = ConditionJson.MaxJsonDepth });
            var tree = Expr(document.RootElement, "");
            return _error is null ? (tree, null) : (null, _error);
        }
        catch (JsonException malformed)
        {
            return (null, Unreadable("", "JSON", malformed.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"JSON, {line + 1}:{malformed.BytePositionInLine + 1}") : "JSON"));
        }
    }

    private Expr Expr(JsonElement json, string at)
    {
        var expr = Kind(json, at, "condition") switch
        {
            null => new AlwaysExpr(),
            "always" => json.GetProperty("always").ValueKind == JsonValueKind.True ? new AlwaysExpr() : Wrong<Expr>(at + "/always", "true"),
            "all" => Group(json, at, "all"),
            "any" => Group(json, at, "any"),
            "not" => new NotExpr(Expr(json.GetProperty("not"), at + "/not")),
            "line" => new LineExpr((LineQuantifier)Choice(json, at, "line", ["any", "all", "no"]), Expr(Member(json, at, "where"), at + "/where")),
            "todayIs" => Operand(json.GetProperty("todayIs"), at + "/todayIs") is NameOperand name ? new TodayIsExpr(name) : Wrong<Expr>(at + "/todayIs", "name"),
            "todayFrom" => new TodayInExpr(Literal<DateLiteral>(json, at, "todayFrom"), Literal<DateLiteral>(json, at, "todayTo")),
            _ => Test(json, at),
        };
        return expr with { Span = new(0, 0, at) };
    }

    private Expr Test(JsonElement json, string at)
    {
        var value = Operand(json.GetProperty("value"), at + "/value");
        if (json.TryGetProperty("is", out _))
            return new CompareExpr(value, (CompareOperator)Choice(json, at, "is", Signs), Operand(Member(json, at, "than"), at + "/than"));
        if (json.TryGetProperty("in", out var list)) return new InExpr(value, List(list, at + "/in"));
        if (json.TryGetProperty("from", out var from)) return new BetweenExpr(value, Operand(from, at + "/from"), Operand(Member(json, at, "to"), at + "/to"));
        if (json.TryGetProperty("startsWith", out _)) return new StartsWithExpr(value, Literal<TextLiteral>(json, at, "startsWith"));
        return Wrong<Expr>(at, "is, in, from, startsWith");
    }

    private Expr Group(JsonElement json, string at, string name)
    {
        var array = json.GetProperty(name);
        if (array.ValueKind != JsonValueKind.Array) return Wrong<Expr>($"{at}/{name}", "[ … ]");
        var items = array.EnumerateArray().Select((item, i) => Expr(item, string.Create(CultureInfo.InvariantCulture, $"{at}/{name}/{i}"))).ToImmutableArray();
        return name == "all" ? new AndExpr(items) : new OrExpr(items);
    }

    private ImmutableArray<Literal> List(JsonElement json, string at)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return [.. json.EnumerateArray().Select((item, i) => AsLiteral(item, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}")))];
        Wrong<Expr>(at, "[ … ]");
        return [];
    }

    private Literal AsLiteral(JsonElement json, string at)
    {
        if (Operand(json, at) is Literal literal) return literal;
        Wrong<Expr>(at, "number, money, text, date");
        return new NumberLiteral(0);
    }

    private T Literal<T>(JsonElement json, string at, string name) where T : Literal
    {
        if (Operand(Member(json, at, name), $"{at}/{name}") is T literal) return literal;
        Wrong<Expr>($"{at}/{name}", typeof(T) == typeof(TextLiteral) ? "text" : "date");
        return (T)(Literal)(typeof(T) == typeof(TextLiteral) ? new TextLiteral("") : new DateLiteral(ConditionLimits.FirstDate));
    }

    private Operand Operand(JsonElement json, string at)
    {
        Operand operand = Kind(json, at, "value") switch
        {
            null => new NumberLiteral(0),
            "number" => new NumberLiteral(Number(json, at, "number")),
            "money" => new MoneyLiteral(Number(json, at, "money"), Code(json, at)),
            "text" => new TextLiteral(Text(json, at, "text")),
            "flag" => new FlagLiteral(Flag(json, at)),
            "date" => new DateLiteral(Date(json, at)),
            "span" => new DurationLiteral(Span(json, at, "span")),
            "name" => new NameOperand(Name(json, at, "name")),
            "counter" => new CounterOperand(new((Counter)Choice(json, at, "counter", ["purchases", "visits", "redemptions", "complaints"]),
                Span(json, at, "last"), (Measure)Choice(json, at, "measure", ["count", "total", "quantity"]))),
            _ => new AggregateOperand((Aggregate)Choice(json, at, "lines", ["sum", "count", "min", "max"]),
                new NameOperand(Name(json, at, "of")) { Span = new(0, 0, at + "/of") }, Expr(Member(json, at, "where"), at + "/where")),
        };
        return operand with { Span = new(0, 0, at) };
    }

    private static readonly Dictionary<string, (string Key, string[] Members)[]> Forms = new(StringComparer.Ordinal)
    {
        ["condition"] =
        [
            ("always", []), ("all", []), ("any", []), ("not", []), ("line", ["where"]), ("todayIs", []), ("todayFrom", ["todayTo"]),
            ("value", ["is", "than", "in", "from", "to", "startsWith"]),
        ],
        ["value"] =
        [
            ("number", []), ("money", ["currency"]), ("text", []), ("flag", []), ("date", []), ("span", ["unit"]), ("name", []),
            ("counter", ["last", "unit", "measure"]), ("lines", ["of", "where"]),
        ],
    };

    /// <summary>The key that says what an object is; every other member must belong to it.</summary>
    private string? Kind(JsonElement json, string at, string what)
    {
        if (_error is not null) return null;
        if (++_nodes > ConditionLimits.MaxNodes * 2)
        {
            _error = new(DiagnosticCode.TooLarge, new(0, 0, at), [Same(ConditionLimits.MaxNodes)]);
            return null;
        }
        var forms = Forms[what];
        if (json.ValueKind == JsonValueKind.Object)
        {
            var names = json.EnumerateObject().Select(p => p.Name).ToList();
            var form = forms.FirstOrDefault(f => names.Contains(f.Key));
            if (form.Key is not null)
            {
                var stray = names.Find(n => n != form.Key && !form.Members.Contains(n));
                if (stray is null && names.Distinct(StringComparer.Ordinal).Count() == names.Count) return form.Key;
                Wrong<Expr>(at, string.Join(", ", [form.Key, .. form.Members]), stray is null ? null : Nearest.Of(stray, form.Members));
                return null;
            }
        }
        Wrong<Expr>(at, string.Join(", ", forms.Select(f => f.Key)));
        return null;
    }

    private JsonElement Member(JsonElement json, string at, string name)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member)) return member;
        Wrong<Expr>(at, name);
        return default;
    }

    private int Choice(JsonElement json, string at, string name, string[] choices)
    {
        var text = Text(json, at, name);
        var index = Array.IndexOf(choices, text);
        if (index < 0) Wrong<Expr>($"{at}/{name}", string.Join(", ", choices), Nearest.Of(text, choices));
        return Math.Max(0, index);
    }

    private string Text(JsonElement json, string at, string name)
    {
        var member = Member(json, at, name);
        if (member.ValueKind == JsonValueKind.String && TryGetString(member) is { } text) return text;
        Wrong<Expr>($"{at}/{name}", "text");
        return "";
    }

    /// <summary>A JSON text may escape half a surrogate pair, which is no text.</summary>
    private static string? TryGetString(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private string Code(JsonElement json, string at)
    {
        var code = Text(json, at, "currency");
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper)) Wrong<Expr>(at + "/currency", "ISO 4217");
        return code;
    }

    private string Name(JsonElement json, string at, string name)
    {
        var text = Text(json, at, name);
        var isName = text.Split('.').All(part => part.Length > 0 && (char.IsAsciiLetter(part[0]) || part[0] == '_') && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        if (!isName) Wrong<Expr>($"{at}/{name}", "order.total");
        return text;
    }

    private decimal Number(JsonElement json, string at, string name)
    {
        var member = Member(json, at, name);
        if (member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out var number)) return Lexer.Normal(number);
        Wrong<Expr>($"{at}/{name}", "250000");
        return 0;
    }

    private bool Flag(JsonElement json, string at)
    {
        var member = Member(json, at, "flag");
        if (member.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Wrong<Expr>(at + "/flag", "true, false");
        return member.ValueKind == JsonValueKind.True;
    }

    private DateOnly Date(JsonElement json, string at)
    {
        if (DateOnly.TryParseExact(Text(json, at, "date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Wrong<Expr>(at + "/date", "2026-12-31");
        return ConditionLimits.FirstDate;
    }

    private Duration Span(JsonElement json, string at, string name)
    {
        var unit = (TimeSpanUnit)Choice(json, at, "unit", Units);
        var count = Number(json, at, name);
        if (count == decimal.Truncate(count) && count >= 1 && count <= Duration.MaxCount(unit)) return new((int)count, unit);
        Wrong<Expr>($"{at}/{name}", string.Create(CultureInfo.InvariantCulture, $"1 … {Duration.MaxCount(unit)}"));
        return new(1, unit);
    }

    /// <summary>Keeps the first error: what was expected at a pointer.</summary>
    private T Wrong<T>(string at, string expected, string? suggestion = null) where T : Expr
    {
        _error ??= Unreadable(at, $"di sini seharusnya {expected}", $"expected {expected}") with { Suggestion = suggestion };
        return (T)(Expr)new AlwaysExpr();
    }

    private static Diagnostic Unreadable(string at, string id, string en) => new(DiagnosticCode.InvalidForm, new(0, 0, at), [new(id, en)]);

    private static LocalizedText Same(int value) => DiagnosticTexts.Same(value.ToString(CultureInfo.InvariantCulture));
}
