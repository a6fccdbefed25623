using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Writes down why: every applied rule, the nearest that did not apply, counts of the rest.</summary>
internal static class Explaining
{
    public static Decisions.Explanation Of(Run run, Candidates candidates, out IReadOnlyList<Miss> nearest, int most = Evaluation.Misses.Stored)
    {
        var misses = Misses(run, candidates, most);
        nearest = misses.Nearest();
        return new()
        {
            Applied = [.. run.Applied.Select(candidate => Applied(candidate, run[candidate]))],
            Missed = [.. nearest.Select(miss => Of(run, miss))],
            Others = misses.Others(nearest),
        };
    }

    private static Misses Misses(Run run, Candidates candidates, int most)
    {
        var misses = new Misses(run, most);
        foreach (var candidate in run.InOrder)
            if (run[candidate] is { Applied: false } outcome) misses.Add(candidate, outcome);
        misses.Add(candidates);
        return misses;
    }

    private static MissedRule Of(Run run, Miss miss)
    {
        if (miss.Reason != MissReason.ConditionFailed || miss.Rule.Condition is not { } condition) return Missed(run.Situation, miss.Rule, miss.Reason, miss.Because, []);
        return Missed(run.Situation, miss.Rule, miss.Reason, null, PartsOf(condition, miss.On ?? run.Facts.Initial));
    }

    /// <summary>Every part of a condition that failed.</summary>
    internal static IReadOnlyList<FailedPart> PartsOf(Condition condition, Facts facts) => [.. condition.Explain(facts).Failed.Select(test => Part(test, condition.Vocabulary))];

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
