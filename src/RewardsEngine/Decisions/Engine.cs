using RewardsEngine.Activities;
using RewardsEngine.Decisions.Evaluation;
using RewardsEngine.Members;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions;

/// <summary>Decides what an activity leads to. A pure function: the same inputs give the same decision on any machine.</summary>
public static class Engine
{
    /// <summary>Decides an activity. A quote for a cart is the same call; nothing here acts or stores.</summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="member">The member as read with it; <see cref="MemberSnapshot.Guest"/> when the activity names none.</param>
    /// <param name="activity">What happened, within the bounds of <see cref="Intake"/>.</param>
    /// <param name="resources">What is left of budgets, codes and stock.</param>
    /// <exception cref="ArgumentException">The activity is outside the bounds of <see cref="Intake"/>.</exception>
    public static Decision Decide(CompiledRuleSet rules, MemberSnapshot member, Activity activity, Resources resources)
    {
        Check(rules, activity);
        var situation = new Situation(rules, member, activity, resources);
        var (run, candidates, awards) = Evaluate(situation);
        var explanation = Explaining.Of(run, candidates, out var nearest);
        return Hints.Add(Results.Of(run, candidates, awards, explanation), nearest, situation);
    }

    /// <summary>
    /// Why, for every rule that answers the activity: what a stored decision keeps of the nearest rules only, rebuilt when
    /// somebody asks. Without hints.
    /// </summary>
    /// <param name="rules">The rule set that decided.</param>
    /// <param name="member">The member as read then.</param>
    /// <param name="activity">What happened.</param>
    /// <param name="resources">What was left then.</param>
    /// <exception cref="ArgumentException">The activity is outside the bounds of <see cref="Intake"/>.</exception>
    public static Explanation Trace(CompiledRuleSet rules, MemberSnapshot member, Activity activity, Resources resources)
    {
        Check(rules, activity);
        var (run, candidates, _) = Evaluate(new(rules, member, activity, resources));
        return Explaining.Of(run, candidates, out _, int.MaxValue);
    }

    /// <summary>Decides without explanation and hints, when only the outcome counts.</summary>
    internal static Decision DecideOnce(CompiledRuleSet rules, MemberSnapshot member, Activity activity, Resources resources)
    {
        Check(rules, activity);
        var (run, candidates, awards) = Evaluate(new(rules, member, activity, resources));
        return Results.Of(run, candidates, awards, new());
    }

    /// <summary>Lets the rules act.</summary>
    internal static (Run Run, Candidates Candidates, IReadOnlyList<Award> Awards) Evaluate(Situation situation)
    {
        var facts = new FactsOf(situation);
        var candidates = new Candidates(situation, facts);
        var run = Search.TakeDiscounts(situation, facts, candidates.Ready);
        var awards = situation.IsGuest ? [] : Earning.Run(run);
        Others.Run(run);
        return (run, candidates, awards);
    }

    private static void Check(CompiledRuleSet rules, Activity activity)
    {
        if (Intake.Check(activity, rules.Programme) is [var first, ..]) throw new ArgumentException($"{first.Path}: {first.Message.En}", nameof(activity));
    }

    /// <summary>Decides a refund by what its sale gave at the rule versions of the sale; conditions are not looked at again.</summary>
    /// <param name="programme">The programme in force: how returns are reckoned.</param>
    /// <param name="sale">The sale and what came back of it before; null when none matches.</param>
    /// <param name="refund">What comes back.</param>
    public static RefundDecision DecideRefund(Programme programme, Sale? sale, Refund refund) => Refunds.Decide(programme, sale, refund);
}
