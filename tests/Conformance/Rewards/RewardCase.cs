using System.Text.Json;

namespace Conformance.Rewards;

/// <summary>One case of a file, and what its steps leave to one another.</summary>
public sealed class RewardCase(JsonElement element)
{
    private readonly Dictionary<Type, object> _state = [];

    public string Id { get; } = element.TryGetProperty("id", out var id) ? id.ToString() : "(no id)";

    public string Title { get; } = element.TryGetProperty("title", out var title) ? title.ToString() : "";

    public JsonElement? Rules => Part("rules");

    public JsonElement? Earning => Part("earning");

    /// <summary>The case's settings as words; each group of steps reads those that concern it.</summary>
    public JsonElement? Settings => Part("settings");

    public IEnumerable<JsonElement> Steps => element.TryGetProperty("steps", out var steps) ? steps.EnumerateArray() : [];

    /// <summary>A setting of the case as text.</summary>
    public string? Setting(string word) => Settings is { } settings && settings.TryGetProperty(word, out var value) ? value.ToString() : null;

    /// <summary>What a group of steps keeps from step to step.</summary>
    public T State<T>(Func<T> make) where T : class
    {
        if (!_state.TryGetValue(typeof(T), out var value)) _state.Add(typeof(T), value = make());
        return (T)value;
    }

    /// <summary>Words at the top of a case and in its settings that the format does not have, whether or not a step would read them.</summary>
    public IEnumerable<string> UnknownWords()
    {
        foreach (var word in element.EnumerateObject())
            if (!Known.Contains(word.Name)) yield return $"unknown word \"{word.Name}\"";
        foreach (var word in (string[])["id", "steps"])
            if (!element.TryGetProperty(word, out _)) yield return $"\"{word}\" is missing";
        if (Settings is not { } given) yield break;
        foreach (var setting in given.EnumerateObject())
        {
            if (!SettingValues.TryGetValue(setting.Name, out var values)) yield return $"unknown word \"settings.{setting.Name}\"";
            else if (setting.Name != "groups" && !values.Contains(setting.Value.ToString())) yield return $"settings.{setting.Name} \"{setting.Value}\" is not known";
            else if (setting.Name == "groups")
                foreach (var group in setting.Value.EnumerateObject())
                    if (!values.Contains(group.Value.ToString())) yield return $"settings.groups.{group.Name} \"{group.Value}\" is not known";
        }
    }

    private static readonly HashSet<string> Known =
        ["id", "title", "area", "source", "settings", "rules", "earning", "steps", "note", "alternatives", "derived", "tags"];

    private static readonly Dictionary<string, string[]> SettingValues = new(StringComparer.Ordinal)
    {
        ["base"] = ["running", "initial"],
        ["remainder"] = ["largest_remainder", "floor_then_first_lines"],
        ["round"] = ["discount_half_up", "price_half_up"],
        ["order"] = ["priority_desc"],
        ["groups"] = ["best_only"],
        ["exclusive"] = ["first_exclusive_only"],
        ["search"] = ["best_over_rule_orders"],
        ["floor_overflow"] = ["redistribute"],
        ["expiry_boundary"] = ["expired_at_moment", "usable_on_expiry_day"],
    };

    private JsonElement? Part(string word) => element.TryGetProperty(word, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

/// <summary>A kind of step: reads its words, runs them on the real engine or ledger, and answers.</summary>
public delegate Task<Answer> Step(RewardCase of, Words words, IBookkeeping books);
