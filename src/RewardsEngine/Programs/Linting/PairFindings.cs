using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Linting;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Programs.Linting;

/// <summary>What two rules are to each other: shadows, twins, exclusives that meet, codes that clash.</summary>
internal static class PairFindings
{
    private static readonly Family[] Families = [Family.Discounts, Family.Earning, Family.Other];

    /// <param name="programme">The programme.</param>
    /// <param name="rules">In the order of evaluation.</param>
    /// <param name="findings">Gets what is found.</param>
    public static void Add(Programme programme, IReadOnlyList<LintedRule> rules, List<LintFinding> findings)
    {
        // What is paused keeps nothing away; its code stays taken.
        foreach (var trigger in rules.Where(rule => rule.Rule.Status != RuleStatus.Paused).GroupBy(rule => rule.Rule.Trigger))
        {
            var group = trigger.ToList();
            Twins(group, findings);
            Exclusives(group, findings);
            foreach (var first in group.Where(rule => Blocks(rule))) Shadows(first, group, findings);
            Dominated(group, findings);
        }
        Codes(rules, findings);
    }

    private static void Twins(List<LintedRule> rules, List<LintFinding> findings)
    {
        foreach (var twins in rules.GroupBy(rule => Json.EngineJson.Write(Essence(rule))).Where(twins => twins.Count() > 1))
            foreach (var twin in twins.Skip(1))
                findings.Add(new(LintKind.Duplicate, twin.Id, "", new("Sama persis dengan aturan {0}: keduanya memberi.", "Exactly the same as the rule {0}: both give."), [twins.First().Id.Value], twins.First().Id));
    }

    /// <summary>A rule without what tells it apart but does not matter.</summary>
    private static Rule Essence(LintedRule rule) => rule.Rule with { Id = new("x"), Name = new("", ""), Description = null, Version = 1, Priority = 0, Owner = null, Status = RuleStatus.Live, Condition = rule.Own.ToText() };

    private static void Exclusives(List<LintedRule> rules, List<LintFinding> findings)
    {
        var exclusive = rules.Where(rule => rule.Rule.Exclusive).ToList();
        for (var later = 1; later < exclusive.Count; later++)
            for (var earlier = 0; earlier < later; earlier++)
            {
                var (first, second) = (exclusive[earlier], exclusive[later]);
                if (!Families.Any(family => first.Compiled.Has(family) && second.Compiled.Has(family)) || ConditionLint.Exclude(first.Whole, second.Whole)) continue;
                findings.Add(new(LintKind.OverlappingExclusives, second.Id, "exclusive", new(
                    "Dapat terpenuhi bersama aturan eksklusif {0}; hanya {0} yang lalu berlaku.", "It can hold together with the exclusive rule {0}; then only {0} applies."), [first.Id.Value], first.Id));
            }
    }

    private static bool Blocks(LintedRule rule) => rule.ComesByItself && (rule.Rule.Exclusive || rule.Rule.StopAfter || rule.Compiled.GroupMode == GroupMode.First);

    /// <summary>Whatever makes a later rule apply makes an earlier one apply that keeps it away.</summary>
    private static void Shadows(LintedRule first, List<LintedRule> rules, List<LintFinding> findings)
    {
        foreach (var later in rules)
        {
            if (later == first || !KeepsAway(first, later) || !AlwaysChanges(first, later) || !Implies(later, first)) continue;
            findings.Add(new(LintKind.Shadowed, later.Id, "", new(
                "Aturan {0} selalu berlaku lebih dahulu dan menghalanginya.", "The rule {0} always applies first and keeps it away."), [first.Id.Value], first.Id));
        }
    }

    private static bool KeepsAway(LintedRule first, LintedRule later)
    {
        if (later.Compiled.GroupMode == GroupMode.BestOrder || first.Compiled.GroupMode == GroupMode.BestOrder) return false;
        var isEarlier = CompiledRule.CompareByOrder(first.Compiled, later.Compiled) < 0;
        if (first.Compiled.GroupMode == GroupMode.First && first.Rule.Group == later.Rule.Group) return isEarlier && SamePhase(first, later);
        var families = Families.Where(later.Compiled.Has).ToList();
        if (!families.TrueForAll(first.Compiled.Has)) return false;
        // Of two exclusive rules the first in order applies; one that is not exclusive always gives way.
        if (first.Rule.Exclusive) return isEarlier || !later.Rule.Exclusive;
        return first.Rule.StopAfter && isEarlier && SamePhase(first, later);
    }

    /// <summary>Rules act phase by phase: one that comes first in order may still act later.</summary>
    private static bool SamePhase(LintedRule first, LintedRule later) => first.Rule.Effects.Min(effect => effect.Phase) <= later.Rule.Effects.Min(effect => effect.Phase);

