using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Data;

namespace Portal.Platform.Live;

/// <summary>Hears what other nodes and processes say: PostgreSQL calls over a connection of its own, SQLite is looked at.</summary>
internal sealed partial class LiveListener(
    LiveChanges changes, DatabaseSettings database, IDbContextFactory<PortalDb> databases, IOptions<LiveOptions> options, TimeProvider time, ILogger<LiveListener> log) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await (database.IsPostgres ? ListenAsync(stoppingToken) : LookAsync(stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Open pages look by themselves with every beat, so nothing is missed, only later.
                Lost(fault);
                await Task.Delay(Again, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        // Not from the pool: a pooled connection would be handed back. Keep-alive finds a line that is dead without saying so.
        var own = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, KeepAlive = 15, ApplicationName = "portal live" };
        await using var connection = new NpgsqlConnection(own.ConnectionString);
        connection.Notification += (_, call) => changes.Raise(call.Payload);
        await connection.OpenAsync(stopping);
        await using (var listen = new NpgsqlCommand($"LISTEN {LiveChanges.Channel}", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        changes.RaiseAll();
        while (true)
            await connection.WaitAsync(stopping);
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var seen = await LastAsync(stopping);
        var cleaned = time.UtcNow();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.PollMilliseconds));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (changes.IsHeard)
                seen = await HearAsync(seen, stopping);
            if (time.UtcNow() - cleaned < Kept)
                continue;
            cleaned = time.UtcNow();
            await CleanAsync(cleaned - Kept, stopping);
        }
    }

    private async Task<long> LastAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<LiveChangeRow>().MaxAsync(c => (long?)c.Id, cancel) ?? 0;
    }

    private async Task<long> HearAsync(long seen, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var fresh = await db.Set<LiveChangeRow>().AsNoTracking().Where(c => c.Id > seen).OrderBy(c => c.Id).Select(c => new { c.Id, c.Topic }).ToListAsync(cancel);
        foreach (var topic in fresh.Select(c => c.Topic).Distinct())
            changes.Raise(topic);
        return fresh.Count > 0 ? fresh[^1].Id : seen;
    }

    private async Task CleanAsync(DateTime before, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Set<LiveChangeRow>().Where(c => c.At < before).ExecuteDeleteAsync(cancel);
    }

    [LoggerMessage(1, LogLevel.Warning, "Changes of other nodes cannot be heard; open pages look by themselves until the next try.")]
    private partial void Lost(Exception fault);
}
