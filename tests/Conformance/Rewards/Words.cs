using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conformance.Rewards;

/// <summary>A word the runner does not know, or a value it cannot read: the case fails by name.</summary>
public sealed class UnknownWordException(string message) : Exception(message);

/// <summary>A JSON object of which every word must be read: what nobody asked for is unknown.</summary>
public sealed class Words(JsonElement element, string where)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Where => where;

    public JsonElement Element => element;

    /// <summary>These words over those of another object, but for some; what was read so far counts as read.</summary>
    public Words Over(JsonElement other, params ReadOnlySpan<string> without)
    {
        var merged = JsonNode.Parse(other.GetRawText())!.AsObject();
        foreach (var word in without) merged.Remove(word);
        foreach (var word in element.EnumerateObject()) merged[word.Name] = JsonNode.Parse(word.Value.GetRawText());
        foreach (var word in element.EnumerateObject()) _read.Add(word.Name); // from here on the merged words are read
        var over = new Words(JsonSerializer.SerializeToElement(merged), where);
        over.Ignore(without);
        return over;
    }

    public bool Has(string word) => Find(word) is not null;

    public string Text(string word) => Need(word).ToString();

    public string? TextOr(string word) => Find(word)?.ToString();

    public decimal Number(string word) => Decimal(Need(word), word);

    public decimal NumberOr(string word, decimal otherwise) => Find(word) is { } value ? Decimal(value, word) : otherwise;

    public decimal? NumberOrNone(string word) => Find(word) is { } value ? Decimal(value, word) : null;

    public int Whole(string word) => WholeOrNone(word) ?? throw new UnknownWordException($"{where}: \"{word}\" is missing");

    public int WholeOr(string word, int otherwise) => WholeOrNone(word) ?? otherwise;

    public int? WholeOrNone(string word) => LongOrNone(word) is { } whole ? checked((int)whole) : null;

    public long Long(string word) => LongOrNone(word) ?? throw new UnknownWordException($"{where}: \"{word}\" is missing");

    public long LongOr(string word, long otherwise) => LongOrNone(word) ?? otherwise;

    public long? LongOrNone(string word) => NumberOrNone(word) switch
    {
        null => null,
        { } number when decimal.Truncate(number) == number => (long)number,
        var number => throw new UnknownWordException($"{where}.{word}: {number} is no whole number"),
    };

    public bool FlagOr(string word, bool otherwise) => Find(word) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        var value => throw new UnknownWordException($"{where}.{word}: {value} is neither true nor false"),
    };

    public DateTime Time(string word) => Time(Need(word).ToString(), word);

    public DateTime? TimeOr(string word) => Find(word) is { ValueKind: JsonValueKind.String } value ? Time(value.GetString()!, word) : null;

    public DateOnly Day(string word) => DateOnly.FromDateTime(Time(word));

    public Words Object(string word) => new(Need(word), $"{where}.{word}");

    public IReadOnlyList<Words> Objects(string word) =>
        Find(word) is { } list ? [.. list.EnumerateArray().Select((item, index) => new Words(item, $"{where}.{word}[{index}]"))] : [];

    public IReadOnlyList<JsonElement> List(string word) => [.. Need(word).EnumerateArray()];

    public IReadOnlyList<decimal> Numbers(string word) => [.. Need(word).EnumerateArray().Select(item => Decimal(item, word))];

    public IReadOnlyList<string> Texts(string word) => Find(word) is { } list ? [.. list.EnumerateArray().Select(item => item.ToString())] : [];

    public IReadOnlyDictionary<string, decimal> NumbersByName(string word) =>
        Need(word).EnumerateObject().ToDictionary(item => item.Name, item => Decimal(item.Value, word));

    /// <summary>A word that is known and has no bearing on the answer.</summary>
    public void Ignore(params ReadOnlySpan<string> words)
    {
        foreach (var word in words) _read.Add(word);
    }

    /// <summary>One of a closed list of values.</summary>
    public T OneOf<T>(string word, T? otherwise, params ReadOnlySpan<(string Name, T Value)> known) where T : struct
    {
        if (Find(word) is not { } value && otherwise is { } missing) return missing;
        var text = Text(word);
        foreach (var (name, result) in known)
            if (name == text) return result;
        throw new UnknownWordException($"{where}.{word} \"{text}\" is not known");
    }

    /// <summary>Fails if a word was left unread.</summary>
    public void Finish()
    {
        foreach (var property in element.EnumerateObject())
            if (!_read.Contains(property.Name)) throw new UnknownWordException($"{where}: unknown word \"{property.Name}\"");
    }

    public static DateTime Time(string text, string word) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UnknownWordException($"{word}: \"{text}\" is no time");

    public static decimal Decimal(JsonElement value, string word) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.String when decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new UnknownWordException($"{word}: {value} is no number"),
    };

    private JsonElement Need(string word) => Find(word) ?? throw new UnknownWordException($"{where}: \"{word}\" is missing");

    private JsonElement? Find(string word)
    {
        _read.Add(word);
        return element.TryGetProperty(word, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
