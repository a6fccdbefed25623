using Complaints.Cases;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using RewardsEngine.Values;

namespace Portal.Features.Complaints.Staff;

internal enum QueueScope { Open, Mine, Unassigned, Waiting, Ended }

/// <summary>What of the queue is asked for; the address of the page says it.</summary>
internal sealed record QueueFilter(QueueScope Scope, Priority? Priority, string? Category, string? Search, Guid? Me, int Page);

/// <summary>A case in the queue.</summary>
/// <param name="Left">Working time until the next date, negative when it is missed; null when the clocks stand still.</param>
internal sealed record QueueLine(
    string Reference, string Subject, string Category, CaseState State, Priority Priority, string? Customer, long Purchases, string Tier,
    string? Assignee, DateTime CreatedAt, DateTime? NextDueAt, bool Breached, TimeSpan? Left);

internal sealed record QueueResult(IReadOnlyList<QueueLine> Lines, int Total, int PageSize);

/// <summary>The desk's queue: what breaches next comes first. One query for the lines, one for their number.</summary>
internal sealed class DeskQueue(IDbContextFactory<PortalDb> databases, ServiceRules rules, TimeProvider time)
{
    private const int PageSize = 50;

    public async Task<QueueResult> ListAsync(QueueFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var cases = Filter(db.Set<CaseRow>().AsNoTracking(), filter);
        var total = await cases.CountAsync(cancel);
        var ordered = filter.Scope == QueueScope.Ended
            ? cases.OrderByDescending(c => c.UpdatedAt).ThenBy(c => c.Id)
            : cases.OrderBy(c => c.NextDueAt == null).ThenBy(c => c.NextDueAt).ThenBy(c => c.Id);
        var rows = await (
            from c in ordered.Skip((filter.Page - 1) * PageSize).Take(PageSize)
            join m in db.Set<MemberRow>() on c.MemberId equals (MemberId?)m.Id into members
            from m in members.DefaultIfEmpty()
            join n in db.Set<MemberCounterRow>() on c.MemberId equals (MemberId?)n.MemberId into counters
            from n in counters.DefaultIfEmpty()
            join u in db.Set<User>() on c.AssigneeId equals (Guid?)u.Id into users
            from u in users.DefaultIfEmpty()
            orderby c.NextDueAt == null, c.NextDueAt, c.Id
            select new
            {
                Row = c,
                Name = m == null ? c.ContactName : m.Name,
                Tier = m == null ? null : m.TierKey,
                Purchases = n == null ? 0 : n.Purchases,
                Assignee = u == null ? null : u.Name,
            }).ToListAsync(cancel);
        List<QueueLine> lines = [];
        foreach (var r in rows)
            lines.Add(new(r.Row.Reference, r.Row.Subject, r.Row.Category, r.Row.State, r.Row.Priority, r.Name, r.Purchases, r.Tier ?? "", r.Assignee,
                r.Row.CreatedAt, r.Row.NextDueAt, r.Row.NextDueAt < time.UtcNow(), await LeftAsync(db, r.Row, cancel)));
        return new(filter.Scope == QueueScope.Ended ? [.. lines.OrderByDescending(l => l.CreatedAt)] : lines, total, PageSize);
    }

    // Calendars are read once by a process, so this asks the database for nothing.
    private async Task<TimeSpan?> LeftAsync(PortalDb db, CaseRow row, CancellationToken cancel)
    {
        if (row.NextDueAt is not { } due)
            return null;
        var calendar = (await rules.GetAsync(db, new RulesInForce(row.PolicyVersion, row.CalendarId, row.CalendarVersion), cancel)).Calendar;
        return calendar.WorkingTimeBetween(time.UtcNow(), due);
    }

    private static IQueryable<CaseRow> Filter(IQueryable<CaseRow> cases, QueueFilter filter)
    {
        cases = filter.Scope switch
        {
            QueueScope.Mine => cases.Where(c => c.IsOpen && c.AssigneeId == filter.Me),
            QueueScope.Unassigned => cases.Where(c => c.IsOpen && c.AssigneeId == null),
            QueueScope.Waiting => cases.Where(c => c.State == CaseState.WaitingForCustomer || c.State == CaseState.WaitingForThirdParty || c.State == CaseState.DecisionSent),
            QueueScope.Ended => cases.Where(c => !c.IsOpen),
            _ => cases.Where(c => c.IsOpen),
        };
        if (filter.Priority is { } priority)
            cases = cases.Where(c => c.Priority == priority);
        if (!string.IsNullOrEmpty(filter.Category))
            cases = cases.Where(c => c.Category == filter.Category);
        if (string.IsNullOrWhiteSpace(filter.Search))
            return cases;
        var words = filter.Search.Trim().ToLowerInvariant();
        var reference = CaseReference.TryParse(filter.Search, out var read) ? read : "";
        return cases.Where(c => c.Reference == reference || c.Subject.ToLower().Contains(words) || (c.ContactEmail != null && c.ContactEmail == words));
    }
}
