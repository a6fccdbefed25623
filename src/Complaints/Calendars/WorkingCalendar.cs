using System.Collections.Frozen;

namespace Complaints.Calendars;

/// <summary>
/// Opening hours of one zone, and arithmetic in working time. Working time is real elapsed time within the hours, so a
/// day on which the clocks change is longer or shorter. All instants are UTC. Every search ends after
/// <see cref="HorizonDays"/> days.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>How many local days a search looks at before it gives up: twenty years.</summary>
    public const int HorizonDays = 7305;

    private readonly WorkingInterval[][] _week;
    private readonly FrozenSet<DateOnly> _holidays;

    private WorkingCalendar(CalendarDefinition definition, TimeZoneInfo zone, WorkingInterval[][] week)
    {
        Definition = definition;
        Zone = zone;
        _week = week;
        _holidays = definition.Holidays.Select(h => h.Date).ToFrozenSet();
    }

    /// <summary>What it was made from.</summary>
    public CalendarDefinition Definition { get; }

    /// <summary>The zone of the hours.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The permanent key.</summary>
    public string Id => Definition.Id;

    /// <summary>The version.</summary>
    public int Version => Definition.Version;

    /// <summary>Checks a definition and makes the calendar. Overlapping intervals of a day count once.</summary>
    public static bool TryCreate(CalendarDefinition definition, out WorkingCalendar calendar, out CalendarRefusal refusal)
    {
        calendar = null!;
        refusal = default;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(definition.Zone, out var zone)) return Refuse(CalendarRefusal.UnknownZone, out refusal);
        var week = new WorkingInterval[7][];
        for (var day = DayOfWeek.Sunday; day <= DayOfWeek.Saturday; day++)
        {
            var hours = definition.Week.GetValueOrDefault(day) ?? [];
            if (hours.Any(i => !i.IsValid)) return Refuse(CalendarRefusal.InvalidInterval, out refusal);
            week[(int)day] = Union(hours);
        }
        if (week.All(d => d.Length == 0)) return Refuse(CalendarRefusal.NoWorkingTime, out refusal);
        calendar = new(definition, zone, week);
        return true;
    }

    /// <summary>As <see cref="TryCreate"/>, for definitions already checked when they were saved.</summary>
    /// <exception cref="ArgumentException">The definition is refused.</exception>
    public static WorkingCalendar From(CalendarDefinition definition) => TryCreate(definition, out var calendar, out var refusal)
        ? calendar
        : throw new ArgumentException($"The calendar '{definition.Id}' version {definition.Version} is refused: {refusal}.", nameof(definition));

    /// <summary>The instant of a local time: the first occurrence when ambiguous, the next that exists when skipped.</summary>
    public DateTime ToUtc(DateTime local) => ZoneClock.ToUtc(Zone, local);

    /// <summary>The local time of an instant.</summary>
    public DateTime ToLocal(DateTime utc) => ZoneClock.ToLocal(Zone, utc);

    /// <summary>Whether somebody works at this instant (the closing moment itself is outside).</summary>
    public bool IsWorking(DateTime utc) => Forward(utc).First() is var open && open.From <= utc;

    /// <summary>This instant when somebody works at it, otherwise the next opening.</summary>
    public DateTime NextWorking(DateTime utc) => Forward(utc).First() is var open && open.From > utc ? open.From : utc;

    /// <summary>
    /// The earliest instant by which the working time has passed: a duration that ends exactly at closing ends at
    /// closing, not at the next opening; no duration ends at its start.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    /// <exception cref="CalendarHorizonException">It does not pass within the horizon.</exception>
    public DateTime Add(DateTime start, TimeSpan working) => Due(start, working, []) ?? throw new InvalidOperationException("A clock without pauses always has a due date.");

    /// <summary>
    /// The earliest instant by which the working time has passed outside the pauses; null when the last pause is still
    /// open and the time had not passed before it.
    /// </summary>
    /// <inheritdoc cref="Add" path="/exception"/>
    public DateTime? Due(DateTime start, TimeSpan working, IEnumerable<Pause> pauses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(working, TimeSpan.Zero);
        if (working == TimeSpan.Zero) return start;
        var union = Pause.Union(pauses, start);
        var next = 0;
        foreach (var (opening, closing) in Forward(start))
        {
            var from = opening > start ? opening : start;
            while (from < closing)
            {
                while (next < union.Count && union[next].To is { } over && over <= from) next++;
                var pause = next < union.Count ? union[next] : null;
                if (pause is not null && pause.From <= from)
                {
                    if (pause.To is not { } resumed) return null;
                    from = resumed;
                    continue;
                }
                var until = pause is not null && pause.From < closing ? pause.From : closing;
                if (until - from >= working) return from + working;
                working -= until - from;
                from = until;
            }
        }
        throw new InvalidOperationException("The search for working time ends by itself.");
    }

    /// <summary>The latest instant from which the working time still passes before <paramref name="end"/>.</summary>
    /// <inheritdoc cref="Add" path="/exception"/>
    public DateTime Subtract(DateTime end, TimeSpan working)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(working, TimeSpan.Zero);
        if (working == TimeSpan.Zero) return end;
        foreach (var (opening, closing) in Backward(end))
        {
            var until = closing < end ? closing : end;
            if (until - opening >= working) return until - working;
            working -= until - opening;
        }
        throw new InvalidOperationException("The search for working time ends by itself.");
    }

    /// <summary>Moves by working time, forwards or backwards: an escalation offset.</summary>
    /// <inheritdoc cref="Add" path="/exception"/>
    public DateTime Shift(DateTime from, TimeSpan working) => working < TimeSpan.Zero ? Subtract(from, -working) : Add(from, working);

    /// <summary>Working time between two instants; negative when <paramref name="to"/> is the earlier.</summary>
    public TimeSpan WorkingTimeBetween(DateTime from, DateTime to)
    {
        if (to < from) return -WorkingTimeBetween(to, from);
        var sum = TimeSpan.Zero;
        for (var date = DateOnly.FromDateTime(ToLocal(from)).AddDays(-1); date <= DateOnly.FromDateTime(ToLocal(to)).AddDays(1); date = date.AddDays(1))
            foreach (var (opening, closing) in Hours(date))
            {
                var first = opening > from ? opening : from;
                var last = closing < to ? closing : to;
                if (last > first) sum += last - first;
            }
        return sum;
    }

    /// <summary>Working time between two instants outside the pauses.</summary>
    public TimeSpan WorkingTimeBetween(DateTime from, DateTime to, IEnumerable<Pause> pauses)
    {
        var sum = WorkingTimeBetween(from, to);
        foreach (var pause in Pause.Union(pauses, from))
        {
            var resumed = pause.To is { } over && over < to ? over : to;
            if (resumed > pause.From) sum -= WorkingTimeBetween(pause.From, resumed);
        }
        return sum;
    }

    /// <summary>The same local time a number of working days later.</summary>
    /// <inheritdoc cref="Add" path="/exception"/>
    public DateTime AddWorkingDays(DateTime start, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var local = ToLocal(start);
        var date = DateOnly.FromDateTime(local);
        for (var seen = 0; days > 0; seen++)
        {
            if (seen > HorizonDays) throw Beyond(start);
            date = date.AddDays(1);
            if (HasWork(date)) days--;
        }
        return ToUtc(date.ToDateTime(TimeOnly.FromDateTime(local)));
    }

    /// <summary>Whether the local date has opening hours and is no holiday.</summary>
    public bool HasWork(DateOnly date) => _week[(int)date.DayOfWeek].Length > 0 && !_holidays.Contains(date);

    /// <summary>Opening hours of a local date as instants, in order; none on a holiday.</summary>
    public IEnumerable<(DateTime From, DateTime To)> Hours(DateOnly date)
    {
        if (_holidays.Contains(date)) yield break;
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        foreach (var interval in _week[(int)date.DayOfWeek])
        {
            var from = ToUtc(midnight.AddMinutes(interval.From));
            var to = ToUtc(midnight.AddMinutes(interval.To));
            if (to > from) yield return (from, to);
        }
    }

    // A local day may begin or end on another UTC date, hence one day of margin.
    private IEnumerable<(DateTime From, DateTime To)> Forward(DateTime utc)
    {
        var date = DateOnly.FromDateTime(ToLocal(utc)).AddDays(-1);
        for (var day = 0; day <= HorizonDays; day++, date = date.AddDays(1))
            foreach (var open in Hours(date))
                if (open.To > utc) yield return open;
        throw Beyond(utc);
    }

    private IEnumerable<(DateTime From, DateTime To)> Backward(DateTime utc)
    {
        var date = DateOnly.FromDateTime(ToLocal(utc)).AddDays(1);
        for (var day = 0; day <= HorizonDays; day++, date = date.AddDays(-1))
            foreach (var open in Hours(date).Reverse())
                if (open.From < utc) yield return open;
        throw Beyond(utc);
    }

    private CalendarHorizonException Beyond(DateTime utc) => new($"The calendar '{Id}' has not enough working time within {HorizonDays} days of {utc:yyyy-MM-dd}.");

    private static bool Refuse(CalendarRefusal reason, out CalendarRefusal refusal)
    {
        refusal = reason;
        return false;
    }

    private static WorkingInterval[] Union(IEnumerable<WorkingInterval> hours)
    {
        var union = new List<WorkingInterval>();
        foreach (var interval in hours.OrderBy(i => i.From))
            if (union.Count > 0 && interval.From <= union[^1].To) union[^1] = new(union[^1].From, Math.Max(union[^1].To, interval.To));
            else union.Add(interval);
        return [.. union];
    }
}
