using Complaints.Calendars;
using Complaints.Cases;

namespace Complaints.Timing;

/// <summary>
/// The clocks of a case as a pure function of its history, a policy and a calendar. Open clocks are measured by the
/// rules given; stopped and breached ones keep the due date that the history recorded.
/// </summary>
public static class Clocks
{
    /// <summary>All runs of all clocks, in the order in which they started.</summary>
    /// <param name="history">The events of one case, in order.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="calendar">The calendar in force.</param>
    /// <param name="asOf">The moment of reading, not before the last event.</param>
    /// <exception cref="CalendarHorizonException">A due date lies beyond the calendar's horizon.</exception>
    public static IReadOnlyList<ClockReading> Of(IReadOnlyList<CaseEvent> history, ServicePolicy policy, WorkingCalendar calendar, DateTime asOf)
    {
        var priority = history.OfType<CaseAssessed>().LastOrDefault()?.Assessment.Prioritise().Priority
            ?? history.OfType<CaseRouted>().LastOrDefault(r => r.Priority is not null)?.Priority
            ?? Priority.Normal;
        var targets = policy.TargetsFor(history.OfType<CaseSubmitted>().FirstOrDefault()?.Category, priority);
        return [.. ClockRun.Of(history).Select(run => Read(run, Target(run, targets), calendar, asOf))];
    }

    /// <summary>All runs of all clocks of a case.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{CaseEvent}, ServicePolicy, WorkingCalendar, DateTime)"/>
    public static IReadOnlyList<ClockReading> Of(Case @case, ServicePolicy policy, WorkingCalendar calendar, DateTime asOf) => Of(@case.History, policy, calendar, asOf);

    /// <summary>The soonest due date among the open clocks, for the queue; null when all stand still or are stopped.</summary>
    public static DateTime? NextDue(IEnumerable<ClockReading> clocks) => clocks.Where(c => c.IsOpen).Min(c => c.Due);

    private static TimeSpan Target(ClockRun run, ClockTargets targets) => run.Id.Kind switch
    {
        ClockKind.Acknowledge => targets.Acknowledge,
        ClockKind.FirstReply => targets.FirstReply,
        ClockKind.NextReply => targets.NextReply,
        _ => run.SecondReview ? targets.SecondReview : targets.Decision,
    };

    private static ClockReading Read(ClockRun run, TimeSpan target, WorkingCalendar calendar, DateTime asOf)
    {
        var due = run.Breach is not null ? run.Breach.Due
            : run.Stop is not null ? run.Stop.Due
            : calendar.Due(run.StartedAt, target, run.Pauses);
        var until = run.StoppedAt ?? asOf;
        var late = run.Breach is not null || run.Stop is null && due < until;
        var pausedSince = run.StoppedAt is null && run.Pauses is [.., { To: null } pause] ? pause.From : (DateTime?)null;
        var status = late ? ClockStatus.Breached
            : run.StoppedAt is not null ? run.EndedWithCase ? ClockStatus.Ended : ClockStatus.Met
            : pausedSince is not null ? ClockStatus.Paused : ClockStatus.Running;
        var paused = run.Pauses.Aggregate(TimeSpan.Zero, (sum, p) => sum + calendar.WorkingTimeBetween(p.From, p.To ?? until));
        var remaining = run.StoppedAt is not null ? TimeSpan.Zero
            : due is { } date ? calendar.WorkingTimeBetween(asOf, date)
            : target - calendar.WorkingTimeBetween(run.StartedAt, asOf, run.Pauses);
        return new(run.Id, status, run.StartedAt, target, due, run.StoppedAt, pausedSince, paused, remaining, run.Pauses, run.Breach is not null);
    }
}