    /// <summary>The first rule takes something off wherever the later one could, or gives what always can be given.</summary>
    private static bool AlwaysChanges(LintedRule first, LintedRule later) => first.Rule.Effects.Any(effect => effect switch
    {
        PercentOffLines lines => Covers(lines.Scope, later),
        AmountOffEachUnit each => Covers(each.Scope, later),
        PercentOffOrder order => Covers(order.Scope, later),
        AmountOffOrder order => Covers(order.Scope, later),
        AmountOffScopeTotal total => Covers(total.Scope, later),
        FixedPoints points => points.Scope.IsEverything() || Covers(points.Scope, later),
        GiveVoucher or GiveBadge or Notify or AdvanceChallenge => true,
        _ => false,
    });

    private static bool Covers(Scope scope, LintedRule later) => scope.IsEverything() || later.Rule.Effects.All(effect => effect switch
    {
        ItemEffect item => Same(scope, item.Scope),
        OrderEffect order => Same(scope, order.Scope),
        EarningEffect earning => Same(scope, earning.Scope),
        _ => false,
    });

    private static bool Same(Scope one, Scope other) => Json.EngineJson.Write(one) == Json.EngineJson.Write(other);

    private static bool Implies(LintedRule later, LintedRule first)
    {
        if (later.Rule.Audience.Guests && !first.Rule.Audience.Guests) return false;
        if (first.Whole.IsAlways) return true;
        // What looks at totals may see other totals when its turn comes.
        return !later.Whole.IsAlways && (first.Compiled.Course == Conditions.Checking.Course.Steady || first.Rule.Exclusive || Same(first, later)) && ConditionLint.Implies(later.Whole, first.Whole);
    }

    private static bool Same(LintedRule first, LintedRule later) => first.Compiled.ConditionBasis == later.Compiled.ConditionBasis;

    /// <summary>In a group of which only the best counts, one that is never the best.</summary>
    private static void Dominated(List<LintedRule> rules, List<LintFinding> findings)
    {
        foreach (var group in rules.Where(rule => rule.Compiled.GroupMode == GroupMode.Best && rule.Rule.Effects.Count == 1).GroupBy(rule => rule.Rule.Group))
            foreach (var weak in group)
            {
                if (group.FirstOrDefault(strong => strong != weak && strong.ComesByItself && IsLess(weak.Rule.Effects[0], strong.Rule.Effects[0]) && Implies(weak, strong)) is not { } best) continue;
                findings.Add(new(LintKind.Shadowed, weak.Id, "group", new("Aturan {0} dari kelompok yang sama selalu lebih menguntungkan.", "The rule {0} of the same group is always worth more."), [best.Id.Value], best.Id));
            }
    }

    private static bool IsLess(Effect weak, Effect strong) => (weak, strong) switch
    {
        (PercentOffLines { MaxAmount: null, MaxUnitsPerLine: null } one, PercentOffLines { MaxAmount: null, MaxUnitsPerLine: null } other) => one.Percent < other.Percent && (other.Scope.IsEverything() || Same(one.Scope, other.Scope)),
        (PercentOffOrder { MaxAmount: null } one, PercentOffOrder { MaxAmount: null } other) => one.Percent < other.Percent && (other.Scope.IsEverything() || Same(one.Scope, other.Scope)),
        (AmountOffOrder one, AmountOffOrder other) => one.Amount < other.Amount && (other.Scope.IsEverything() || Same(one.Scope, other.Scope)),
        (FixedPoints one, FixedPoints other) => one.Points < other.Points && one.PerUnit == other.PerUnit && Same(one.Scope, other.Scope),
        (PointsMultiplier one, PointsMultiplier other) => one.Factor < other.Factor && one.Base == other.Base && Same(one.Scope, other.Scope),
        _ => false,
    };

    private static void Codes(IReadOnlyList<LintedRule> rules, List<LintFinding> findings)
    {
        var coded = rules.Where(rule => rule.Rule.Activation is { Kind: ActivationKind.SharedCode, Code: not null }).ToList();
        foreach (var clash in coded.GroupBy(rule => Alike(rule.Rule.Activation.Code!)).Where(clash => clash.Count() > 1))
        {
            var first = clash.First();
            foreach (var other in clash.Skip(1))
            {
                var isSame = string.Equals(first.Rule.Activation.Code, other.Rule.Activation.Code, StringComparison.OrdinalIgnoreCase);
                findings.Add(new(LintKind.CodeClash, other.Id, "activation.code", isSame
                    ? new("Kode {0} sudah dipakai aturan {1}.", "The code {0} is already that of the rule {1}.")
                    : new("Kode {0} mudah tertukar dengan kode aturan {1} ({2}).", "The code {0} is easily mistaken for that of the rule {1} ({2})."),
                    [other.Rule.Activation.Code!, first.Id.Value, first.Rule.Activation.Code!], first.Id));
            }
        }
    }

    /// <summary>What people read alike: letters that look like digits, dashes left out.</summary>
    private static string Alike(string code) => string.Concat(code.ToUpperInvariant().Where(letter => letter != '-').Select(letter => letter switch { 'O' => '0', 'I' or 'L' => '1', 'S' => '5', 'Z' => '2', 'B' => '8', _ => letter }));
}
