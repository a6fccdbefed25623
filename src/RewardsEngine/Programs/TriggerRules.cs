using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Matching;

namespace RewardsEngine.Programs;

/// <summary>The rules that answer one activity, in the order of evaluation, with what all decisions on it share.</summary>
internal sealed class TriggerRules
{
    private readonly ConditionSet _conditions;

    public TriggerRules(CompiledRule[] rules, Vocabulary vocabulary)
    {
        Rules = rules;
        Vocabulary = vocabulary;
        for (var position = 0; position < rules.Length; position++) rules[position].Position = position;
        Counters = [.. rules.SelectMany(rule => rule.Condition is { } condition ? condition.Counters : []).Distinct()];
        _conditions = new([.. rules.Select(rule => rule.Condition)], vocabulary);
    }

    /// <summary>By position.</summary>
    public CompiledRule[] Rules { get; }

    public Vocabulary Vocabulary { get; }

    public CounterKey[] Counters { get; }

    /// <summary>Which conditions hold, by position.</summary>
    public bool[] Holding(Facts facts) => _conditions.Holding(facts);

    /// <summary>A judge of how far conditions are from holding; to be disposed.</summary>
    public ConditionSet.Judge On(Facts facts) => _conditions.On(facts);
}
