using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>
/// Looks for "what would make it apply": only where one thing that the customer can change suffices, and only when a decision
/// on the changed purchase or member confirms it. So many decisions are tried and no more.
/// </summary>
internal sealed class Hints
{
    private const int MostHints = 3;
    private const int MostTrials = 6;
    private const int MostTrialsOfMany = 3;
    private const int Many = 2_000;

    /// <summary>Of what is spent more, at least a hundredth must count.</summary>
    private const decimal MostTimesSpent = 100m;

    private readonly Situation _situation;
    private readonly Purchase _purchase;
    private readonly HintChanges _changes;
    private readonly int _mostTrials;
    private int _trials;

    private Hints(Situation situation, Purchase purchase) => (_situation, _purchase, _changes, _mostTrials) = (situation, purchase, new(situation, purchase), situation.Trigger.Rules.Length > Many ? MostTrialsOfMany : MostTrials);

    public static Decision Add(Decision decision, IReadOnlyList<Miss> nearest, Situation situation)
    {
        if (situation.Purchase is not { Lines.Count: > 0 and < Intake.MaxLines } purchase || nearest.Count == 0) return decision;
        var hints = new Hints(situation, purchase);
        var found = 0;
        var missed = decision.Explanation.Missed.ToArray();
        for (var index = 0; index < missed.Length && found < MostHints && hints._trials < hints._mostTrials; index++)
        {
            if (hints.For(missed[index], nearest[index]) is not { } hint) continue;
            missed[index] = missed[index] with { Hint = hint, ForCustomer = true };
            found++;
        }
        return found == 0 ? decision : decision with { Explanation = decision.Explanation with { Missed = missed } };
    }

    private Hint? For(MissedRule missed, Miss miss)
    {
        if (miss.Reason == MissReason.OutsideSchedule) return Confirmed(miss.Rule.Id, _changes.IntoSchedule(miss.Rule.Rule));
        if (!missed.ForCustomer || miss.Reason != MissReason.ConditionFailed || miss.Distance != 1 || miss.Rule.Condition is not { } condition) return null;
        foreach (var part in missed.Failed)
        {
            if (part.Negated || Parser.Parse(part.Text).Tree is not { } test) continue;
            var hint = HintChanges.AsksForMoney(test, part) ? Spend(miss.Rule, part) : Confirmed(miss.Rule.Id, _changes.For(test, part, condition.Vocabulary));
            if (hint is not null) return hint;
        }
        return null;
    }

    /// <summary>The first change of which a decision says that the rule then applies. A change may be tried in several ways: all must agree, and the least gain is told.</summary>
    private Hint? Confirmed(RuleId rule, IEnumerable<HintChange> changes)
    {
        foreach (var change in changes)
        {
            (long Points, decimal Discount)? least = null;
            foreach (var way in change.Ways)
            {
                if (_trials >= _mostTrials || Try(way.Member, way.Purchase).GainOf(rule) is not { } gain)
                {
                    least = null;
                    break;
                }
                least = least is { } known ? (Math.Min(known.Points, gain.Points), Math.Min(known.Discount, gain.Discount)) : gain;
            }
            if (least is { } sure) return new(change.Name, change.Needed, change.Missing, sure.Points, sure.Discount, change.Where);
        }
        return null;
    }

    /// <summary>Discounts may take part of what is added: what stays is reckoned with until the need is met.</summary>
    private Hint? Spend(CompiledRule rule, FailedPart part)
    {
        if (part is not { Needed: [{ Number: { } needed } target], Actual.Number: { } actual } || HintChanges.IsFar(needed, actual)) return null;
        var missing = needed - actual + (part.Operator == ">" ? _purchase.Currency.MinorUnit : 0m);
        var more = missing;
        while (_trials < _mostTrials && more > 0)
        {
            more = Up(more);
            if (more > Intake.MaxAmount) return null;
            var trial = Try(_situation.Member, _changes.WithLine(_changes.Another(more)));
            if (trial.GainOf(rule.Id) is { } gain) return new(part.Subject!, target, new(ExplainedKind.Money, Number: more), gain.Points, gain.Discount);
            if (trial.FailedParts(rule) is not [{ Needed: [{ Number: { } still }], Actual.Number: { } reached } same] || same.Text != part.Text || reached >= still) return null;
            var stayed = reached - (needed - missing);
            // When next to nothing of it stays, no sum helps.
            if (stayed * MostTimesSpent < more) return null;
            more = Math.Max(more + still - reached, missing * more / stayed);
        }
        return null;
    }

    private HintTrial Try(MemberSnapshot member, Purchase purchase)
    {
        _trials++;
        return new(_situation.With(member, purchase));
    }

    private decimal Up(decimal amount)
    {
        var rounded = _purchase.Currency.Round(amount);
        return rounded < amount ? rounded + _purchase.Currency.MinorUnit : rounded;
    }
}

/// <summary>A decision on what would be, without its paperwork.</summary>
internal sealed class HintTrial
{
    private readonly Run? _run;
    private readonly Candidates? _candidates;

    public HintTrial(Situation situation)
    {
        if (Intake.Check(situation.Activity, situation.Programme).Count > 0) return;
        (_run, _candidates, _) = Engine.Evaluate(situation);
    }

    /// <summary>What a rule gives; null when it does not apply.</summary>
    public (long Points, decimal Discount)? GainOf(RuleId rule)
    {
        var candidate = _run?.InOrder.FirstOrDefault(candidate => candidate.Rule.Id == rule);
        return candidate is not null && _run![candidate] is { Applied: true } outcome ? (outcome.Points, outcome.Discount) : null;
    }

    /// <summary>Every part of a rule's condition that failed; empty when something else stood in the way.</summary>
    public IReadOnlyList<FailedPart> FailedParts(CompiledRule rule)
    {
        if (_run is null || rule.Condition is not { } condition) return [];
        if (_candidates!.Verdicts[rule.Position].IsOutOfReach) return Explaining.PartsOf(condition, _run.Cart is { } cart ? _run.Facts.After(cart, _run.ChangesBefore(rule)) : _run.Facts.Initial);
        var candidate = _run.InOrder.FirstOrDefault(candidate => candidate.Rule == rule);
        return candidate is not null && _run[candidate].FailedOn is { } facts ? Explaining.PartsOf(condition, facts) : [];
    }
}
