using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Writes down why: every applied rule, the nearest that did not apply, counts of the rest.</summary>
internal static class Explaining
{
    private const int Nearest = 20;

    public static Decisions.Explanation Of(Run run, Candidates candidates)
    {
        var missed = new List<(MissedRule Missed, int Distance, decimal Gap)>();
        foreach (var candidate in run.InOrder)
            if (run.Outcomes[candidate] is { Applied: false } outcome) missed.Add(Missed(run.Situation, candidate, outcome));
        foreach (var (rule, reason) in candidates.Refused) missed.Add((Missed(run.Situation, rule, reason, null, []), Far(reason), 0m));
        missed.Sort((left, right) =>
        {
            var byDistance = left.Distance.CompareTo(right.Distance);
            if (byDistance != 0) return byDistance;
            var byGap = left.Gap.CompareTo(right.Gap);
            return byGap != 0 ? byGap : left.Missed.Rule.CompareTo(right.Missed.Rule);
        });
        return new()
        {
            Applied = [.. run.Applied.Select(candidate => Applied(candidate, run.Outcomes[candidate]))],
            Missed = [.. missed.Take(Nearest).Select(entry => entry.Missed)],
            Others = [.. missed.Skip(Nearest).GroupBy(entry => entry.Missed.Reason).OrderBy(group => group.Key).Select(group => new MissCount(group.Key, group.Count()))],
        };
    }

    private static AppliedRule Applied(Candidate candidate, Outcome outcome) => new()
    {
        Rule = candidate.Rule.Id,
        Version = candidate.Rule.Rule.Version,
        Name = candidate.Rule.Rule.Name,
        Steps = [.. outcome.Steps],
        Discount = outcome.Discount,
        Points = outcome.Points,
        Code = candidate.Code,
    };

    private static (MissedRule, int, decimal) Missed(Situation situation, Candidate candidate, Outcome outcome)
    {
        var reason = outcome.Reason ?? MissReason.NothingToChange;
        if (reason != MissReason.ConditionFailed || outcome.FailedOn is not { } facts || candidate.Rule.Condition is not { } condition)
            return (Missed(situation, candidate.Rule, reason, outcome.Because, []), Far(reason), 0m);
        var why = condition.Explain(facts);
        var parts = why.Failed.Select(test => Part(test, condition.Vocabulary)).ToList();
        return (Missed(situation, candidate.Rule, reason, null, parts), why.Distance, why.Failed.Select(GapOf).DefaultIfEmpty(1m).Max());
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

    private static decimal GapOf(TestOutcome test) =>
        test is { Kind: TestKind.Compare or TestKind.Between, Needed: [{ Type: FactType.Money or FactType.Number } needed, ..], Actual: { Type: FactType.Money or FactType.Number } actual }
            ? Math.Min(1m, Math.Abs(needed.Number - actual.Number) / Math.Max(1m, Math.Abs(needed.Number)))
            : 1m;

    private static MissedRule Missed(Situation situation, CompiledRule rule, MissReason reason, RuleId? because, IReadOnlyList<FailedPart> failed) => new()
    {
        Rule = rule.Id,
        Version = rule.Rule.Version,
        Name = rule.Rule.Name,
        Reason = reason,
        Failed = failed,
        Because = because,
        ForCustomer = IsForCustomer(situation, rule, reason, failed),
    };

    private static bool IsForCustomer(Situation situation, CompiledRule rule, MissReason reason, IReadOnlyList<FailedPart> failed) =>
        reason is not (MissReason.NotLive or MissReason.NotInAudience or MissReason.CodeNotGiven or MissReason.OutsideSchedule or MissReason.CodeOfAnother or MissReason.CodeUnknown)
        && (rule.Rule.Audience.Only is null || rule.Rule.Audience.Only == situation.Activity.Member)
        && failed.All(part => part.Subject != Fields.CustomerSegments.Name);

    private static FailedPart Part(TestOutcome test, Vocabulary vocabulary) => new(
        Printer.Print(test.Test),
        test.Subject switch { NameOperand name => name.Name, CounterOperand counter => counter.Key.ToString(), AggregateOperand aggregate => aggregate.Name.Name, _ => null },
        test.Kind switch
        {
            TestKind.In => "in",
            TestKind.Between => "between",
            TestKind.StartsWith => "starts with",
            TestKind.TodayIs => "today is",
            TestKind.Lines => "lines",
            _ => test.Operator switch
            {
                CompareOperator.Equal => "=",
                CompareOperator.NotEqual => "!=",
                CompareOperator.Less => "<",
                CompareOperator.LessOrEqual => "<=",
                CompareOperator.Greater => ">",
                _ => ">=",
            },
        },
        test.Negated,
        [.. test.Needed.Select(value => Value(value, test, vocabulary)).OfType<ExplainedValue>()],
        Value(test.Actual, test, vocabulary));

    private static ExplainedValue? Value(FactValue value, TestOutcome test, Vocabulary vocabulary)
    {
        var unit = test.Subject switch
        {
            NameOperand name => vocabulary.Find(name.Name)?.Unit,
            CounterOperand counter => counter.Key.Unit,
            AggregateOperand aggregate => vocabulary.Find(aggregate.Name.Name)?.Unit,
            _ => null,
        };
        return value.Type switch
        {
            FactType.Money => new(ExplainedKind.Money, Number: value.Number),
            FactType.Number => new(unit switch { FactUnit.Points => ExplainedKind.Points, FactUnit.Currency => ExplainedKind.Money, _ => ExplainedKind.Number }, Number: value.Number),
            FactType.Text or FactType.TextList or FactType.Path => new(ExplainedKind.Text, Text: string.Join(", ", value.Texts)),
            FactType.Date => new(ExplainedKind.Date, Date: value.Date),
            FactType.Flag => new(ExplainedKind.Flag, Number: value.Flag ? 1 : 0),
            FactType.Duration => new(ExplainedKind.Days, Number: value.Number / 1440m),
            _ => null,
        };
    }
}
