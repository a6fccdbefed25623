using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Json;

/// <summary>The visual form of a condition: the same tree as nested JSON objects, which the visual editor edits. Tree to JSON and back is exact.</summary>
public static class ConditionJson
{
    private static readonly JsonWriterOptions Compact = new() { MaxDepth = MaxJsonDepth, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Each level of a condition takes at most three levels of JSON.</summary>
    internal const int MaxJsonDepth = ConditionLimits.MaxDepth * 3 + 8;

    /// <summary>The visual form of a tree.</summary>
    public static string Write(Expr tree)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact)) Write(json, tree);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the visual form into a larger document.</summary>
    public static void Write(Utf8JsonWriter json, Expr tree)
    {
        json.WriteStartObject();
        switch (tree)
        {
            case AlwaysExpr: json.WriteBoolean("always", true); break;
            case AndExpr group: Items(json, "all", group); break;
            case OrExpr group: Items(json, "any", group); break;
            case NotExpr not: Child(json, "not", not.Item); break;
            case LineExpr line:
                json.WriteString("line", line.Quantifier.ToString().ToLowerInvariant());
                Child(json, "where", line.Where);
                break;
            case CompareExpr test:
                Value(json, "value", test.Left);
                json.WriteString("is", Printer.Sign(test.Operator));
                Value(json, "than", test.Right);
                break;
            case InExpr test:
                Value(json, "value", test.Value);
                json.WriteStartArray("in");
                foreach (var item in test.List) Value(json, null, item);
                json.WriteEndArray();
                break;
            case BetweenExpr test:
                Value(json, "value", test.Value);
                Value(json, "from", test.Low);
                Value(json, "to", test.High);
                break;
            case StartsWithExpr test:
                Value(json, "value", test.Value);
                Value(json, "startsWith", test.Prefix);
                break;
            case TodayIsExpr test: Value(json, "todayIs", test.Name); break;
            case TodayInExpr test:
                Value(json, "todayFrom", test.From);
                Value(json, "todayTo", test.To);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(tree), tree, "An unknown kind of condition.");
        }
        json.WriteEndObject();
    }

    /// <summary>Reads a visual form and checks it. Errors point at the part by JSON pointer.</summary>
    public static ConditionResult Read(string json, Vocabulary vocabulary)
    {
        var (tree, error) = ReadTree(json);
        return error is null ? Condition.Check(tree!, vocabulary) : new(null, [error]);
    }

    /// <summary>Reads the tree of a visual form without checking names and types.</summary>
    public static (Expr? Tree, Diagnostic? Error) ReadTree(string json) => new ConditionJsonReader().Read(json);

    private static void Items(Utf8JsonWriter json, string name, GroupExpr group)
    {
        json.WriteStartArray(name);
        foreach (var item in group.Items) Write(json, item);
        json.WriteEndArray();
    }

    private static void Child(Utf8JsonWriter json, string name, Expr child)
    {
        json.WritePropertyName(name);
        Write(json, child);
    }

    private static void Value(Utf8JsonWriter json, string? name, Operand operand)
    {
        if (name is not null) json.WritePropertyName(name);
        json.WriteStartObject();
        switch (operand)
        {
            case NumberLiteral number: json.WriteNumber("number", number.Value); break;
            case MoneyLiteral money:
                json.WriteNumber("money", money.Amount);
                json.WriteString("currency", money.Currency);
                break;
            case TextLiteral text: json.WriteString("text", text.Value); break;
            case FlagLiteral flag: json.WriteBoolean("flag", flag.Value); break;
            case DateLiteral date: json.WriteString("date", date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DurationLiteral duration: Span(json, "span", duration.Value); break;
            case NameOperand field: json.WriteString("name", field.Name); break;
            case CounterOperand { Key: var key }:
                json.WriteString("counter", key.Counter.ToString().ToLowerInvariant());
                Span(json, "last", key.Last);
                json.WriteString("measure", key.Measure.ToString().ToLowerInvariant());
                break;
            case AggregateOperand aggregate:
                json.WriteString("lines", aggregate.Kind.ToString().ToLowerInvariant());
                json.WriteString("of", aggregate.Name.Name);
                Child(json, "where", aggregate.Where);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(operand), operand, "An unknown kind of value.");
        }
        json.WriteEndObject();
    }

    private static void Span(Utf8JsonWriter json, string name, Duration span)
    {
        json.WriteNumber(name, span.Count);
        json.WriteString("unit", span.Unit.ToString().ToLowerInvariant());
    }
}
