using RewardsEngine.Conditions;
using RewardsEngine.Decisions.Wording;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions;

/// <summary>What a live rule promises, for the public benefits page.</summary>
public sealed record CustomerBenefit
{
    /// <summary>The rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>The activity it answers.</summary>
    public required string Trigger { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it gives: one sentence for each effect.</summary>
    public required IReadOnlyList<string> Gives { get; init; }

    /// <summary>How one gets it: the company's own words, or when it answers ("saat Anda bergabung") and its condition.</summary>
    public required IReadOnlyList<string> How { get; init; }

    /// <summary>Schedule, limits and caps in words.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>A worked example, decided by the engine; null when none was found that applies.</summary>
    public WorkedExample? Example { get; init; }
}

/// <summary>A worked example.</summary>
/// <param name="Given">What happens in it: "Belanja Rp50.000".</param>
/// <param name="Result">What the rule then gives: "5 poin".</param>
/// <param name="Decision">The whole decision behind it.</param>
public sealed record WorkedExample(string Given, ExplainedRule Result, Decision Decision);

/// <summary>Lists what the programme gives, from the live rules themselves.</summary>
public static class CustomerBenefits
{
    /// <summary>Every live rule that is meant for everyone who joins, in the order of evaluation, with a worked example each.</summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="asOf">The present (UTC): rules that are over are left out.</param>
    /// <param name="language"><c>id</c> or <c>en</c>.</param>
    /// <param name="names">Display names for codes (categories, tiers, stores …).</param>
    public static IReadOnlyList<CustomerBenefit> List(CompiledRuleSet rules, DateTime asOf, string language, Func<Field, string, string?>? names = null)
    {
        var text = new RuleText(rules.Programme, language, names);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(asOf, DateTimeKind.Utc), rules.Zone));
        return [.. rules.Source.Rules.Select(rule => rule.Trigger).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(rules.For)
            .Where(rule => IsPublic(rule, today) && text.Gives(rule.Rule).Count > 0)
            .Select(rule => Of(rules, rule, asOf, language, text, names))];
    }

    // What the company calls a group of customers is its own business.
    private static bool IsPublic(CompiledRule compiled, DateOnly today) =>
        compiled.Rule is var rule && rule.Status is RuleStatus.Live or RuleStatus.Scheduled && !(rule.Schedule.To < today)
        && rule.Activation.Kind == ActivationKind.Automatic && rule.Audience is { Only: null, Segments.Count: 0 }
        && compiled.Condition?.UsedFields.Contains(Fields.CustomerSegments) is not true;

    private static CustomerBenefit Of(CompiledRuleSet rules, CompiledRule rule, DateTime asOf, string language, RuleText text, Func<Field, string, string?>? names) => new()
    {
        Rule = rule.Id,
        Trigger = rule.Rule.Trigger,
        Name = rule.Rule.Name.In(language),
        Gives = text.Gives(rule.Rule),
        How = text.How(rule),
        Terms = text.Terms(rule.Rule),
        Example = Examples.Find(rules, rule, asOf) is { } found ? Worked(rules.Programme, rule, found, language, text, names) : null,
    };

    private static WorkedExample Worked(Programme programme, CompiledRule rule, Decision decision, string language, RuleText text, Func<Field, string, string?>? names)
    {
        var writer = new ExplanationText(programme, language, _ => null, names);
        var result = writer.ForCustomer(new() { Applied = [.. decision.Explanation.Applied.Where(applied => applied.Rule == rule.Id)] }, decision.Activity).Applied[0];
        var given = decision.Totals is { } totals
            ? new LocalizedText($"Belanja {writer.Money(totals.Gross)}", $"A purchase of {writer.Money(totals.Gross)}").In(language)
            : text.When(rule.Rule);
        return new(given, result, decision);
    }
}
