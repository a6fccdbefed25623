using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Matching;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>A rule that did not apply.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Reason">Why.</param>
/// <param name="Because">The rule that stood in the way.</param>
/// <param name="Distance">How far it is from applying, on the scale of failed tests.</param>
/// <param name="Gap">How far the values are from what is needed, in millionths.</param>
/// <param name="On">The facts on which its condition failed; null: those before any rule.</param>
internal readonly record struct Miss(CompiledRule Rule, MissReason Reason, RuleId? Because, int Distance, int Gap, Facts? On = null) : IComparable<Miss>
{
    public int CompareTo(Miss other) => Distance != other.Distance ? Distance.CompareTo(other.Distance)
        : Gap != other.Gap ? Gap.CompareTo(other.Gap) : Rule.Id.CompareTo(other.Rule.Id);
}

/// <summary>Collects the rules that did not apply: the nearest are kept, the rest counted by reason.</summary>
/// <param name="run">What the rules did.</param>
/// <param name="most">How many are kept.</param>
internal sealed class Misses(Run run, int most)
{
    /// <summary>How many a stored decision keeps.</summary>
    public const int Stored = 20;

    private readonly List<Miss> _nearest = new(Stored + 1);
    private readonly int[] _byReason = new int[Enum.GetValues<MissReason>().Length];

    /// <summary>The nearest, nearest first.</summary>
    public IReadOnlyList<Miss> Nearest() => _nearest;

    /// <summary>How many others there are for each reason.</summary>
    public IReadOnlyList<MissCount> Others(IReadOnlyList<Miss> without)
    {
        foreach (var miss in without) _byReason[(int)miss.Reason]--;
        return [.. Enum.GetValues<MissReason>().Where(reason => _byReason[(int)reason] > 0).Select(reason => new MissCount(reason, _byReason[(int)reason]))];
    }

    /// <summary>A candidate that did not apply in the run.</summary>
    public void Add(Candidate candidate, Outcome outcome)
    {
        var reason = outcome.Reason ?? MissReason.NothingToChange;
        if (reason != MissReason.ConditionFailed || outcome.FailedOn is not { } facts || candidate.Rule.Condition is not { } condition)
        {
            Keep(new(candidate.Rule, reason, outcome.Because, Far(reason), 0));
            return;
        }
        var why = condition.Explain(facts);
        Keep(new(candidate.Rule, reason, null, why.Distance, Gaps.Of(why.Failed), facts));
    }

    /// <summary>The rules that never came to the run.</summary>
    public void Add(Candidates candidates)
    {
        foreach (var (rule, reason) in candidates.RefusedVouchers) Keep(new(rule, reason, null, Far(reason), 0));
        var rules = run.Situation.Trigger.Rules;
        var later = new List<(int Changes, int Position)>();
        var atFirst = new List<int>();
        for (var position = 0; position < rules.Length; position++)
        {
            var verdict = candidates.Verdicts[position];
            if (verdict.Reason is { } reason) Keep(new(rules[position], reason, null, Far(reason), 0));
            else if (verdict.IsOutOfReach)
            {
                // What looks at totals is told the totals as they were when its turn came.
                if (run.ChangesBefore(rules[position]) is var changes and > 0) later.Add((changes, position));
                else atFirst.Add(position);
            }
        }
        if (atFirst.Count > 0)
        {
            using var judge = run.Situation.Trigger.On(run.Facts.Initial);
            foreach (var position in atFirst) Judge(judge, rules[position], null);
        }
        foreach (var group in later.GroupBy(rule => rule.Changes))
        {
            var facts = run.Facts.After(run.Cart!, group.Key);
            using var judge = run.Situation.Trigger.On(facts);
            foreach (var (_, position) in group) Judge(judge, rules[position], facts);
        }
    }

    private void Judge(in ConditionSet.Judge judge, CompiledRule rule, Facts? on)
    {
        var distance = judge.Distance(rule.Position);
        if (_nearest.Count == most && distance > _nearest[^1].Distance) _byReason[(int)MissReason.ConditionFailed]++;
        else Keep(new(rule, MissReason.ConditionFailed, null, distance, judge.Gap(rule.Position), on));
    }

    private void Keep(in Miss miss)
    {
        _byReason[(int)miss.Reason]++;
        if (_nearest.Count == most && miss.CompareTo(_nearest[^1]) >= 0) return;
        var at = _nearest.BinarySearch(miss);
        _nearest.Insert(at < 0 ? ~at : at, miss);
        if (_nearest.Count > most) _nearest.RemoveAt(most);
    }

    /// <summary>How far a reason is from applying, on the scale of failed tests.</summary>
    private static int Far(MissReason reason) => reason switch
    {
        MissReason.OtherOfGroup or MissReason.ExclusiveApplied or MissReason.Stopped or MissReason.NothingToChange or MissReason.OutOfStock => 1,
        MissReason.CapReached or MissReason.BudgetExceeded or MissReason.LimitReached or MissReason.Exhausted => 1,
        MissReason.CodeUsed or MissReason.CodeOfAnother or MissReason.CodeNotValid => 1,
        MissReason.CodeNotGiven or MissReason.OutsideSchedule or MissReason.NotInAudience => 50,
        _ => 100,
    };
}
