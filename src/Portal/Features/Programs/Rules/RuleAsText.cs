using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RewardsEngine.Json;
using RewardsEngine.Programs;

namespace Portal.Features.Programs.Rules;

/// <summary>A rule as text: its stored form without what the portal itself keeps (key, version, state).</summary>
internal static class RuleAsText
{
    private static readonly string[] Kept = ["id", "version", "status"];

    // A mistyped name must not be passed over in silence.
    private static readonly JsonSerializerOptions Strict = new(EngineJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Rule rule)
    {
        var node = JsonNode.Parse(EngineJson.Write(rule))!.AsObject();
        foreach (var name in Kept)
            node.Remove(name);
        return node.ToJsonString(Readable);
    }

    /// <exception cref="JsonException">The text is not a rule.</exception>
    public static Rule Read(string text, Rule before)
    {
        var node = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("{ … }");
        node["id"] = before.Id.Value;
        node["version"] = before.Version;
        node["status"] = "live";
        return Parse<Rule>(node.ToJsonString());
    }

    /// <exception cref="JsonException">The text is not a <typeparamref name="T"/>.</exception>
    public static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Strict) ?? throw new JsonException("null");
}
