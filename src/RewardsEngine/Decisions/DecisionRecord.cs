using RewardsEngine.Activities;
using RewardsEngine.Json;
using RewardsEngine.Members;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions;

/// <summary>A decision with everything that it read, so that it can be replayed to zero difference.</summary>
/// <param name="RuleSetVersion">The rule set that decided.</param>
/// <param name="Member">The member as read.</param>
/// <param name="Activity">What happened.</param>
/// <param name="Resources">What was left of budgets, codes and stock.</param>
/// <param name="Decision">What was decided.</param>
public sealed record DecisionRecord(long RuleSetVersion, MemberSnapshot Member, Activity Activity, Resources Resources, Decision Decision)
{
    /// <summary>The version of the stored form; raised when a field changes its meaning.</summary>
    public int Form { get; init; } = CurrentForm;

    /// <summary>The form that is written now.</summary>
    public const int CurrentForm = 1;

    /// <summary>Decides again with the recorded inputs; null when the outcome is the same to the byte, the new decision otherwise.</summary>
    /// <exception cref="ArgumentException">The rule set is not the one that decided, or the form is newer than this program.</exception>
    public Decision? Differs(CompiledRuleSet rules)
    {
        if (Form > CurrentForm) throw new ArgumentException($"The record has form {Form}; this program knows {CurrentForm}.", nameof(rules));
        if (rules.Version != RuleSetVersion) throw new ArgumentException($"The record needs rule set {RuleSetVersion}, not {rules.Version}.", nameof(rules));
        var again = Engine.Decide(rules, Member, Activity, Resources);
        return EngineJson.Write(again) == EngineJson.Write(Decision) ? null : again;
    }
}
