using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Platform.Live;

namespace Portal.Identity.Sessions;

/// <summary>A sign-in as its owner sees it.</summary>
public sealed record SessionView(Guid Id, string Device, string? Address, DateTime CreatedAt, DateTime LastSeenAt);

/// <summary>The sign-ins of people: opened by the sign-in manager, checked on every request, ended by their owner.</summary>
public sealed class SessionStore(IDbContextFactory<PortalDb> databases, LiveChanges changes, TimeProvider time)
{
    /// <summary>As long as the cookie lives without a visit.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    public async Task<Guid> OpenAsync(Guid user, ClientDetails client, CancellationToken cancel)
    {
        var now = time.UtcNow();
        var forgotten = now - Lifetime - Lifetime;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Set<SessionRow>().Where(s => s.UserId == user && s.LastSeenAt < forgotten).ExecuteDeleteAsync(cancel);
        var row = new SessionRow { UserId = user, CreatedAt = now, LastSeenAt = now, Device = client.Device, Address = client.Address };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        return row.Id;
    }

    /// <summary>Whether the session still stands; notes the visit now and then.</summary>
    public async Task<bool> IsOpenAsync(Guid session, Guid user, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var seen = await db.Set<SessionRow>().Where(s => s.Id == session && s.UserId == user && s.EndedAt == null)
            .Select(s => (DateTime?)s.LastSeenAt).FirstOrDefaultAsync(cancel);
        if (seen is null)
            return false; // how long a cookie lives without a visit stands in the cookie
        if (seen < now - SeenEvery)
            await db.Set<SessionRow>().Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(r => r.LastSeenAt, now), cancel);
        return true;
    }

    public async Task<IReadOnlyList<SessionView>> OpenSessionsAsync(Guid user, CancellationToken cancel)
    {
        var oldest = time.UtcNow() - Lifetime;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<SessionRow>().Where(s => s.UserId == user && s.EndedAt == null && s.LastSeenAt >= oldest)
            .OrderByDescending(s => s.LastSeenAt)
            .Select(s => new SessionView(s.Id, s.Device, s.Address, s.CreatedAt, s.LastSeenAt)).ToListAsync(cancel);
    }

    /// <summary>Ends one session of this person, or all but one.</summary>
    public async Task EndAsync(Guid user, Guid session, CancellationToken cancel) =>
        await EndAsync(user, s => s.Where(r => r.Id == session), cancel);

    public async Task EndAllAsync(Guid user, Guid? except, CancellationToken cancel) =>
        await EndAsync(user, s => s.Where(r => r.Id != except), cancel);

    private async Task EndAsync(Guid user, Func<IQueryable<SessionRow>, IQueryable<SessionRow>> which, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await which(db.Set<SessionRow>().Where(s => s.UserId == user && s.EndedAt == null))
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, now), cancel);
        await changes.SayAsync(db, LiveStreams.SessionsOf(user), cancel); // open connections of those sign-ins end
        await db.SaveChangesAsync(cancel);
    }
}
