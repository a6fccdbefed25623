using Complaints.Cases;
using Complaints.Desk;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff.Approvals;
using Portal.Features.Complaints.Staff.Replies;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;

namespace Portal.Features.Complaints.Staff;

/// <summary>A case that may be the same.</summary>
public sealed record LikeCase(string Reference, string Subject, CaseState State, DateTime CreatedAt, int Likeness);

/// <summary>A level that has fired, or will.</summary>
public sealed record EscalationLine(ClockKind Clock, EscalationAction Action, DateTime At, bool Fired);

/// <summary>A request to approve compensation above the limit.</summary>
public sealed record ApprovalLine(ApprovalState State, long Points, string By, DateTime At, string? DecidedBy, string? Note);

/// <summary>What the desk shows around a case.</summary>
public sealed record DeskSurroundings(
    IReadOnlyList<LikeCase> Alike, IReadOnlyList<EscalationLine> Escalations, IReadOnlyList<ApprovalLine> Approvals, IReadOnlyList<CannedChoice> Replies,
    IReadOnlyList<(string Key, string Name)> Teams, IReadOnlyList<(Guid Id, string Name)> People, string? Team, string? RoutedBy);

/// <summary>Reads what stands around one case: a fixed number of queries.</summary>
internal sealed class ReadSurroundings
{
    private const int MostCandidates = 20;
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    public async Task<DeskSurroundings> OfAsync(PortalDb db, OpenCase open, IReadOnlyList<ClockReading> clocks, DateTime now, CancellationToken cancel)
    {
        var teams = await db.Set<TeamRow>().OrderBy(t => t.Name).Select(t => new { t.Key, t.Name }).ToListAsync(cancel);
        var people = await db.Set<DeskAgentRow>().Join(db.Set<User>().Where(u => u.DisabledAt == null), a => a.UserId, u => u.Id, (a, u) => new { u.Id, u.Name }).OrderBy(u => u.Name).ToListAsync(cancel);
        return new(
            await AlikeAsync(db, open, cancel), EscalationsOf(open, clocks, now), await ApprovalsAsync(db, open.Row.Id, cancel), await CannedReplies.ChoicesAsync(db, open.Row.Category, cancel),
            [.. teams.Select(t => (t.Key, t.Name))], [.. people.Select(p => (p.Id, p.Name))], open.Row.Team is { } team ? teams.Find(t => t.Key == team)?.Name ?? team : null,
            open.Case.History.OfType<CaseRouted>().LastOrDefault()?.RuleName);
    }

    private static async Task<IReadOnlyList<LikeCase>> AlikeAsync(PortalDb db, OpenCase open, CancellationToken cancel)
    {
        var row = open.Row;
        if (!row.IsOpen)
            return [];
        var (from, to) = (row.CreatedAt - Window, row.CreatedAt + Window);
        var candidates = await db.Set<CaseRow>().AsNoTracking()
            .Where(c => c.Id != row.Id && c.CreatedAt >= from && c.CreatedAt <= to && c.MergedInto == null && (c.IsOpen || c.State == CaseState.Closed))
            .Where(c => row.MemberId != null && c.MemberId == row.MemberId || row.ContactEmail != null && c.ContactEmail == row.ContactEmail
                || row.ContactPhone != null && c.ContactPhone == row.ContactPhone || row.PurchaseId != null && c.PurchaseId == row.PurchaseId)
            .OrderByDescending(c => c.CreatedAt).Take(MostCandidates).ToListAsync(cancel);
        var own = KeyOf(row);
        return [.. candidates.Select(c => new LikeCase(c.Reference, c.Subject, c.State, c.CreatedAt, Likeness.Of(own, KeyOf(c)))).Where(c => c.Likeness >= Likeness.Worth).OrderByDescending(c => c.Likeness)];
    }

    private static LikenessKey KeyOf(CaseRow row) => new(row.MemberId?.Value.ToString() ?? row.ContactEmail ?? row.ContactPhone, row.PurchaseId, row.Category, row.Subject, row.CreatedAt);

    private static IReadOnlyList<EscalationLine> EscalationsOf(OpenCase open, IReadOnlyList<ClockReading> clocks, DateTime now)
    {
        if (!open.Row.IsOpen)
            return [];
        var running = clocks.Where(c => c.IsOpen).Select(c => c.Id).ToHashSet();
        var levels = open.Rules.Policy.Escalations.ToDictionary(l => l.Key);
        var fired = open.Case.History.OfType<EscalationRaised>().Where(e => running.Contains(e.Clock) && levels.ContainsKey(e.Level))
            .Select(e => new EscalationLine(e.Clock.Kind, levels[e.Level].Action, e.At, true));
        var ahead = Escalations.Of(open.Case, clocks, open.Rules.Policy, open.Rules.Calendar).Take(3).Select(e => new EscalationLine(e.Clock.Kind, e.Level.Action, e.FiresAt > now ? e.FiresAt : now, false));
        return [.. fired, .. ahead];
    }

    private static async Task<IReadOnlyList<ApprovalLine>> ApprovalsAsync(PortalDb db, Guid id, CancellationToken cancel) => await (
        from a in db.Set<CaseApprovalRow>()
        where a.CaseId == id
        join asker in db.Set<User>() on a.RequestedBy equals asker.Id
        join m in db.Set<User>() on a.DecidedBy equals (Guid?)m.Id into managers
        from m in managers.DefaultIfEmpty()
        orderby a.RequestedAt descending
        select new ApprovalLine(a.State, a.Points, asker.Name, a.RequestedAt, m == null ? null : m.Name, a.Note)).ToListAsync(cancel);
}
