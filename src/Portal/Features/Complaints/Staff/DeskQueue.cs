using Complaints.Cases;
using Complaints.Timing;
using Insight.Value;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Segments;
using Portal.Ui;
using RewardsEngine.Values;

namespace Portal.Features.Complaints.Staff;

/// <summary>A case in the queue.</summary>
/// <param name="Left">Working time until the next date, negative when it is missed; null when the clocks stand still.</param>
/// <param name="Spent">What the customer has bought in all, in minor units.</param>
/// <param name="Value">What the customer is worth, as last reckoned, in minor units.</param>
/// <param name="Segment">The value segment; says who to send it to, never to do less.</param>
internal sealed record QueueLine(
    string Reference, string Subject, string Category, CaseState State, Priority Priority, int Escalation, IReadOnlyList<string> Tags, string? Customer, long? Spent,
    long? Value, string? Segment, LocalizedText? Tier, string? Team, string? Assignee, DateTime CreatedAt, DateTime? NextDueAt, TimeSpan? Left);

/// <summary>How many open cases want looking at.</summary>
internal sealed record QueueCounts(int Open, int Late, int Soon, int Unassigned, int Mine, int Approvals);

internal sealed record QueueResult(
    IReadOnlyList<QueueLine> Lines, int Total, int PageSize, QueueCounts Counts, IReadOnlyList<(string Key, string Name)> Teams);

/// <summary>
/// The desk's queue: the least working time left comes first. A fixed number of queries whatever the page holds: teams, counts,
/// number of lines, lines; one more where open cases are measured by different calendars.
/// </summary>
internal sealed class DeskQueue(IDbContextFactory<PortalDb> databases, ServiceRules rules, ProgrammeStore programmes, Format format, TimeProvider time)
{
    public const int PageSize = 50;
    private static readonly TimeSpan SoonIs = TimeSpan.FromHours(4);

    public async Task<QueueResult> ListAsync(QueueFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.UtcNow();
        var moments = await MomentsAsync(db, now, cancel);
        var teams = await db.Set<TeamRow>().OrderBy(t => t.Name).Select(t => new { t.Key, t.Name }).ToListAsync(cancel);
        var mine = filter.Scope == QueueScope.MyTeams
            ? DeskAgentRow.Split(await db.Set<DeskAgentRow>().Where(a => a.UserId == filter.Me).Select(a => a.Teams).SingleOrDefaultAsync(cancel))
            : [];
        var cases = db.Set<CaseRow>().AsNoTracking().Where(filter, mine, moments);
        var calendars = await cases.GroupBy(c => new { c.CalendarId, c.CalendarVersion }).Select(g => g.Count()).ToListAsync(cancel);
        var lines = await LinesAsync(db, await PageAsync(db, cases, filter, calendars.Count, now, cancel), now, cancel);
        return new(lines, calendars.Sum(), PageSize, await CountsAsync(db, filter.Me, moments, cancel), [.. teams.Select(t => (t.Key, t.Name))]);
    }

    // Under one calendar the order of dates is the order of working time left, so the database sorts by its index.
    private async Task<IQueryable<CaseRow>> PageAsync(PortalDb db, IQueryable<CaseRow> cases, QueueFilter filter, int calendars, DateTime now, CancellationToken cancel)
    {
        var skip = (filter.Page - 1) * PageSize;
        if (filter.Scope == QueueScope.Ended)
            return cases.OrderByDescending(c => c.UpdatedAt).ThenBy(c => c.Id).Skip(skip).Take(PageSize);
        if (calendars <= 1)
            return cases.OrderBy(c => c.QueueAt).ThenBy(c => c.Id).Skip(skip).Take(PageSize);
        var all = await cases.Select(c => new { c.Id, c.NextDueAt, c.PolicyVersion, c.CalendarId, c.CalendarVersion }).ToListAsync(cancel);
        var timed = new List<(Guid Id, DateTime? Due, TimeSpan Left)>(all.Count);
        foreach (var c in all)
            timed.Add((c.Id, c.NextDueAt, await LeftAsync(db, new(c.PolicyVersion, c.CalendarId, c.CalendarVersion), c.NextDueAt, now, cancel) ?? TimeSpan.MaxValue));
        var page = timed.OrderBy(t => t.Left).ThenBy(t => t.Due).ThenBy(t => t.Id).Skip(skip).Take(PageSize).Select(t => t.Id).ToList();
        return db.Set<CaseRow>().AsNoTracking().Where(c => page.Contains(c.Id));
    }

