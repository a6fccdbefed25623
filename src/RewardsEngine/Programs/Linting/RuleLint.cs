using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Linting;
using RewardsEngine.Values;

namespace RewardsEngine.Programs.Linting;

/// <summary>Finds rules that are correct and yet cannot be meant. Rules that are over are not looked at.</summary>
public static class RuleLint
{
    /// <summary>What is odd about the rules of a programme, rule by rule.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="rules">Its rules, drafts included; one version of each.</param>
    /// <param name="today">Today in the programme's zone.</param>
    /// <param name="segments">The segments there are; null: not known, nothing is said about them.</param>
    public static IReadOnlyList<LintFinding> Of(Programme programme, IEnumerable<Rule> rules, DateOnly today, IReadOnlyCollection<string>? segments = null)
    {
        var looked = rules.Where(rule => rule.Status != RuleStatus.Ended).Select(rule => LintedRule.Of(rule, programme)).OfType<LintedRule>().ToList();
        looked.Sort((left, right) => CompiledRule.CompareByOrder(left.Compiled, right.Compiled));
        var findings = new List<LintFinding>();
        foreach (var rule in looked)
        {
            ConditionFindings.Add(rule, findings);
            ScheduleFindings.Add(rule, today, findings);
            CostFindings.Add(rule, programme, looked, findings);
            TierFindings.Add(rule, programme, looked, findings);
            if (rule.Rule.Group is { } group && programme.Groups.All(known => known.Name != group))
                findings.Add(new(LintKind.UnknownGroup, rule.Id, "group", new("Program tidak mengenal kelompok “{0}”: aturannya saling menambah. Yang ada: {1}.", "The programme knows no group “{0}”: its rules simply add up. There are: {1}."),
                    [group, string.Join(", ", programme.Groups.Select(known => known.Name))]));
            if (segments is not null) SegmentFindings.Add(rule, segments, findings);
        }
        PairFindings.Add(programme, looked, findings);
        return [.. findings.Distinct().OrderBy(finding => finding.Rule).ThenBy(finding => finding.Path, StringComparer.Ordinal).ThenBy(finding => finding.Kind)];
    }
}

/// <summary>A rule with its condition, and everything that must hold for it as one condition.</summary>
internal sealed record LintedRule(Rule Rule, CompiledRule Compiled, Condition Own, Condition Whole)
{
    public RuleId Id => Rule.Id;

    /// <summary>Somebody or something must bring it into play, or only some may have it: it does not always come.</summary>
    public bool ComesByItself => Rule.Activation.Kind == ActivationKind.Automatic && Rule.Limits.Count == 0 && Rule.Budget is null && Rule.Audience.Only is null && Rule.Caps.Count == 0;

    private bool? _asksNothing;

    /// <summary>Whoever buys anything at all satisfies its condition.</summary>
    public bool AsksNothing => _asksNothing ??= Own.IsAlways || Rule.Trigger == Activities.ActivityTypes.Purchase
        && Condition.Parse("order.quantity >= 1 and order.total > 0 and order.subtotal > 0 and any line (quantity >= 1)", Own.Vocabulary).Condition is { } anything && ConditionLint.Implies(anything, Own);

    public bool IsBounded => Rule.Budget is not null || Rule.Limits.Count > 0 || Rule.Caps.Count > 0 || Rule.Audience.Only is not null;

    /// <summary>Null when the rule has faults: those are told elsewhere.</summary>
    public static LintedRule? Of(Rule rule, Programme programme)
    {
        var vocabulary = CompiledRuleSet.VocabularyFor(programme, rule.Trigger);
        var (own, faults) = RuleChecks.Of(rule, programme, vocabulary);
        if (own is null || faults.Count > 0) return null;
        var mode = programme.Groups.FirstOrDefault(group => group.Name == rule.Group)?.Mode ?? GroupMode.All;
        var whole = Condition.CheckOnly(WholeCondition.Of(rule, own.Tree, programme.Zone), vocabulary).Condition ?? own;
        return new(rule, new(rule, own, mode, programme.Reckoning.Basis), own, whole);
    }
}
