using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Programs.Rules;
using Portal.Platform;
using Portal.Rewarding.Programmes;
using RewardsEngine.Backtesting;
using RewardsEngine.Json;
using RewardsEngine.Programs;

namespace Portal.Features.Programs.Backtests;

/// <summary>
/// Takes the next back-test that waits, or one whose node died, and replays it. The lease keeps two nodes from the same one;
/// progress and the wish to stop go through the row, so that any node shows and stops it.
/// </summary>
public sealed partial class RunBacktests(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, TimeProvider time, ILogger<RunBacktests> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private readonly Guid owner = Guid.CreateVersion7();

    /// <returns>False when nothing waits.</returns>
    public async Task<bool> RunNextAsync(CancellationToken cancel)
    {
        if (await TakeAsync(cancel) is not { } row)
            return false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var progress = new Latest();
        var beats = BeatAsync(row.Id, progress, stop);
        try
        {
            var (report, from, to) = await ReplayAsync(row, progress, stop.Token);
            await FinishAsync(row.Id, BacktestState.Done, EngineJson.Write(report), from, to, progress.Value);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await FinishAsync(row.Id, BacktestState.Waiting, null, null, null, default); // the program stops; any node begins anew
        }
        catch (OperationCanceledException)
        {
            await FinishAsync(row.Id, BacktestState.Cancelled, null, null, null, progress.Value);
        }
        catch (Exception e)
        {
            Failed(e, row.Id);
            await FinishAsync(row.Id, BacktestState.Failed, null, null, null, progress.Value);
        }
        finally
        {
            await stop.CancelAsync();
            await beats;
        }
        return true;
    }

    private async Task<(BacktestReport Report, DateTime? From, DateTime? To)> ReplayAsync(BacktestRow row, Latest progress, CancellationToken cancel)
    {
        var live = await programmes.CompiledAsync(row.RuleSet);
        var draft = EditRules.With(live.Source, Candidate(EngineJson.Read<Rule>(row.Rule))).Rules
            ?? throw new InvalidOperationException("The draft no longer compiles with the rules it was checked with.");
        await using var db = await databases.CreateDbContextAsync(cancel);
        var input = await BacktestHistory.LoadAsync(db, row, live, draft, cancel);
        progress.Report(new(0, input.Events.Count));
        var report = await Task.Run(() => Backtest.Run(live, draft, input, progress, cancel), cancel);
        var times = input.Events.Select(e => e.Activity?.OccurredAt).OfType<DateTime>().ToList();
        return (report, times.Count > 0 ? times[0] : null, times.Count > 0 ? times[^1] : null);
    }

    /// <summary>As if it had been in force all the time: its first and last day are for the future.</summary>
    internal static Rule Candidate(Rule draft) => draft with { Status = RuleStatus.Live, Schedule = draft.Schedule with { From = null, To = null } };

    private async Task<BacktestRow?> TakeAsync(CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var free = db.Set<BacktestRow>().Where(b => b.State == BacktestState.Waiting || (b.State == BacktestState.Running && b.LeaseUntil < now));
        if (await free.OrderBy(b => b.AskedAt).Select(b => (Guid?)b.Id).FirstOrDefaultAsync(cancel) is not { } id)
            return null;
        var until = now + Lease;
        var taken = await free.Where(b => b.Id == id).ExecuteUpdateAsync(s => s
            .SetProperty(b => b.State, BacktestState.Running)
            .SetProperty(b => b.Owner, owner)
            .SetProperty(b => b.LeaseUntil, until)
            .SetProperty(b => b.StartedAt, now)
            .SetProperty(b => b.Done, 0), cancel);
        return taken == 1 ? await db.Set<BacktestRow>().AsNoTracking().SingleAsync(b => b.Id == id, cancel) : null;
    }

    /// <summary>Twice a second: how far it is goes into the row; a wish to stop, or another owner, comes out of it.</summary>
    private async Task BeatAsync(Guid id, Latest progress, CancellationTokenSource stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Beat, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return;
            var (at, until) = (progress.Value, time.UtcNow() + Lease);
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            var mine = await db.Set<BacktestRow>().Where(b => b.Id == id && b.Owner == owner && b.State == BacktestState.Running && !b.CancelWanted)
                .ExecuteUpdateAsync(s => s.SetProperty(b => b.Done, at.Done).SetProperty(b => b.Total, at.Total).SetProperty(b => b.LeaseUntil, until));
            if (mine == 0)
                await stop.CancelAsync();
        }
    }

    private async Task FinishAsync(Guid id, BacktestState state, string? report, DateTime? from, DateTime? to, BacktestProgress? at)
    {
        DateTime? now = state == BacktestState.Waiting ? null : time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await db.Set<BacktestRow>().Where(b => b.Id == id && b.Owner == owner && b.State == BacktestState.Running).ExecuteUpdateAsync(s => s
            .SetProperty(b => b.State, state)
            .SetProperty(b => b.Report, report)
            .SetProperty(b => b.From, from)
            .SetProperty(b => b.To, to)
            .SetProperty(b => b.Done, at == null ? 0 : at.Done)
            .SetProperty(b => b.Total, at == null ? 0 : at.Total)
            .SetProperty(b => b.LeaseUntil, (DateTime?)null)
            .SetProperty(b => b.FinishedAt, now));
    }

    private sealed class Latest : IProgress<BacktestProgress>
    {
        public BacktestProgress Value { get; private set; } = new(0, 0);

        public void Report(BacktestProgress value) => Value = value;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Back-test {Id} failed.")]
    private partial void Failed(Exception e, Guid id);
}
