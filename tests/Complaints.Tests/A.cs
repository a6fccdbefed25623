using Complaints.Calendars;
using Complaints.Cases;
using Complaints.Timing;

namespace Complaints.Tests;

/// <summary>Builders with defaults that a test changes only where it matters.</summary>
internal static class A
{
    public static readonly Actor Agent = Actor.Agent("agent-1");
    public static readonly Actor OtherAgent = Actor.Agent("agent-2");
    public static readonly Actor Manager = Actor.Manager("manager-1");
    public static readonly Actor Customer = Actor.Customer();
    public static readonly Assessment OrdinaryAssessment = new(Severity.Moderate, false, Impact.One, Urgency.CanWait);

    public static CalendarDefinition Definition(string hours = "09:00-17:00", string zone = "Asia/Jakarta", string days = "Mon Tue Wed Thu Fri", int version = 1, params string[] holidays) => new(
        "office", version, zone,
        days.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(Day, _ => (IReadOnlyList<WorkingInterval>)[.. hours.Split(' ').Select(Interval)]),
        [.. holidays.Select(h => new Holiday(DateOnly.Parse(h, System.Globalization.CultureInfo.InvariantCulture), ""))]);

    public static WorkingCalendar Calendar(string hours = "09:00-17:00", string zone = "Asia/Jakarta", string days = "Mon Tue Wed Thu Fri", int version = 1, params string[] holidays) =>
        WorkingCalendar.From(Definition(hours, zone, days, version, holidays));

    public static WorkingInterval Interval(string text) => WorkingInterval.TryParse(text, out var interval) ? interval : throw new ArgumentException(text);

    public static DateTime Time(string local) => DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);

    public static DateTime At(this WorkingCalendar calendar, string local) => calendar.ToUtc(Time(local));

    public static string Local(this WorkingCalendar calendar, DateTime? utc) =>
        utc is { } at ? calendar.ToLocal(at).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : "none";

    public static Decision Decision(Outcome outcome = Outcome.Upheld, string rootCause = "waiting-time", string? approvedBy = null, params Remedy[] remedies) =>
        new([new(1, outcome, "We kept you waiting.")], remedies, rootCause, approvedBy);

    private static DayOfWeek Day(string name) => Enum.GetValues<DayOfWeek>().Single(d => d.ToString().StartsWith(name, StringComparison.Ordinal));
}