    private async Task<IReadOnlyList<QueueLine>> LinesAsync(PortalDb db, IQueryable<CaseRow> page, DateTime now, CancellationToken cancel)
    {
        var rows = await (
            from c in page
            join m in db.Set<MemberRow>() on c.MemberId equals (MemberId?)m.Id into members
            from m in members.DefaultIfEmpty()
            join n in db.Set<MemberCounterRow>() on c.MemberId equals (MemberId?)n.MemberId into counters
            from n in counters.DefaultIfEmpty()
            join v in db.Set<MemberValueRow>() on c.MemberId equals (MemberId?)v.MemberId into values
            from v in values.DefaultIfEmpty()
            join u in db.Set<User>() on c.AssigneeId equals (Guid?)u.Id into users
            from u in users.DefaultIfEmpty()
            join t in db.Set<TeamRow>() on c.Team equals t.Key into teams
            from t in teams.DefaultIfEmpty()
            select new
            {
                Row = c,
                Name = m == null ? c.ContactName : m.Name,
                Tier = m == null ? null : m.TierKey,
                Spent = n == null ? (long?)null : n.PurchaseTotal,
                Value = v == null ? (long?)null : v.Value,
                Segment = db.Set<MemberSegmentRow>().Where(s => s.MemberId == c.MemberId && SegmentKeys.All.Contains(s.Segment)).Max(s => s.Segment),
                Rules = db.Set<RuleSetHeadRow>().Select(h => (long?)h.Version).FirstOrDefault(),
                Assignee = u == null ? null : u.Name,
                Team = t == null ? c.Team : t.Name,
            }).ToListAsync(cancel);
        // The set behind its number is kept by the process.
        var tiers = rows is [{ Rules: { } set }, ..] ? (await programmes.CompiledAsync(set)).Programme.Tiers : [];
        List<(QueueLine Line, CaseRow Row)> lines = [];
        foreach (var r in rows)
        {
            var left = await LeftAsync(db, new(r.Row.PolicyVersion, r.Row.CalendarId, r.Row.CalendarVersion), r.Row.NextDueAt, now, cancel);
            lines.Add((new(r.Row.Reference, r.Row.Subject, r.Row.Category, r.Row.State, r.Row.Priority, r.Row.Escalation, DeskAgentRow.Split(r.Row.Tags), r.Name, r.Spent,
                r.Value, r.Segment, tiers.FirstOrDefault(t => t.Key == r.Tier)?.Name, r.Team, r.Assignee, r.Row.CreatedAt, r.Row.NextDueAt, left), r.Row));
        }
        // A join does not keep the order of the page.
        return [.. lines.OrderByDescending(l => l.Row.IsOpen ? DateTime.MaxValue : l.Row.UpdatedAt)
            .ThenBy(l => l.Line.Left ?? TimeSpan.MaxValue).ThenBy(l => l.Line.NextDueAt).ThenBy(l => l.Row.Id).Select(l => l.Line)];
    }

    private static async Task<QueueCounts> CountsAsync(PortalDb db, Guid? me, QueueMoments moments, CancellationToken cancel)
    {
        var (now, soon, _, _) = moments;
        return await db.Set<CaseRow>().Where(c => c.IsOpen).GroupBy(c => 1).Select(g => new QueueCounts(
            g.Count(), g.Count(c => c.QueueAt < now), g.Count(c => c.QueueAt >= now && c.QueueAt <= soon), g.Count(c => c.AssigneeId == null),
            g.Count(c => c.AssigneeId == me),
            db.Set<Approvals.CaseApprovalRow>().Count(a => a.State == Approvals.ApprovalState.Pending))).SingleOrDefaultAsync(cancel) ?? new(0, 0, 0, 0, 0, 0);
    }

    // Calendars are read once by a process, so this asks the database for nothing.
    private async Task<TimeSpan?> LeftAsync(PortalDb db, RulesInForce measured, DateTime? due, DateTime now, CancellationToken cancel) =>
        due is { } date ? (await rules.GetAsync(db, measured, cancel)).Calendar.WorkingTimeBetween(now, date) : null;

    private async Task<QueueMoments> MomentsAsync(PortalDb db, DateTime now, CancellationToken cancel)
    {
        var calendar = (await rules.CurrentAsync(db, cancel)).Calendar;
        var today = format.Day(now);
        return new(now, calendar.Add(now, SoonIs), format.StartOfDay(today.AddDays(1)), format.StartOfDay(today.AddDays(8)));
    }
}
