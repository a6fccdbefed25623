using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>A rule of a case and what the engine needs beside it.</summary>
/// <param name="Name">Its id in the case.</param>
/// <param name="Rule">The engine's rule.</param>
/// <param name="Code">The code it wants, as the case writes it.</param>
/// <param name="Owner">The only customer who may use the code.</param>
/// <param name="SpendLeft">What its budget still holds.</param>
/// <param name="UsesLeft">How many uses its budget still holds.</param>
internal sealed record CaseRule(string Name, Rule Rule, string? Code, string? Owner, decimal? SpendLeft, long? UsesLeft);

/// <summary>Reads the rules of a case.</summary>
internal static class RuleWords
{
    public const string SearchGroup = "all-orders";

    public static List<CaseRule> Read(RewardCase of, JsonElement? overrides, IReadOnlyCollection<string> disabled)
    {
        JsonElement[] list = of.Rules is { } given ? [.. given.EnumerateArray()] : [];
        var names = list.Select(rule => rule.TryGetProperty("id", out var id) ? id.ToString() : throw new UnknownWordException("rules: \"id\" is missing")).ToList();
        var asked = (overrides is { } fields ? fields.EnumerateObject().Select(field => field.Name) : []).Concat(disabled);
        if (asked.FirstOrDefault(name => !names.Contains(name)) is { } nobody) throw new UnknownWordException($"no rule \"{nobody}\"");
        var all = list.Select((element, index) => (Words: new Words(Merged(element, overrides), $"rules[{index}]"), Index: index)).ToList();
        var byPriority = of.Setting("order") == "priority_desc";
        // List position becomes descending priority; with priority_desc it breaks ties.
        var ranked = all.OrderByDescending(rule => byPriority ? rule.Words.NumberOr("priority", 0) : 0).ThenBy(rule => rule.Index).ToList();
        return [.. all.Select(rule => One(of, rule.Words, rule.Index, -ranked.FindIndex(other => other.Index == rule.Index), disabled))];
    }

    private static CaseRule One(RewardCase of, Words words, int index, int priority, IReadOnlyCollection<string> disabled)
    {
        var name = words.Text("id");
        var (condition, conditionBasis) = ConditionWords.Read(words.Objects("when"));
        var code = words.TextOr("code");
        var trigger = words.OneOf("trigger", (ActivationKind?)ActivationKind.Automatic, ("automatic", ActivationKind.Automatic), ("code", ActivationKind.SharedCode), ("claim", ActivationKind.OnRequest));
        var (budget, spendLeft, usesLeft) = BudgetOf(words);
        var rule = new Rule
        {
            Id = IdOf(index),
            Name = new(name, name),
            Trigger = ActivityTypes.Purchase,
            Condition = condition,
            ConditionBasis = conditionBasis,
            Effects = EffectWords.Read(words.Objects("then")),
            Activation = new(trigger, null, words.FlagOr("repeatable", false)),
            Group = GroupOf(of, words),
            Lane = words.WholeOr("lane", 0),
            Priority = priority,
            Exclusive = words.FlagOr("exclusive", false),
            Limits = LimitsOf(words),
            Budget = budget,
            Schedule = new() { From = DayOrNone(words, "valid_from"), To = DayOrNone(words, "valid_to") },
            Status = disabled.Contains(name) ? RuleStatus.Paused : RuleStatus.Live,
            ReleaseUseOnCancel = words.FlagOr("release_use_on_cancel", true),
        };
        words.Ignore("priority");
        var owner = words.TextOr("owner");
        words.Finish();
        return new(name, rule, trigger == ActivationKind.SharedCode ? code ?? name : null, owner, spendLeft, usesLeft);
    }

    public static RuleId IdOf(int index) => new($"r{index.ToString("000", CultureInfo.InvariantCulture)}");

    private static string? GroupOf(RewardCase of, Words words)
    {
        var group = words.TextOr("group");
        return group ?? (of.Setting("search") is null ? null : SearchGroup);
    }

    private static List<UseLimit> LimitsOf(Words words)
    {
        if (!words.Has("limits")) return [];
        var limits = words.Object("limits");
        var read = new List<UseLimit>();
        if (limits.LongOrNone("total") is { } total) read.Add(new(total, Span.Ever, CountedFor.Everyone));
        if (limits.LongOrNone("per_customer") is { } each) read.Add(new(each));
        limits.Finish();
        return read;
    }

    private static (Budget? Budget, decimal? SpendLeft, long? UsesLeft) BudgetOf(Words words)
    {
        if (!words.Has("budget")) return (null, null, null);
        var budget = words.Object("budget");
        var (spend, spent) = (budget.NumberOrNone("spend_limit"), budget.NumberOr("spend_used", 0));
        var (uses, used) = (budget.LongOrNone("usage_limit"), budget.LongOr("usage_used", 0));
        budget.Finish();
        return (new() { Spend = spend, Uses = uses }, spend - spent, uses - used);
    }

    private static DateOnly? DayOrNone(Words words, string word) => words.TimeOr(word) is { } time ? DateOnly.FromDateTime(time) : null;

    private static JsonElement Merged(JsonElement rule, JsonElement? overrides)
    {
        if (overrides is not { } all || !all.TryGetProperty(rule.GetProperty("id").GetString()!, out var fields)) return rule;
        var merged = JsonNode.Parse(rule.GetRawText())!.AsObject();
        foreach (var field in fields.EnumerateObject()) merged[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        return JsonSerializer.SerializeToElement(merged);
    }
}
