using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Rewards;

namespace RewardsEngine.Programs.Linting;

/// <summary>Tiers that are asked for or given but that nobody reaches.</summary>
internal static class TierFindings
{
    public static void Add(LintedRule rule, Programme programme, IReadOnlyList<LintedRule> all, List<LintFinding> findings)
    {
        foreach (var (tier, span) in rule.Own.TextsFor(Fields.CustomerTier)) Check(rule, tier, "condition", span, programme, all, findings);
        foreach (var tier in rule.Rule.Audience.Tiers) Check(rule, tier, "audience.tiers", null, programme, all, findings);
        for (var index = 0; index < rule.Rule.Effects.Count; index++)
            if (rule.Rule.Effects[index] is SetTier { OnlyUp: true } set && programme.Tiers.Count > 0 && programme.Tiers[0].Key == set.Tier)
                findings.Add(new(LintKind.UnreachableTier, rule.Id, $"effects[{index}]", new("{0} adalah tingkat terendah: tidak ada yang naik ke sana.", "{0} is the lowest tier: nobody moves up to it."), [set.Tier]));
    }

    private static void Check(LintedRule rule, string tier, string path, SourceSpan? span, Programme programme, IReadOnlyList<LintedRule> all, List<LintFinding> findings)
    {
        void Tell(string id, string en) => findings.Add(new(LintKind.UnreachableTier, rule.Id, path, new(id, en), [tier], null, span?.Start, span?.Length));
        if (programme.Tiers.All(known => known.Key != tier)) Tell("Tingkat “{0}” tidak ada.", "There is no tier “{0}”.");
        else if (!IsReached(tier, programme, all)) Tell("Tidak ada ambang dan tidak ada aturan yang menaikkan siapa pun ke tingkat “{0}”.", "No threshold and no rule brings anybody to the tier “{0}”.");
    }

    /// <summary>By a threshold that no higher tier undercuts, or by a rule.</summary>
    private static bool IsReached(string tier, Programme programme, IReadOnlyList<LintedRule> all)
    {
        if (programme.TierRules is not { Steps: var steps }) return true; // given by hand or from outside
        if (all.Any(other => other.Rule.Effects.Any(effect => effect is SetTier set && set.Tier == tier))) return true;
        var order = programme.Tiers.Select(known => known.Key).ToList();
        var rank = order.IndexOf(tier);
        var own = steps.Where(step => step.Code == tier).ToList();
        return own.Count > 0 && !steps.Any(step => order.IndexOf(step.Code) > rank && step.Minimum <= own.Min(one => one.Minimum));
    }
}
