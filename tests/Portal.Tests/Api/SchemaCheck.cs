using System.Globalization;
using System.Text.Json;

namespace Portal.Tests.Api;

/// <summary>As much of JSON Schema as the API's description uses: a word it does not know fails the test.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    private static readonly string[] Silent = ["description", "format", "pattern", "default", "example", "title"];

    /// <summary>What is wrong with a value; empty when it is valid.</summary>
    public IEnumerable<string> Faults(JsonElement value, JsonElement schema, string path = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = document;
            foreach (var part in reference.GetString()!.TrimStart('#', '/').Split('/'))
                target = target.GetProperty(part);
            return Faults(value, target, path);
        }
        List<string> faults = [];
        foreach (var word in schema.EnumerateObject())
        {
            switch (word.Name)
            {
                case "type":
                    if (!Types(word.Value).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(word.Value).Contains("number")))
                        faults.Add($"{path} is {TypeOf(value)}, not {word.Value}");
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    faults.AddRange(word.Value.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{path} lacks {r}"));
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject())
                        if (word.Value.TryGetProperty(member.Name, out var inner))
                            faults.AddRange(Faults(member.Value, inner, $"{path}.{member.Name}"));
                        else
                            faults.Add($"{path}.{member.Name} is not described");
                    break;
                case "additionalProperties" when word.Value.ValueKind == JsonValueKind.Object && value.ValueKind == JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject())
                        faults.AddRange(Faults(member.Value, word.Value, $"{path}.{member.Name}"));
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    faults.AddRange(value.EnumerateArray().SelectMany((item, i) => Faults(item, word.Value, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"))));
                    break;
                case "oneOf":
                    if (!word.Value.EnumerateArray().Any(option => !Faults(value, option, path).Any()))
                        faults.Add($"{path} fits none of {word.Value}");
                    break;
                case "required" or "properties" or "items" or "additionalProperties":
                    break; // about another kind of value
                default:
                    if (!Silent.Contains(word.Name))
                        faults.Add($"{path}: the schema says {word.Name}, which this check does not know");
                    break;
            }
        }
        return faults;
    }

    private static List<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };
}
