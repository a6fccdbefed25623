namespace Complaints.Calendars;

/// <summary>A working calendar as people write and store it. A change (a holiday moved by decree) is a new version.</summary>
/// <param name="Id">Permanent key, for example <c>jakarta-office</c>.</param>
/// <param name="Version">1 for the first, growing by one.</param>
/// <param name="Zone">The IANA time zone whose local times the hours are.</param>
/// <param name="Week">Opening hours by weekday, several a day; missing days are closed.</param>
/// <param name="Holidays">Local dates on which nobody works.</param>
public sealed record CalendarDefinition(
    string Id,
    int Version,
    string Zone,
    IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> Week,
    IReadOnlyList<Holiday> Holidays);

/// <summary>Why a calendar cannot be saved.</summary>
public enum CalendarRefusal
{
    /// <summary>No day of the week has any working time.</summary>
    NoWorkingTime,
    /// <summary>The time zone is not known on this machine.</summary>
    UnknownZone,
    /// <summary>An interval is empty, turned round or leaves its day.</summary>
    InvalidInterval,
}

/// <summary>A search found no working time within <see cref="WorkingCalendar.HorizonDays"/> days.</summary>
/// <param name="message">What was looked for.</param>
public sealed class CalendarHorizonException(string message) : Exception(message);
