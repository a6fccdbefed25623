using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff.Routing;
using Portal.Identity;
using Portal.Platform;
using Portal.Ui;

namespace Portal.Features.Complaints.Staff.Teams;

/// <summary>Somebody of the desk with their work.</summary>
internal sealed record AgentView(Guid Id, string Name, string Role, DeskAgentRow Profile, bool IsKnown, int Open, int Late, bool IsAway);

/// <summary>A team with its work.</summary>
internal sealed record TeamView(string Key, string Name, string? CalendarId, int Open, int Late, int Unassigned, IReadOnlyList<string> Members);

internal sealed record DeskTeams(IReadOnlyList<TeamView> Teams, IReadOnlyList<AgentView> Agents, IReadOnlyList<string> Calendars);

/// <summary>Who can take which cases. Each change is noted.</summary>
internal sealed class EditTeams(IDbContextFactory<PortalDb> databases, Format format, TimeProvider time)
{
    private static readonly string[] DeskRoles = [Roles.Agent, Roles.Manager, Roles.Administrator];

    public async Task<DeskTeams> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.UtcNow();
        var today = format.Day(now);
        var people = await (
            from held in db.UserRoles
            join role in db.Roles on held.RoleId equals role.Id
            join user in db.Users on held.UserId equals user.Id
            where user.DisabledAt == null && DeskRoles.Contains(role.Name)
            orderby user.Name
            select new { user.Id, user.Name, Role = role.Name ?? "" }).ToListAsync(cancel);
        var profiles = await db.Set<DeskAgentRow>().AsNoTracking().ToDictionaryAsync(a => a.UserId, cancel);
        var work = await db.Set<CaseRow>().Where(c => c.IsOpen).GroupBy(c => new { c.Team, c.AssigneeId })
            .Select(g => new { g.Key.Team, g.Key.AssigneeId, Open = g.Count(), Late = g.Count(c => c.NextDueAt < now) }).ToListAsync(cancel);
        List<AgentView> agents = [.. people.DistinctBy(p => p.Id).Select(p =>
        {
            var profile = profiles.GetValueOrDefault(p.Id);
            var own = work.Where(w => w.AssigneeId == p.Id).ToList();
            return new AgentView(p.Id, p.Name, p.Role, profile ?? new() { UserId = p.Id, Capacity = 0 }, profile is not null, own.Sum(w => w.Open), own.Sum(w => w.Late), profile?.IsAway(today) ?? false);
        })];
        var teams = await db.Set<TeamRow>().AsNoTracking().OrderBy(t => t.Name).ToListAsync(cancel);
        return new(
            [.. teams.Select(t => new TeamView(t.Key, t.Name, t.CalendarId, work.Where(w => w.Team == t.Key).Sum(w => w.Open), work.Where(w => w.Team == t.Key).Sum(w => w.Late),
                work.Where(w => w.Team == t.Key && w.AssigneeId == null).Sum(w => w.Open), [.. agents.Where(a => a.Profile.TeamKeys.Contains(t.Key)).Select(a => a.Name)]))],
            agents,
            await db.Set<CalendarRow>().Select(c => c.Id).Distinct().OrderBy(c => c).ToListAsync(cancel));
    }

    /// <summary>Adds a team, or changes its name and hours.</summary>
    public async Task<Result<string>> SaveTeamAsync(string? key, string? name, string? calendar, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        name = name?.Trim() ?? "";
        calendar = string.IsNullOrEmpty(calendar) || calendar == ServiceRules.OfficeCalendar ? null : calendar;
        if (name.Length is 0 or > 100)
            return new Refusal("name.needed", "name");
        if (calendar is not null && !await db.Set<CalendarRow>().AnyAsync(c => c.Id == calendar, cancel))
            return new Refusal("calendar.gone", "calendar");
        if (await db.Set<TeamRow>().AnyAsync(t => t.Name == name && t.Key != key, cancel))
            return new Refusal("name.taken", "name");
        var row = key is null ? null : await db.Set<TeamRow>().SingleOrDefaultAsync(t => t.Key == key, cancel);
        if (key is not null && row is null)
            return new Refusal("team.gone");
        var change = row is null ? "created" : "edited";
        if (row is null)
            db.Add(row = new() { Key = await FreeKeyAsync(db, name, cancel), Name = name });
        (row.Name, row.CalendarId) = (name, calendar);
        DeskAudit.Note(db, DeskArea.Teams, row.Key, change, row, by, time.UtcNow());
        await db.SaveChangesAsync(cancel);
        return row.Key;
    }

    /// <summary>Changes what somebody can take.</summary>
    public async Task<Result<Done>> SaveAgentAsync(DeskAgentRow typed, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        List<Refusal> refusals = [];
        if (typed.Capacity is < 0 or > 500)
            refusals.Add(new("capacity.range", "capacity"));
        if (typed is { AwayFrom: { } from, AwayTo: { } to } && to < from)
            refusals.Add(new("away.order", "awayTo"));
        if (typed is { AwayFrom: null, AwayTo: not null })
            refusals.Add(new("away.from", "awayFrom"));
        if (refusals.Count > 0)
            return Result<Done>.Refused(refusals);
        if (!await db.UserRoles.AnyAsync(r => r.UserId == typed.UserId, cancel))
            return new Refusal("agent.gone");
        var known = await db.Set<TeamRow>().Select(t => t.Key).ToListAsync(cancel);
        var row = await db.Set<DeskAgentRow>().SingleOrDefaultAsync(a => a.UserId == typed.UserId, cancel);
        if (row is null)
            db.Add(row = new() { UserId = typed.UserId });
        (row.Teams, row.Languages, row.Skills, row.Senior, row.Capacity, row.AwayFrom, row.AwayTo) = (
            string.Join(',', typed.TeamKeys.Where(known.Contains)), typed.Languages, typed.Skills, typed.Senior, typed.Capacity, typed.AwayFrom, typed.AwayTo);
        DeskAudit.Note(db, DeskArea.Teams, row.UserId.ToString(), "edited", row, by, time.UtcNow());
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }

    private static async Task<string> FreeKeyAsync(PortalDb db, string name, CancellationToken cancel)
    {
        var plain = new StringBuilder();
        foreach (var c in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetterOrDigit(c))
                plain.Append(c);
            else if (c is ' ' or '-' && plain.Length > 0 && plain[^1] != '-')
                plain.Append('-');
        var stem = plain.ToString().Trim('-') is { Length: > 0 } text ? text[..Math.Min(text.Length, 40)] : "team";
        var taken = await db.Set<TeamRow>().Where(t => t.Key.StartsWith(stem)).Select(t => t.Key).ToListAsync(cancel);
        return taken.Contains(stem) ? Enumerable.Range(2, taken.Count + 1).Select(n => $"{stem}-{n}").First(k => !taken.Contains(k)) : stem;
    }
}
