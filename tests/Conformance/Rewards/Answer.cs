using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conformance.Rewards;

/// <summary>What a step came to: a value for every word its <c>expect</c> may ask for.</summary>
public sealed class Answer
{
    private readonly Dictionary<string, Func<JsonElement, JsonNode?>> _values = new(StringComparer.Ordinal);

    public Answer Set(string word, object? value)
    {
        _values[word] = _ => JsonSerializer.SerializeToNode(value);
        return this;
    }

    /// <summary>A value that depends on what is asked, such as <c>available_at {time: n}</c>.</summary>
    public Answer Set(string word, Func<JsonElement, object?> value)
    {
        _values[word] = expected => JsonSerializer.SerializeToNode(value(expected));
        return this;
    }

    /// <summary>The differences between what was expected and what came out; empty if there are none.</summary>
    public IEnumerable<string> Differences(JsonElement expect)
    {
        foreach (var asked in expect.EnumerateObject())
        {
            if (!_values.TryGetValue(asked.Name, out var value)) throw new UnknownWordException($"expect: unknown word \"{asked.Name}\"");
            var actual = JsonSerializer.SerializeToElement(value(asked.Value));
            if (!Same(asked.Value, actual)) yield return $"{asked.Name}: expected {asked.Value.GetRawText()}, was {actual.GetRawText()}";
        }
    }

    /// <summary>Equal in kind and content; numbers by value, however they are written.</summary>
    public static bool Same(JsonElement expected, JsonElement actual)
    {
        if (Number(expected) is { } left && Number(actual) is { } right) return left == right;
        if (expected.ValueKind != actual.ValueKind) return false;
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var names = expected.EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
                return names.Count == actual.EnumerateObject().Count()
                    && expected.EnumerateObject().All(property => actual.TryGetProperty(property.Name, out var other) && Same(property.Value, other));
            case JsonValueKind.Array:
                return expected.GetArrayLength() == actual.GetArrayLength()
                    && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => Same(pair.First, pair.Second));
            case JsonValueKind.String:
                return expected.GetString() == actual.GetString();
            default:
                return true; // true, false and null are told apart by their kind
        }
    }

    private static decimal? Number(JsonElement element) =>
        element.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(element.ToString(), System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
