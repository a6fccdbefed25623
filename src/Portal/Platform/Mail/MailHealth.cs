using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notifications.Messages;
using Portal.Data;

namespace Portal.Platform.Mail;

/// <summary>What the sender of this node last saw.</summary>
public sealed class MailStatus
{
    private volatile string? _problem;

    /// <summary>Why mail cannot be sent now, or null.</summary>
    public string? Problem
    {
        get => _problem;
        set => _problem = value;
    }
}

/// <summary>Mail that waits too long or cannot be sent degrades health; the portal goes on working.</summary>
internal sealed class MailHealth(MailStatus status, IDbContextFactory<PortalDb> databases, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var late = time.UtcNow() - Patience;
        var overdue = await db.Set<OutboxRow>().CountAsync(m => m.State == DeliveryState.Pending && m.DueAt < late, cancellationToken);
        var retrying = await db.Set<OutboxRow>().CountAsync(m => m.State == DeliveryState.SoftBounce, cancellationToken);
        var undecided = await db.Set<OutboxRow>().CountAsync(m => m.State == DeliveryState.Unknown, cancellationToken);
        var numbers = new Dictionary<string, object> { ["overdue"] = overdue, ["retrying"] = retrying, ["undecided"] = undecided };
        if (status.Problem is { } problem)
            return HealthCheckResult.Degraded($"Mail cannot be sent: {problem}", data: numbers);
        return overdue > 0
            ? HealthCheckResult.Degraded("Mail waits longer than ten minutes.", data: numbers)
            : HealthCheckResult.Healthy("Mail is sent.", numbers);
    }
}
