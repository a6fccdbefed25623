using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Portal.Api;

/// <summary>JSON of the API: strict on the way in, numbers also as text ("12.50"), numbers on the way out.</summary>
internal static class ApiJson
{
    /// <summary>The largest single document.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static JsonSerializerOptions Options { get; } = Create();

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.AllowReadingFromString;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = 16;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary>Reads the body of a request; otherwise says what is wrong with it.</summary>
    public static async Task<(T? Value, ApiProblem? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken cancel) where T : class
    {
        if (!request.HasJsonContentType())
            return (null, new(StatusCodes.Status415UnsupportedMediaType, "media_type"));
        if (request.ContentLength > MaxBytes)
            return (null, new(StatusCodes.Status413PayloadTooLarge, "too_large"));
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, MaxBytes + 1), MaxBytes + 1, throwOnEndOfStream: false, cancel);
            return length > MaxBytes
                ? (null, new(StatusCodes.Status413PayloadTooLarge, "too_large"))
                : Parse<T>(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static (T? Value, ApiProblem? Problem) Parse<T>(ReadOnlySpan<byte> json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) is { } value
                ? (value, null)
                : (null, new(StatusCodes.Status400BadRequest, "malformed", [new("$", "object")]));
        }
        catch (JsonException e)
        {
            return (null, new(StatusCodes.Status400BadRequest, "malformed", [Error(e)]));
        }
    }

    private static FieldError Error(JsonException e)
    {
        var path = e.Path is null or "$" or "" ? "$" : e.Path.StartsWith("$.", StringComparison.Ordinal) ? e.Path[2..] : e.Path;
        if (e.InnerException is JsonException)
            return new(path, "syntax", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        if (e.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return new(path, "unknown");
        return e.Message.Contains("Duplicate", StringComparison.Ordinal) ? new(path, "duplicate") : new(path, "type");
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Apply(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A moment needs its offset: a till's local time would mean another moment on another machine.</summary>
    private sealed class InstantConverter : JsonConverter<DateTime>
    {
        private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            if (text is null || !DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed)
                || parsed.Kind == DateTimeKind.Unspecified)
                throw new JsonException();
            var utc = parsed.ToUniversalTime();
            return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
        }

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}
