using Complaints.Calendars;

namespace Complaints.Tests.Simulation;

/// <summary>
/// Which minutes are working minutes, found by looking at the wall clock of every single minute. Shares no code with the
/// library's calendar: it reads the definition and asks the time zone for the local time, nothing else.
/// </summary>
internal sealed class MinuteTable
{
    private const int MinutesADay = 1440;
    private readonly DateTime[] _wall;
    private readonly CalendarDefinition _definition;
    private readonly bool[] _working;

    public MinuteTable(CalendarDefinition definition, DateTime origin, DateTime[] wall)
    {
        (Origin, _wall, _definition) = (origin, wall, definition);
        _working = new bool[_wall.Length];
        for (var date = _wall[0].Date.AddDays(-1); date <= _wall[^1].Date; date = date.AddDays(1))
        {
            if (definition.Holidays.Any(h => h.Date == DateOnly.FromDateTime(date))) continue;
            foreach (var interval in definition.Week.GetValueOrDefault(date.DayOfWeek) ?? [])
                _working.AsSpan(FirstShowing(date.AddMinutes(interval.From))..FirstShowing(date.AddMinutes(interval.To))).Fill(true);
        }
    }

    /// <summary>What the wall clock of a zone shows in every minute from an instant on.</summary>
    public static DateTime[] WallClock(string zone, DateTime origin, int days)
    {
        var found = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return [.. Enumerable.Range(0, days * MinutesADay).Select(m => TimeZoneInfo.ConvertTimeFromUtc(origin.AddMinutes(m), found))];
    }

    public DateTime Origin { get; }

    public DateTime At(int minute) => Origin.AddMinutes(minute);

    public bool Works(int minute) => _working[minute];

    /// <summary>Steps forward minute by minute until the target is used up; null while an open pause holds it.</summary>
    public int? Due(int start, int target, IReadOnlyList<(int From, int? To)> pauses)
    {
        for (var (minute, used) = (start, 0); ; minute++)
        {
            if (used == target) return minute;
            var paused = false;
            foreach (var (from, to) in pauses)
            {
                if (minute < from) continue;
                if (to is null) return null;
                if (minute < to) paused = true;
            }
            if (!paused && _working[minute]) used++;
        }
    }

    /// <summary>Steps backwards minute by minute.</summary>
    public int Before(int end, int minutes)
    {
        var minute = end;
        for (var used = 0; used < minutes; minute--)
            if (_working[minute - 1]) used++;
        return minute;
    }

    /// <summary>Walks from day to day: the minute at which the wall clock first shows the same time on the so-manieth day with opening hours.</summary>
    public int WorkingDaysLater(int start, int days)
    {
        var date = _wall[start].Date;
        while (days > 0)
        {
            date = date.AddDays(1);
            var closed = _definition.Holidays.Any(h => h.Date == DateOnly.FromDateTime(date)) || !_definition.Week.TryGetValue(date.DayOfWeek, out var hours) || hours.Count == 0;
            if (!closed) days--;
        }
        return FirstShowing(date + _wall[start].TimeOfDay);
    }

    public int WorkingMinutes(int from, int to)
    {
        var count = 0;
        for (var minute = from; minute < to; minute++)
            if (_working[minute]) count++;
        return count;
    }

    private int FirstShowing(DateTime wall)
    {
        // No zone is more than two days from UTC: nothing before that can be the first.
        var minute = Math.Max(0, (int)(wall - Origin).TotalMinutes - 2 * MinutesADay);
        while (minute < _wall.Length && _wall[minute] < wall) minute++;
        return minute;
    }
}
