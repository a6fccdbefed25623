using System.Globalization;
using Complaints.Calendars;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;

namespace Portal.Features.Complaints;

/// <summary>The promises and the business calendar that every installation starts with.</summary>
internal sealed class SeedServiceRules(PortalDb db, IOptions<PortalOptions> portal, IOptions<ComplaintOptions> options, TimeProvider time) : ISeed
{
    private static readonly string[] IndonesianZones = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"];

    // Feasts that move are fixed by decree each year. Those of 2027 are computed and marked as provisional until somebody
    // enters the decree; only the days that stand in the law itself are not.
    private static readonly string[] FixedDays = ["01-01", "05-01", "06-01", "08-17", "12-25"];
    private const int FirstYearWithoutDecree = 2027;

    private static readonly (string Date, string Name)[] IndonesianHolidays =
    [
        ("2026-01-01", "Tahun Baru Masehi"), ("2026-01-16", "Isra Mikraj"), ("2026-02-17", "Tahun Baru Imlek"), ("2026-03-19", "Hari Suci Nyepi"),
        ("2026-03-21", "Idulfitri"), ("2026-03-22", "Idulfitri"), ("2026-04-03", "Wafat Yesus Kristus"), ("2026-04-05", "Paskah"),
        ("2026-05-01", "Hari Buruh"), ("2026-05-14", "Kenaikan Yesus Kristus"), ("2026-05-27", "Iduladha"), ("2026-05-31", "Waisak"),
        ("2026-06-01", "Hari Lahir Pancasila"), ("2026-06-16", "Tahun Baru Islam"), ("2026-08-17", "Hari Kemerdekaan"), ("2026-08-25", "Maulid Nabi"), ("2026-12-25", "Natal"),
        ("2027-01-01", "Tahun Baru Masehi"), ("2027-01-05", "Isra Mikraj"), ("2027-02-06", "Tahun Baru Imlek"), ("2027-03-08", "Hari Suci Nyepi"),
        ("2027-03-10", "Idulfitri"), ("2027-03-11", "Idulfitri"), ("2027-03-26", "Wafat Yesus Kristus"), ("2027-03-28", "Paskah"),
        ("2027-05-01", "Hari Buruh"), ("2027-05-06", "Kenaikan Yesus Kristus"), ("2027-05-17", "Iduladha"), ("2027-05-20", "Waisak"),
        ("2027-06-01", "Hari Lahir Pancasila"), ("2027-06-06", "Tahun Baru Islam"), ("2027-08-15", "Maulid Nabi"), ("2027-08-17", "Hari Kemerdekaan"), ("2027-12-25", "Natal"),
    ];

    public int Order => 40;

    public async Task SeedAsync(CancellationToken cancel)
    {
        if (!await db.Set<ServicePolicyRow>().AnyAsync(cancel))
            db.Add(ServiceRules.Row(ServicePolicy.Default() with { AgentPointsLimit = options.Value.AgentPointsLimit }, time.UtcNow()));
        if (!await db.Set<CalendarRow>().AnyAsync(c => c.Id == ServiceRules.OfficeCalendar, cancel))
            db.Add(ServiceRules.Row(Office(portal.Value.TimeZone), time.UtcNow()));
        await db.SaveChangesAsync(cancel);
    }

    internal static CalendarDefinition Office(string zone)
    {
        IReadOnlyList<WorkingInterval> weekday = [new(8 * 60, 12 * 60), new(13 * 60 + 30, 18 * 60)];
        return new(ServiceRules.OfficeCalendar, 1, zone,
            new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>
            {
                [DayOfWeek.Monday] = weekday,
                [DayOfWeek.Tuesday] = weekday,
                [DayOfWeek.Wednesday] = weekday,
                [DayOfWeek.Thursday] = weekday,
                [DayOfWeek.Friday] = weekday,
                [DayOfWeek.Saturday] = [new(9 * 60, 13 * 60)],
            },
            IndonesianZones.Contains(zone)
                ? [.. IndonesianHolidays.Select(h => Holiday(DateOnly.ParseExact(h.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture), h.Name))]
                : []);

        static Holiday Holiday(DateOnly date, string name) =>
            new(date, name, date.Year >= FirstYearWithoutDecree && !FixedDays.Contains(date.ToString("MM-dd", CultureInfo.InvariantCulture)));
    }
}
