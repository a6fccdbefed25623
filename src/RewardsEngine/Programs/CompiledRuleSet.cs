using System.Collections.Frozen;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Values;

namespace RewardsEngine.Programs;

/// <summary>A rule set, checked and ready to decide. Immutable; shared by all callers.</summary>
public sealed class CompiledRuleSet
{
    private readonly FrozenDictionary<string, TriggerRules> _byTrigger;
    private readonly FrozenDictionary<string, Vocabulary> _vocabularies;
    private readonly FrozenDictionary<string, GroupMode> _groups;

    private CompiledRuleSet(RuleSet source, TimeZoneInfo zone, FrozenDictionary<string, Vocabulary> vocabularies, IEnumerable<CompiledRule> rules)
    {
        Source = source;
        Zone = zone;
        _vocabularies = vocabularies;
        _groups = source.Programme.Groups.ToFrozenDictionary(group => group.Name, group => group.Mode, StringComparer.Ordinal);
        _byTrigger = rules.GroupBy(rule => rule.Rule.Trigger, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => new TriggerRules(Sorted(group), vocabularies[group.Key]), StringComparer.Ordinal);
    }

    /// <summary>What it was made from.</summary>
    public RuleSet Source { get; }

    /// <summary>The programme.</summary>
    public Programme Programme => Source.Programme;

    /// <summary>The number recorded with every decision.</summary>
    public long Version => Source.Version;

    /// <summary>The programme's zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The rules that answer an activity, in the order of evaluation.</summary>
    public IReadOnlyList<CompiledRule> For(string activityType) => _byTrigger.GetValueOrDefault(activityType)?.Rules ?? [];

    /// <summary>The counters that the conditions on an activity read: the snapshot's histories must reach back that far.</summary>
    public IReadOnlyList<CounterKey> CountersFor(string activityType) =>
        _byTrigger.GetValueOrDefault(activityType)?.Counters ?? [];

    /// <summary>The names that conditions on an activity may use.</summary>
    public Vocabulary VocabularyOf(string activityType) =>
        _vocabularies.GetValueOrDefault(activityType) ?? VocabularyFor(Programme, activityType);

    internal TriggerRules On(string activityType) => _byTrigger.GetValueOrDefault(activityType) ?? new([], VocabularyOf(activityType));

    private static CompiledRule[] Sorted(IEnumerable<CompiledRule> rules)
    {
        var sorted = rules.ToArray();
        Array.Sort(sorted, CompiledRule.CompareByOrder);
        return sorted;
    }

    internal GroupMode ModeOf(string? group) => group is null ? GroupMode.All : _groups.GetValueOrDefault(group, GroupMode.All);

    /// <summary>From so many rules on, they are compiled on all processors.</summary>
    private const int ManyRules = 256;

    /// <summary>Checks and compiles. Nothing is compiled when there is a fault.</summary>
    public static CompileResult Compile(RuleSet source)
    {
        var faults = new List<RuleFault>(RuleChecks.Of(source.Programme));
        foreach (var twice in source.Rules.GroupBy(rule => rule.Id).Where(group => group.Count() > 1))
            faults.Add(new(twice.Key, "id", Faults.Twice(twice.Key.Value)));
        if (faults.Count > 0) return new(null, faults);

        var vocabularies = source.Rules.Select(rule => rule.Trigger).Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(trigger => trigger, trigger => VocabularyFor(source.Programme, trigger), StringComparer.Ordinal);
        var modes = source.Programme.Groups.ToDictionary(group => group.Name, group => group.Mode, StringComparer.Ordinal);
        var compiled = new CompiledRule[source.Rules.Count];
        var faultsOf = new IEnumerable<RuleFault>[compiled.Length];
        void Compile(int index)
        {
            var rule = source.Rules[index];
            (var condition, faultsOf[index]) = RuleChecks.Of(rule, source.Programme, vocabularies[rule.Trigger]);
            var mode = rule.Group is { } group ? modes.GetValueOrDefault(group, GroupMode.All) : GroupMode.All;
            compiled[index] = new(rule, condition, mode, source.Programme.Reckoning.Basis);
        }
        if (compiled.Length < ManyRules)
            for (var index = 0; index < compiled.Length; index++) Compile(index);
        else Parallel.For(0, compiled.Length, Compile);
        foreach (var found in faultsOf) faults.AddRange(found);
        faults.AddRange(RuleChecks.OfGroups(source));
        return faults.Count > 0 ? new(null, faults) : new(new(source, TimeZoneInfo.FindSystemTimeZoneById(source.Programme.Zone), vocabularies, compiled), []);
    }

    internal static Vocabulary VocabularyFor(Programme programme, string trigger) =>
        new(programme.Currency, SchemaOf(programme, trigger), programme.Consents);

    internal static EventSchema SchemaOf(Programme programme, string trigger) =>
        trigger.StartsWith(ActivityTypes.CustomPrefix, StringComparison.Ordinal)
            ? new(trigger, programme.CustomActivities.FirstOrDefault(custom => ActivityTypes.CustomPrefix + custom.Name == trigger)?.Fields ?? [])
            : EventSchema.Of(trigger);
}

/// <summary>What compiling gave.</summary>
/// <param name="Rules">The compiled rule set; null when there are faults.</param>
/// <param name="Faults">Everything that is wrong.</param>
public sealed record CompileResult(CompiledRuleSet? Rules, IReadOnlyList<RuleFault> Faults)
{
    /// <summary>Whether there is a rule set.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Rules))]
    public bool Ok => Rules is not null;
}
