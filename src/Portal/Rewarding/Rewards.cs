using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;

namespace Portal.Rewarding;

/// <summary>
/// The one door to points, for every feature, import and job: open a work, find or add the member, let the engine decide,
/// commit.
/// </summary>
public sealed class Rewards(IDbContextFactory<PortalDb> databases, DatabaseSettings settings, Decider decider, TimeProvider time, ILogger<Rewards> log) : IDisposable
{
    private readonly SqliteWriter? writer = settings.IsPostgres ? null : new(settings.ConnectionString, log);

    /// <summary>The database lets one transaction write at a time.</summary>
    internal bool HasOneWriter => writer is not null;

    /// <summary>Opens a transaction in which points may move. Dispose without commit: nothing happened.</summary>
    public async Task<RewardingWork> BeginAsync(CancellationToken cancel)
    {
        if (writer is not null)
            await writer.TakeAsync(cancel);
        try
        {
            var db = await databases.CreateDbContextAsync(cancel);
            writer?.Lend(db);
            return await RewardingWork.BeginAsync(db, writer, time.UtcNow(), cancel);
        }
        catch
        {
            writer?.Return();
            throw;
        }
    }

    public void Dispose() => writer?.Dispose();

    /// <summary>
    /// Decides an activity and books what follows. An activity of the same type and reference that is already stored is
    /// not decided again: check with <see cref="Decider.KnownAsync"/> first where a repeat can happen.
    /// </summary>
    public Task<Decided> DecideAsync(RewardingWork work, MemberAccount? account, Activity activity, CancellationToken cancel) =>
        decider.DecideAsync(work, account, activity, cancel);

    /// <summary>The same decision without booking anything, for quotes and hints.</summary>
    public Task<Decision> PreviewAsync(RewardingWork work, MemberAccount? account, Activity activity, CancellationToken cancel) =>
        decider.PreviewAsync(work, account, activity, cancel);
}
