using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Values;

namespace RewardsEngine.Programs;

/// <summary>Checks rules and programmes at the place where a fault stands.</summary>
internal static class RuleChecks
{
    private const int MostInBestOrder = 6;

    public static IEnumerable<RuleFault> Of(Programme programme)
    {
        if (!Localized(programme.Name)) yield return new(null, "name", Faults.BothLanguages);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(programme.Zone, out _)) yield return new(null, "zone", Faults.Zone);
        if (programme.Currency.Decimals is < 0 or > 4) yield return new(null, "currency", Faults.Between(0, 4));
        if (programme.Points.Decimals is < 0 or > 4) yield return new(null, "points.decimals", Faults.Between(0, 4));
        if (programme.Occasions.ExpiringDays is < 1 or > 366) yield return new(null, "occasions.expiringDays", Faults.Between(1, 366));
        if (programme.Occasions.LapsingDays is < 1 or > 3660) yield return new(null, "occasions.lapsingDays", Faults.Between(1, 3660));
        foreach (var fault in ProgrammeChecks.Of(programme)) yield return fault;
        foreach (var cap in programme.Caps)
            if (cap.Points <= 0 || cap.Points > EffectChecks.MaxAmount) yield return new(null, "caps", Faults.MoreThan(0, EffectChecks.MaxAmount));
        if (programme.TierRules is { } tiers)
            foreach (var step in tiers.Steps.Where(step => programme.Tiers.All(tier => tier.Key != step.Code)))
                yield return new(null, "tierRules.steps", Faults.Unknown(step.Code));
    }

    public static (Condition? Condition, List<RuleFault> Faults) Of(Rule rule, Programme programme, Vocabulary? vocabulary = null)
    {
        var faults = new List<RuleFault>();
        void Add(string path, LocalizedText message) => faults.Add(new(rule.Id, path, message));

        if (!IsKey(rule.Id.Value)) Add("id", Faults.Key);
        if (!Localized(rule.Name)) Add("name", Faults.BothLanguages);
        if (rule.Description is { } description && !Localized(description)) Add("description", Faults.BothLanguages);
        if (rule.Version < 1) Add("version", Faults.Between(1, int.MaxValue));
        if (!IsTrigger(rule.Trigger, programme))
        {
            Add("trigger", Faults.Unknown(rule.Trigger));
            return (null, faults);
        }
        if (rule.Effects.Count == 0) Add("effects", Faults.NoEffect);
        new EffectChecks(programme, rule.Trigger, Add).Check(rule.Effects, "effects");
        CheckWhen(rule, programme, Add);
        CheckBounds(rule, Add);

        var result = Condition.Parse(rule.Condition ?? "", vocabulary ?? CompiledRuleSet.VocabularyFor(programme, rule.Trigger));
        faults.AddRange(result.Diagnostics.Select(found => new RuleFault(rule.Id, "condition", new(found.In("id"), found.In("en")), found.Span.Start, found.Span.Length)));
        return (result.Condition, faults);
    }

    public static IEnumerable<RuleFault> OfGroups(RuleSet source)
    {
        foreach (var group in source.Programme.Groups.Where(group => group.Mode == GroupMode.BestOrder))
        {
            var members = source.Rules.Where(rule => rule.Group == group.Name).ToList();
            if (members.Count > MostInBestOrder) yield return new(members[^1].Id, "group", Faults.TooManyInGroup(MostInBestOrder));
        }
        var byCode = source.Rules.Where(rule => rule.Activation is { Kind: ActivationKind.SharedCode, Code: not null })
            .GroupBy(rule => (rule.Trigger, rule.Activation.Code!.ToUpperInvariant()));
        foreach (var clash in byCode.Where(group => group.Count() > 1))
            foreach (var rule in clash.Skip(1))
                yield return new(rule.Id, "activation.code", Faults.CodeClash(clash.Key.Item2, clash.First().Id.Value));
    }

    private static void CheckWhen(Rule rule, Programme programme, Action<string, LocalizedText> add)
    {
        if (rule.Schedule.From > rule.Schedule.To) add("schedule.to", Faults.Reversed);
        if (rule.Schedule.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) add("schedule.zone", Faults.Zone);
        if (rule.Schedule.FromTime is { } from && rule.Schedule.FromTime == rule.Schedule.ToTime) add("schedule.toTime", Faults.Between(from.Hour, from.Hour));
        foreach (var tier in rule.Audience.Tiers.Where(key => programme.Tiers.All(tier => tier.Key != key))) add("audience.tiers", Faults.Unknown(tier));
        foreach (var consent in rule.Audience.Consents.Where(key => !programme.Consents.Contains(key))) add("audience.consents", Faults.Unknown(consent));
        if (rule.Activation.Kind == ActivationKind.SharedCode && !IsCode(rule.Activation.Code)) add("activation.code", Faults.CodeForm);
        if (rule.Activation.Kind != ActivationKind.Automatic && rule.Trigger != ActivityTypes.Purchase) add("activation.kind", Faults.OnlyFor(ActivityTypes.Purchase));
    }

    private static void CheckBounds(Rule rule, Action<string, LocalizedText> add)
    {
        for (var index = 0; index < rule.Limits.Count; index++)
        {
            var limit = rule.Limits[index];
            if (limit.Uses is < 1 or > 1_000_000_000_000) add($"limits[{index}].uses", Faults.Between(1, 1_000_000_000_000));
            if (limit is { For: CountedFor.Everyone, Span: not Span.Ever }) add($"limits[{index}].span", Faults.EverCounted);
        }
        for (var index = 0; index < rule.Caps.Count; index++)
            if (rule.Caps[index].Points <= 0 || rule.Caps[index].Points > EffectChecks.MaxAmount) add($"caps[{index}].points", Faults.MoreThan(0, EffectChecks.MaxAmount));
        if (rule.PendingDays is < 0 or > 3660) add("pendingDays", Faults.Between(0, 3660));
        if (rule.Expiry is { } expiry)
            foreach (var (path, message) in ProgrammeChecks.OfExpiry(expiry)) add($"expiry{path}", message);
        if (rule.Budget is not { } budget) return;
        if (budget.Spend is { } spend && (spend <= 0 || spend > EffectChecks.MaxAmount * 1000)) add("budget.spend", Faults.MoreThan(0, EffectChecks.MaxAmount * 1000));
        if (budget.Points is { } points && (points <= 0 || points > EffectChecks.MaxAmount)) add("budget.points", Faults.MoreThan(0, EffectChecks.MaxAmount));
        if (budget.Uses is < 1) add("budget.uses", Faults.Between(1, 1_000_000_000_000));
        if (budget is { Spend: null, Points: null, Uses: null }) add("budget", Faults.Required);
    }

    private static bool IsTrigger(string trigger, Programme programme) => ActivityTypes.Standard.Contains(trigger)
        || programme.CustomActivities.Any(custom => ActivityTypes.CustomPrefix + custom.Name == trigger);

    private static bool Localized(LocalizedText text) => !string.IsNullOrWhiteSpace(text.Id) && !string.IsNullOrWhiteSpace(text.En);

    private static bool IsKey(string? key) => key is { Length: >= 1 and <= 64 } && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static bool IsCode(string? code) => code is { Length: >= 1 and <= 40 } && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

/// <summary>Checks a rule while it is being written.</summary>
public static class RuleDraftCheck
{
    /// <summary>Everything that is wrong with a rule, each fault at its field; empty when it can be published.</summary>
    public static IReadOnlyList<RuleFault> Validate(Rule rule, Programme programme) => RuleChecks.Of(rule, programme).Faults;
}
