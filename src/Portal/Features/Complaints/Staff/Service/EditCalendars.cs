using Complaints.Calendars;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;

namespace Portal.Features.Complaints.Staff.Service;

/// <summary>A calendar in the list.</summary>
internal sealed record CalendarLine(CalendarDefinition Definition, DateTime SavedAt, string? SavedBy, int OpenCases, IReadOnlyList<string> Teams)
{
    public int Provisional(int year) => Definition.Holidays.Count(h => h.Provisional && h.Date.Year == year);
}

/// <summary>A holiday as somebody typed it.</summary>
internal sealed record TypedHoliday(string? Date, string? Name, bool Provisional);

/// <summary>
/// Working calendars. A saved change is a new version; what was measured by an earlier one stays as it was, open cases follow
/// when that is asked for, and lose no pause by it.
/// </summary>
internal sealed class EditCalendars(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public static readonly IReadOnlyList<DayOfWeek> Days = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public async Task<IReadOnlyList<CalendarLine>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var newest = await (
            from c in db.Set<CalendarRow>()
            where c.Version == db.Set<CalendarRow>().Where(o => o.Id == c.Id).Max(o => o.Version)
            join u in db.Set<User>() on c.SavedBy equals (Guid?)u.Id into users
            from u in users.DefaultIfEmpty()
            orderby c.Id
            select new { Row = c, By = u == null ? null : u.Name }).AsNoTracking().ToListAsync(cancel);
        var open = await db.Set<CaseRow>().Where(c => c.IsOpen).GroupBy(c => c.CalendarId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var teams = await db.Set<Teams.TeamRow>().AsNoTracking().ToListAsync(cancel);
        return [.. newest.Select(n => new CalendarLine(ServiceRules.Calendar(n.Row), n.Row.SavedAt, n.By, open.GetValueOrDefault(n.Row.Id),
            [.. teams.Where(t => (t.CalendarId ?? ServiceRules.OfficeCalendar) == n.Row.Id).Select(t => t.Name)]))];
    }

    public async Task<CalendarDefinition?> FindAsync(string id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CalendarRow>().AsNoTracking().Where(c => c.Id == id).OrderByDescending(c => c.Version).FirstOrDefaultAsync(cancel) is { } row ? ServiceRules.Calendar(row) : null;
    }

    /// <summary>Writes the next version: hours of the week and the holidays of one year; those of other years stay.</summary>
    /// <param name="version">What the person had before their eyes; 0 for a new calendar.</param>
    public async Task<Result<int>> SaveAsync(
        string id, int version, string zone, IReadOnlyDictionary<DayOfWeek, string?> week, int year, IReadOnlyList<TypedHoliday> holidays, bool forOpenCases, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var newest = await db.Set<CalendarRow>().AsNoTracking().Where(c => c.Id == id).OrderByDescending(c => c.Version).FirstOrDefaultAsync(cancel);
        if ((newest?.Version ?? 0) != version)
            return new Refusal(version == 0 ? "calendar.taken" : "calendar.changed_meanwhile", version == 0 ? "id" : null);
        List<Refusal> refusals = [];
        if (version == 0 && !IsKey(id))
            refusals.Add(new("calendar.key", "id"));
        var hours = Hours(week, refusals);
        var days = Holidays(year, holidays, refusals);
        var definition = new CalendarDefinition(id, version + 1, zone.Trim(), hours,
            [.. (newest is null ? [] : ServiceRules.Calendar(newest).Holidays.Where(h => h.Date.Year != year)).Concat(days).OrderBy(h => h.Date)]);
        if (refusals.Count == 0 && !WorkingCalendar.TryCreate(definition, out _, out var refused))
            refusals.Add(new($"calendar.{refused}", refused == CalendarRefusal.UnknownZone ? "zone" : null));
        if (refusals.Count > 0)
            return Result<int>.Refused(refusals);
        db.Add(ServiceRules.Row(definition, time.UtcNow(), by, forOpenCases));
        DeskAudit.Note(db, DeskArea.Calendars, id, version == 0 ? "created" : "edited", definition, by, time.UtcNow());
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            // The same version number twice: somebody else saved in between. Anything else shows again when looked at.
            if ((await FindAsync(id, cancel))?.Version != definition.Version)
                throw;
            return new Refusal("calendar.changed_meanwhile");
        }
        return definition.Version;
    }

    private static Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> Hours(IReadOnlyDictionary<DayOfWeek, string?> week, List<Refusal> refusals)
    {
        Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> hours = [];
        foreach (var day in Days)
        {
            List<WorkingInterval> intervals = [];
            foreach (var text in (week.GetValueOrDefault(day) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!WorkingInterval.TryParse(text.Replace('.', ':').Replace('–', '-'), out var interval))
                    refusals.Add(new("hours.form", $"week{(int)day}", text));
                else if (intervals.Exists(i => interval.From < i.To && i.From < interval.To))
                    refusals.Add(new("hours.overlap", $"week{(int)day}", text));
                else
                    intervals.Add(interval);
            }
            if (intervals.Count > 0)
                hours[day] = [.. intervals.OrderBy(i => i.From)];
        }
        return hours;
    }

    private static List<Holiday> Holidays(int year, IReadOnlyList<TypedHoliday> typed, List<Refusal> refusals)
    {
        List<Holiday> days = [];
        for (var i = 0; i < typed.Count; i++)
        {
            var (date, name, provisional) = typed[i];
            if (string.IsNullOrWhiteSpace(date))
            {
                if (!string.IsNullOrWhiteSpace(name))
                    refusals.Add(new("holiday.date", $"holidays[{i}]"));
                continue;
            }
            if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day))
                refusals.Add(new("holiday.date", $"holidays[{i}]"));
            else if (day.Year != year)
                refusals.Add(new("holiday.year", $"holidays[{i}]", year.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            else if (days.Exists(h => h.Date == day))
                refusals.Add(new("holiday.twice", $"holidays[{i}]"));
            else
                days.Add(new(day, name?.Trim() is { Length: > 80 } text ? text[..80] : name?.Trim() ?? "", provisional));
        }
        return days;
    }

    private static bool IsKey(string id) => id is { Length: > 0 and <= 40 } && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && char.IsAsciiLetterLower(id[0]);
}
