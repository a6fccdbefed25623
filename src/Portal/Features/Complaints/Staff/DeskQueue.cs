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
internal sealed record QueueCounts(int Open, int Late, int Soon, int Unassigned, int Mine);

internal sealed record QueueResult(
    IReadOnlyList<QueueLine> Lines, int Total, int PageSize, QueueCounts Counts, IReadOnlyList<(string Key, string Name)> Teams);

/// <summary>
/// The desk's queue: the least working time left comes first. A fixed number of queries whatever the page holds: teams, counts,
/// lines, number of lines where the counts do not say it; one more where open cases are measured by different calendars.
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
        var (counts, calendars) = await CountsAsync(db, filter.Me, moments, cancel);
        var lines = await LinesAsync(db, await PageAsync(db, cases, filter, calendars, now, cancel), now, cancel);
        var total = Counted(filter, counts) ?? await cases.CountAsync(cancel);
        return new(lines, total, PageSize, counts, [.. teams.Select(t => (t.Key, t.Name))]);
    }

    // The plain views are counted with the figures above them.
    private static int? Counted(QueueFilter filter, QueueCounts counts) => filter.IsNarrow || !string.IsNullOrWhiteSpace(filter.Search) ? null : filter.Scope switch
    {
        QueueScope.Open => counts.Open,
        QueueScope.Mine => counts.Mine,
        QueueScope.Unassigned => counts.Unassigned,
        _ => null,
    };

    // The cases of the page. Under one calendar the order of dates is the order of working time left, so the database sorts by
    // its index, and reads whole rows only for the page itself.
    private async Task<IQueryable<CaseRow>> PageAsync(PortalDb db, IQueryable<CaseRow> cases, QueueFilter filter, int calendars, DateTime now, CancellationToken cancel)
    {
        var skip = (filter.Page - 1) * PageSize;
        var rows = db.Set<CaseRow>().AsNoTracking();
        if (filter.Scope == QueueScope.Ended || calendars <= 1)
        {
            var sorted = filter.Scope == QueueScope.Ended ? cases.OrderByDescending(c => c.UpdatedAt).ThenBy(c => c.Id) : cases.OrderBy(c => c.QueueAt).ThenBy(c => c.Id);
            var ids = sorted.Skip(skip).Take(PageSize).Select(c => c.Id);
            return rows.Where(c => ids.Contains(c.Id));
        }
        var all = await cases.Select(c => new { c.Id, c.NextDueAt, c.PolicyVersion, c.CalendarId, c.CalendarVersion }).ToListAsync(cancel);
        var timed = new List<(Guid Id, DateTime? Due, TimeSpan Left)>(all.Count);
        foreach (var c in all)
            timed.Add((c.Id, c.NextDueAt, await LeftAsync(db, new(c.PolicyVersion, c.CalendarId, c.CalendarVersion), c.NextDueAt, now, cancel) ?? TimeSpan.MaxValue));
        var page = timed.OrderBy(t => t.Left).ThenBy(t => t.Due).ThenBy(t => t.Id).Skip(skip).Take(PageSize).Select(t => t.Id).ToList();
        return rows.Where(c => page.Contains(c.Id));
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
                c.Id,
                c.Reference,
                c.Subject,
                c.Category,
                c.State,
                c.Priority,
                c.Escalation,
                c.Tags,
                c.CreatedAt,
                c.UpdatedAt,
                c.NextDueAt,
                c.IsOpen,
                c.PolicyVersion,
                c.CalendarId,
                c.CalendarVersion,
                Name = m == null ? c.ContactName : m.Name,
                Tier = m == null ? null : m.TierKey,
                Spent = n == null ? (long?)null : n.PurchaseTotal,
                Value = v == null ? (long?)null : v.Value,
                Segment = db.Set<MemberSegmentRow>().Where(s => s.MemberId == c.MemberId && SegmentKeys.All.Contains(s.Segment)).Max(s => s.Segment),
                Rules = db.Set<RuleSetHeadRow>().Max(h => (long?)h.Version),
                Assignee = u == null ? null : u.Name,
                Team = t == null ? c.Team : t.Name,
            }).ToListAsync(cancel);
        // The set behind its number is kept by the process.
        var tiers = rows is [{ Rules: { } set }, ..] ? (await programmes.CompiledAsync(set)).Programme.Tiers : [];
        var left = new Dictionary<Guid, TimeSpan?>(rows.Count);
        foreach (var r in rows)
            left[r.Id] = await LeftAsync(db, new(r.PolicyVersion, r.CalendarId, r.CalendarVersion), r.NextDueAt, now, cancel);
        // A join does not keep the order of the page.
        return [.. rows.OrderByDescending(r => r.IsOpen ? DateTime.MaxValue : r.UpdatedAt).ThenBy(r => left[r.Id] ?? TimeSpan.MaxValue).ThenBy(r => r.NextDueAt).ThenBy(r => r.Id)
            .Select(r => new QueueLine(r.Reference, r.Subject, r.Category, r.State, r.Priority, r.Escalation, DeskAgentRow.Split(r.Tags), r.Name, r.Spent,
                r.Value, r.Segment, tiers.FirstOrDefault(t => t.Key == r.Tier)?.Name, r.Team, r.Assignee, r.CreatedAt, r.NextDueAt, left[r.Id]))];
    }

    // One walk along the index of open cases, which holds all that is counted; by calendar, because their number decides how the page is sorted.
    private static async Task<(QueueCounts Counts, int Calendars)> CountsAsync(PortalDb db, Guid? me, QueueMoments moments, CancellationToken cancel)
    {
        var (now, soon, _, _) = moments;
        var counts = await db.Set<CaseRow>().Where(c => c.IsOpen).GroupBy(c => new { c.CalendarId, c.CalendarVersion }).Select(g => new QueueCounts(
            g.Count(), g.Count(c => c.QueueAt < now), g.Count(c => c.QueueAt >= now && c.QueueAt <= soon), g.Count(c => c.AssigneeId == null),
            g.Count(c => c.AssigneeId == me))).ToListAsync(cancel);
        return (new(counts.Sum(c => c.Open), counts.Sum(c => c.Late), counts.Sum(c => c.Soon), counts.Sum(c => c.Unassigned), counts.Sum(c => c.Mine)), counts.Count);
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
