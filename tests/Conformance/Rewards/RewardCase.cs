using System.Text.Json;

namespace Conformance.Rewards;

/// <summary>One case of a file, and what its steps leave to one another.</summary>
public sealed class RewardCase(JsonElement element)
{
    private readonly Dictionary<Type, object> _state = [];

    public string Id { get; } = element.GetProperty("id").GetString()!;

    public string Title { get; } = element.TryGetProperty("title", out var title) ? title.GetString()! : "";

    public JsonElement? Rules => Part("rules");

    public JsonElement? Earning => Part("earning");

    /// <summary>The case's settings as words; each group of steps reads those that concern it.</summary>
    public JsonElement? Settings => Part("settings");

    public IEnumerable<JsonElement> Steps => element.GetProperty("steps").EnumerateArray();

    /// <summary>A setting of the case as text.</summary>
    public string? Setting(string word) => Settings is { } settings && settings.TryGetProperty(word, out var value) ? value.ToString() : null;

    /// <summary>What a group of steps keeps from step to step.</summary>
    public T State<T>(Func<T> make) where T : class
    {
        if (!_state.TryGetValue(typeof(T), out var value)) _state.Add(typeof(T), value = make());
        return (T)value;
    }

    /// <summary>Words at the top of a case and in its settings that the format does not have.</summary>
    public IEnumerable<string> UnknownWords()
    {
        string[] known = ["id", "title", "area", "settings", "rules", "earning", "steps", "note", "alternatives", "derived", "tags"];
        string[] settings = ["base", "remainder", "round", "order", "groups", "exclusive", "search", "floor_overflow", "expiry_boundary"];
        return element.EnumerateObject().Select(word => word.Name).Except(known)
            .Concat(Settings is { } given ? given.EnumerateObject().Select(word => $"settings.{word.Name}").Except(settings.Select(word => $"settings.{word}")) : []);
    }

    private JsonElement? Part(string word) => element.TryGetProperty(word, out var value) ? value : null;
}

/// <summary>A kind of step: reads its words, runs them on the real engine or ledger, and answers.</summary>
public delegate Task<Answer> Step(RewardCase of, Words words, IBookkeeping books);
