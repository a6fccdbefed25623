using System.Text.Json;
using System.Text.Json.Serialization;
using RewardsEngine.Values;

namespace RewardsEngine.Json;

/// <summary>
/// The one stored form of rules, programmes, activities and decisions: camel-case JSON, enumerations by name, ids as plain
/// values, nulls left out. Kinds are told apart by a first property <c>type</c>, which is never renamed.
/// </summary>
public static class EngineJson
{
    /// <summary>The options behind <see cref="Write{T}"/> and <see cref="Read{T}"/>.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    private static readonly JsonSerializerOptions Indented = Create(indented: true);

    /// <summary>The stored form.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>The stored form with line breaks, for people.</summary>
    public static string WriteIndented<T>(T value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>Reads a stored form.</summary>
    /// <exception cref="JsonException">The text is not the stored form of a <typeparamref name="T"/>.</exception>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"No {typeof(T).Name} in the text.");

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            RespectRequiredConstructorParameters = false,
            AllowOutOfOrderMetadataProperties = true, // jsonb does not keep the order of properties
            WriteIndented = indented,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new RuleIdConverter());
        options.Converters.Add(new MemberIdConverter());
        options.Converters.Add(new LotIdConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class RuleIdConverter : JsonConverter<RuleId>
    {
        public override RuleId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("A rule id is a text."));

        public override void Write(Utf8JsonWriter writer, RuleId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class MemberIdConverter : JsonConverter<MemberId>
    {
        public override MemberId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class LotIdConverter : JsonConverter<LotId>
    {
        public override LotId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, LotId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
