using Complaints.Calendars;
using Complaints.Cases;

namespace Complaints.Timing;

/// <summary>One escalation that will fire, or should have.</summary>
/// <param name="Level">The level.</param>
/// <param name="Clock">The run of the clock it follows.</param>
/// <param name="At">The offset in working time from the due date, pauses included in the due date.</param>
/// <param name="FiresAt">The same, or the next opening when the level waits for working hours.</param>
public sealed record PlannedEscalation(EscalationLevel Level, ClockId Clock, DateTime At, DateTime FiresAt);

/// <summary>Which escalation levels a case has ahead of it.</summary>
public static class Escalations
{
    /// <summary>The levels that have not fired yet on open clocks that have a due date, soonest first.</summary>
    public static IReadOnlyList<PlannedEscalation> Of(Case @case, IReadOnlyList<ClockReading> clocks, ServicePolicy policy, WorkingCalendar calendar)
    {
        var raised = @case.History.OfType<EscalationRaised>().Select(e => (e.Clock, e.Level)).ToHashSet();
        var planned =
            from clock in clocks
            where clock.IsOpen && clock.Due is not null
            from level in policy.Escalations
            where level.Clock == clock.Kind && !raised.Contains((clock.Id, level.Key)) && Applies(level.Condition, @case)
            let at = Latest(calendar.Shift(clock.Due!.Value, level.Offset), clock.StartedAt)
            let fires = level.WaitsForWorkingHours ? calendar.NextWorking(at) : at
            orderby fires, level.Key
            select new PlannedEscalation(level, clock.Id, at, fires);
        return [.. planned];
    }

    private static bool Applies(EscalationCondition condition, Case @case) => condition switch
    {
        EscalationCondition.Unassigned => @case.Assignee is null,
        EscalationCondition.HighPriority => @case.Priority is Priority.Immediate or Priority.High,
        _ => true,
    };

    // A level further ahead of the due date than the clock is long fires at the start.
    private static DateTime Latest(DateTime a, DateTime b) => a > b ? a : b;
}
