using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Features.Programs.Rules;
using RewardsEngine.Json;
using RewardsEngine.Programs;

namespace Portal.Features.Programs.Settings;

/// <summary>The programme as text: its stored form without what is fixed at installation (currency and zone).</summary>
internal static class ProgrammeAsText
{
    private static readonly string[] Kept = ["currency", "zone"];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Programme programme)
    {
        var node = Node(programme);
        foreach (var name in Kept)
            node.Remove(name);
        return node.ToJsonString(Readable);
    }

    /// <exception cref="JsonException">The text is not a programme.</exception>
    public static Programme Read(string text, Programme before)
    {
        var node = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("{ … }");
        var fixedParts = Node(before);
        foreach (var name in Kept)
            node[name] = fixedParts[name]?.DeepClone();
        return RuleAsText.Parse<Programme>(node.ToJsonString());
    }

    private static JsonObject Node(Programme programme) => JsonNode.Parse(EngineJson.Write(programme))!.AsObject();
}
