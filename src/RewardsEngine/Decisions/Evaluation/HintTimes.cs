using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Changes of the time of a purchase: another day, a later hour. Not further ahead than people plan.</summary>
internal sealed class HintTimes(Situation situation, Purchase purchase)
{
    private const int MostDays = 31;

    public IEnumerable<HintChange> For(Expr test, FailedPart part) => test switch
    {
        CompareExpr { Left: NameOperand { Name: "now.hour" }, Right: NumberLiteral hour, Operator: CompareOperator.GreaterOrEqual or CompareOperator.Equal } => Hour(hour.Value),
        BetweenExpr { Value: NameOperand { Name: "now.hour" }, Low: NumberLiteral hour } => Hour(hour.Value),
        CompareExpr { Left: NameOperand { Name: "now.date" }, Right: DateLiteral day, Operator: CompareOperator.GreaterOrEqual or CompareOperator.Equal } => Day(day.Value),
        CompareExpr { Left: NameOperand { Name: "now.date" }, Right: DateLiteral day, Operator: CompareOperator.Greater } => Day(day.Value.AddDays(1)),
        BetweenExpr { Value: NameOperand { Name: "now.date" }, Low: DateLiteral day } => Day(day.Value),
        InExpr { Value: NameOperand { Name: "now.date" } } days => Day(days.List.OfType<DateLiteral>().Select(day => day.Value).Where(day => day > situation.Today).DefaultIfEmpty().Min()),
        TodayInExpr range => Day(range.From.Value),
        TodayIsExpr { Name.Name: "customer.birthday" } when situation.Member.BirthDate is not null => Days(day => situation.Member.BirthDate is { } born && day.Month == born.Month && day.Day == born.Day),
        _ => [],
    };

    public IEnumerable<HintChange> Weekday(IReadOnlyList<string> weekdays) => Days(day => weekdays.Contains(day.DayOfWeek.ToString().ToLowerInvariant()));

    /// <summary>A rule that runs these days, on another weekday or later today. One that has not begun is nobody's business yet.</summary>
    public IEnumerable<HintChange> IntoSchedule(Rule rule)
    {
        var schedule = rule.Schedule;
        if (situation.Today < schedule.From || situation.Today > schedule.To || rule.Audience.Only is not null) return [];
        if (schedule.Weekdays.Count > 0 && !schedule.Weekdays.Contains(situation.Today.DayOfWeek))
            return Days(day => schedule.Weekdays.Contains(day.DayOfWeek) && !(day > schedule.To));
        return schedule.FromTime is { Minute: 0 } from ? Hour(from.Hour) : [];
    }

    private IEnumerable<HintChange> Days(Func<DateOnly, bool> fits) =>
        Day(Enumerable.Range(1, MostDays).Select(ahead => situation.Today.AddDays(ahead)).Where(fits).FirstOrDefault());

    private IEnumerable<HintChange> Day(DateOnly day)
    {
        if (day <= situation.Today || day > situation.Today.AddDays(MostDays)) yield break;
        if (At(day.ToDateTime(TimeOnly.FromDateTime(situation.Local))) is { } moment)
            yield return new(Fields.NowDate.Name, new(ExplainedKind.Date, Date: day), null, null, [(situation.Member, purchase with { OccurredAt = moment })]);
    }

    private IEnumerable<HintChange> Hour(decimal hour)
    {
        if (hour <= situation.Local.Hour || hour > 23 || hour != decimal.Truncate(hour)) yield break;
        if (At(situation.Today.ToDateTime(new TimeOnly((int)hour, 0))) is { } moment)
            yield return new(Fields.NowHour.Name, new(ExplainedKind.Number, Number: hour), null, null, [(situation.Member, purchase with { OccurredAt = moment })]);
    }

    private DateTime? At(DateTime local) => situation.Rules.Zone.IsInvalidTime(local) ? null : TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), situation.Rules.Zone);
}
