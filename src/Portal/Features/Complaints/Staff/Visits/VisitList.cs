using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Complaints.Staff.Visits;

/// <summary>A visit arranged on a case.</summary>
internal sealed record VisitLine(string Reference, string Subject, string? Customer, DateTime At, string Technician, bool Reported, bool IsPast);

/// <summary>Visits: those without a report first, soonest first, then the last hundred.</summary>
internal sealed class VisitList(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    private const int Most = 100;

    public async Task<IReadOnlyList<VisitLine>> ListAsync(CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await (
            from c in db.Set<CaseRow>()
            where c.VisitAt != null && (c.IsOpen || c.VisitReported)
            join m in db.Set<MemberRow>() on c.MemberId equals (MemberId?)m.Id into members
            from m in members.DefaultIfEmpty()
            orderby c.VisitReported, c.VisitAt
            select new { c.Reference, c.Subject, Customer = m == null ? c.ContactName : m.Name, At = c.VisitAt!.Value, c.Technician, c.VisitReported }).Take(Most).ToListAsync(cancel);
        return [.. rows.Select(r => new VisitLine(r.Reference, r.Subject, r.Customer, r.At, r.Technician ?? "–", r.VisitReported, r.At < now))];
    }
}
