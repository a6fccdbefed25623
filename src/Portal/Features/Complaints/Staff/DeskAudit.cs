using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;

namespace Portal.Features.Complaints.Staff;

/// <summary>A line of the desk's set-up history.</summary>
internal sealed record DeskChangeLine(DateTime At, string? By, string Subject, string Change);

/// <summary>Who changed what of the desk's set-up.</summary>
internal static class DeskAudit
{
    public static void Note(PortalDb db, DeskArea area, string subject, string change, object? after, Guid? by, DateTime now) =>
        db.Add(new DeskChangeRow { Area = area, Subject = subject, Change = change, After = after is null ? null : JsonSerializer.Serialize(after, JsonSerializerOptions.Web), At = now, By = by });

    public static async Task<IReadOnlyList<DeskChangeLine>> LastAsync(PortalDb db, DeskArea area, int count, CancellationToken cancel) => await (
        from c in db.Set<DeskChangeRow>()
        where c.Area == area
        join u in db.Set<User>() on c.By equals (Guid?)u.Id into users
        from u in users.DefaultIfEmpty()
        orderby c.At descending, c.Id descending
        select new DeskChangeLine(c.At, u == null ? null : u.Name, c.Subject, c.Change)).Take(count).ToListAsync(cancel);
}
