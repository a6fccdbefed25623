using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Data;
using Portal.Platform;

namespace Portal.Features.Complaints.Timekeeping;

/// <summary>Keeps the cases that the clock stumbles over, and postpones them: five minutes, then twice as long each time, at most six hours.</summary>
internal sealed class CaseTroubles(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public async Task KeepAsync(Guid @case, Exception fault, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<CaseTroubleRow>().SingleOrDefaultAsync(t => t.CaseId == @case, cancel);
        if (row is null)
            db.Add(row = new() { CaseId = @case, Fault = "", Since = now, LastAt = now });
        (row.Fault, row.LastAt, row.Tries) = (fault.GetType().Name, now, row.Tries + 1);
        var next = now + TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(row.Tries - 1, 10)));
        await db.SaveChangesAsync(cancel);
        await db.Set<CaseRow>().Where(c => c.Id == @case && c.NextCheckAt != null).ExecuteUpdateAsync(s => s.SetProperty(c => c.NextCheckAt, next), cancel);
    }

    public static Task SolvedAsync(PortalDb db, Guid @case, CancellationToken cancel) =>
        db.Set<CaseTroubleRow>().Where(t => t.CaseId == @case).ExecuteDeleteAsync(cancel);
}

/// <summary>Says when the clock stumbles over a case, or does not come round at all. Shown to administrators; complaints go on meanwhile.</summary>
internal sealed class CaseClockHealth(IDbContextFactory<PortalDb> databases, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var late = time.UtcNow() - Patience;
        var waiting = await db.Set<CaseRow>().CountAsync(c => c.NextCheckAt != null && c.NextCheckAt < late, cancellationToken);
        var troubles = await db.Set<CaseTroubleRow>().OrderBy(t => t.Since).Take(20)
            .Join(db.Set<CaseRow>(), t => t.CaseId, c => c.Id, (t, c) => new { c.Reference, t.Fault, t.Tries, t.Since }).ToListAsync(cancellationToken);
        if (troubles.Count > 0)
            return HealthCheckResult.Degraded("The clock cannot work on " + string.Join("; ", troubles.Select(t =>
                string.Create(CultureInfo.InvariantCulture, $"{t.Reference} ({t.Fault}, {t.Tries} tries since {t.Since:yyyy-MM-dd HH:mm} UTC)"))));
        return waiting > 0
            ? HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{waiting} cases wait for the clock longer than ten minutes."))
            : HealthCheckResult.Healthy();
    }
}
