using Complaints.Cases;
using Complaints.Desk;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;
using Portal.Platform;
using Portal.Ui;
using RewardsEngine.Conditions;

namespace Portal.Features.Complaints.Staff.Routing;

/// <summary>
/// Hands a case out by the first rule whose condition holds: team, person with room, priority until the assessment, marks.
/// Without rules, or when none holds, the case stays as it is. A rule that no longer reads is passed over, never a reason to
/// refuse a complaint.
/// </summary>
internal sealed class CaseRouter(RoutingFacts facts, CaseBook book, Format format)
{
    /// <summary>Routes within an open transaction.</summary>
    public async Task<OpenCase> RouteAsync(PortalDb db, OpenCase open, Actor by, DateTime now, CancellationToken cancel)
    {
        var rules = await db.Set<RoutingRuleRow>().Where(r => !r.IsPaused).OrderBy(r => r.Position).ThenBy(r => r.Name).ToListAsync(cancel);
        if (rules.Count == 0)
            return open;
        var (names, _) = await facts.NamesAsync(db, cancel);
        var wishes = new Dictionary<Guid, string> { [open.Row.Id] = open.Case.Submission.DesiredRemedy };
        var seen = (await facts.OfAsync(db, [open.Row], names, format.Zone, wishes, cancel))[open.Row.Id];
        if (rules.Find(r => Condition.Parse(r.Condition, names) is { Ok: true } read && read.Condition.Test(seen)) is not { } rule)
            return open;
        var assignee = await AssigneeAsync(db, rule, open, now, cancel);
        var step = CaseMachine.Apply(open.Case, new RouteCase(rule.Id, rule.Name, rule.Team, assignee, rule.Priority, DeskAgentRow.Split(rule.Tags)), open.Context(now, by));
        if (!step.Succeeded)
            return open;
        await db.Set<RoutingRuleRow>().Where(r => r.Id == rule.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Uses, r => r.Uses + 1), cancel);
        return await FollowTeamAsync(db, await book.AppendAsync(db, open.Row, step, now, cancel), now, cancel);
    }

    /// <summary>A team with hours of its own measures its cases by them.</summary>
    public async Task<OpenCase> FollowTeamAsync(PortalDb db, OpenCase open, DateTime now, CancellationToken cancel)
    {
        if (open.Case.Team is not { } team || open.Case.State.IsEnded())
            return open;
        var calendar = await db.Set<TeamRow>().Where(t => t.Key == team).Select(t => t.CalendarId).SingleOrDefaultAsync(cancel) ?? ServiceRules.OfficeCalendar;
        if (calendar == open.Case.Rules.CalendarId || await db.Set<CalendarRow>().Where(c => c.Id == calendar).MaxAsync(c => (int?)c.Version, cancel) is not { } version)
            return open;
        var step = CaseMachine.Apply(open.Case, new UseRules(new(open.Case.Rules.PolicyVersion, calendar, version)), open.Context(now, Actor.Portal));
        return step.Succeeded ? await book.AppendAsync(db, open.Row, step, now, cancel) : open;
    }

    private async Task<string?> AssigneeAsync(PortalDb db, RoutingRuleRow rule, OpenCase open, DateTime now, CancellationToken cancel)
    {
        var loads = await LoadsAsync(db, format.Day(now), cancel);
        if (rule.AssigneeId is { } named && loads.FirstOrDefault(l => l.Id == named.ToString()) is { Absent: false } person)
            return person.Id;
        var language = open.Row.Language.StartsWith("id", StringComparison.OrdinalIgnoreCase) ? "id" : "en";
        return global::Complaints.Desk.Routing.Choose(
            loads, new(rule.Name, rule.Position, rule.Condition, rule.Team, rule.SeniorOnly), language, rule.Priority ?? open.Case.Priority, open.Row.Category)?.Id;
    }

    /// <summary>What everybody of the desk has and can take.</summary>
    public static async Task<IReadOnlyList<AgentLoad>> LoadsAsync(PortalDb db, DateOnly today, CancellationToken cancel)
    {
        // By agent, along the indexes of open and of assigned cases; a count over all cases grows with the years.
        var agents = await db.Set<DeskAgentRow>().AsNoTracking().Where(a => db.Set<User>().Any(u => u.Id == a.UserId && u.DisabledAt == null)).Select(a => new
        {
            Row = a,
            Open = db.Set<CaseRow>().Count(c => c.IsOpen && c.AssigneeId == a.UserId),
            Last = db.Set<CaseRow>().Where(c => c.AssigneeId == a.UserId).Max(c => c.AssignedAt),
        }).ToListAsync(cancel);
        return [.. agents.Select(a => new AgentLoad(a.Row.UserId.ToString(), a.Row.TeamKeys, DeskAgentRow.Split(a.Row.Languages), a.Row.Senior, a.Row.Capacity,
            a.Open, a.Last, DeskAgentRow.Split(a.Row.Skills), a.Row.IsAway(today)))];
    }
}
