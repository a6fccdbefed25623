using Complaints.Calendars;

namespace Complaints.Tests.Simulation;

/// <summary>The calendars of one zone that random histories move between, each with its table of minutes.</summary>
internal sealed class World
{
    private const int Days = 160;

    private World(string zone, DateTime origin, params string[] hours)
    {
        var week = new[] { "Mon Tue Wed Thu Fri", "Mon Tue Wed Thu Fri Sat", "Sun Mon Tue Wed Thu Fri Sat", "Mon Wed Fri" };
        var wall = MinuteTable.WallClock(zone, origin, Days);
        for (var version = 1; version <= hours.Length; version++)
        {
            var start = DateOnly.FromDateTime(origin);
            string[] holidays = [.. Enumerable.Range(0, version).Select(h => start.AddDays(5 + 4 * h + version).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))];
            var definition = A.Definition(hours[version - 1], zone, week[(version - 1) % week.Length], version, holidays);
            Calendars.Add(WorkingCalendar.From(definition));
            Tables.Add(new(definition, origin, wall));
        }
    }

    public static readonly Lazy<World> Jakarta = new(() => new("Asia/Jakarta", Utc(2026, 8, 10), "09:00-17:00", "08:00-12:00 13:30-18:00", "00:00-24:00", "07:00-11:30"));

    public static readonly Lazy<World> BerlinInSpring = new(() => new("Europe/Berlin", Utc(2026, 3, 22), "09:00-17:00", "01:30-02:30 02:45-04:00 09:00-16:00", "00:00-24:00", "02:00-03:00 08:00-14:00"));

    public static readonly Lazy<World> BerlinInAutumn = new(() => new("Europe/Berlin", Utc(2026, 10, 18), "09:00-17:00", "01:30-02:30 02:45-04:00 09:00-16:00", "00:00-24:00", "02:00-03:00 08:00-14:00"));

    public List<WorkingCalendar> Calendars { get; } = [];
    public List<MinuteTable> Tables { get; } = [];

    public static World Of(string name) => name switch
    {
        "Asia/Jakarta" => Jakarta.Value,
        "Europe/Berlin in spring" => BerlinInSpring.Value,
        "Europe/Berlin in autumn" => BerlinInAutumn.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such world."),
    };

    private static DateTime Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
}
