using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;

namespace Portal.Features.Imports;

/// <summary>
/// Takes the next waiting import, or one whose node died, and runs it. The lease keeps two nodes from working on the same
/// one; progress is stored with each batch, so that whoever takes over goes on where the other stopped.
/// </summary>
public sealed partial class RunImports(
    IDbContextFactory<PortalDb> databases, ImportTransactions transactions, ImportMembers members, TimeProvider time, ILogger<RunImports> log)
{
    private readonly Guid owner = Guid.CreateVersion7();

    /// <returns>False when there was nothing to do.</returns>
    public async Task<bool> RunNextAsync(CancellationToken cancel)
    {
        if (await TakeAsync(cancel) is not { } import)
            return false;
        var progress = new ImportProgress(import.Id, owner, databases, time);
        try
        {
            var tally = await RunAsync(import, progress, cancel);
            await FinishAsync(import.Id, import.DryRun ? ImportState.Checked : ImportState.Done, null);
            Finished(import.Id, import.DryRun, tally.Lines, tally.LinesRefused);
        }
        catch (LeaseLost)
        {
            TakenOver(import.Id);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await ReleaseAsync(import.Id); // the program stops; any node goes on
        }
        catch (OperationCanceledException) when (progress.CancelWanted)
        {
            await FinishAsync(import.Id, ImportState.Cancelled, null);
        }
        catch (ImportProblem problem)
        {
            await FinishAsync(import.Id, ImportState.Failed, problem);
        }
        catch (Exception e)
        {
            Failed(e, import.Id);
            await FinishAsync(import.Id, ImportState.Failed, new ImportProblem("unexpected"));
        }
        return true;
    }

    private async Task<ImportTally> RunAsync(ImportRow import, ImportProgress progress, CancellationToken cancel)
    {
        byte[] content;
        await using (var db = await databases.CreateDbContextAsync(cancel))
            content = await db.Set<ImportFileRow>().Where(f => f.ImportId == import.Id).Select(f => f.Content).SingleAsync(cancel);
        using var file = new MemoryStream(content, writable: false);
        var map = import.Map ?? throw new ImportProblem("map.empty");
        return import.Kind == ImportKind.Members
            ? await members.RunAsync(file, MemberMap.Parse(map), import.DryRun, import.LastLine, import.DryRun ? null : progress.InBatchAsync, progress.OutsideAsync, cancel)
            : await transactions.RunAsync(file, ImportMap.Parse(map), import.DryRun, import.LastLine, import.DryRun ? null : progress.InBatchAsync, cancel, progress.OutsideAsync);
    }

    private async Task<ImportRow?> TakeAsync(CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var candidates = await db.Set<ImportRow>()
            .Where(i => i.State == ImportState.Waiting || (i.State == ImportState.Running && (i.LeaseUntil == null || i.LeaseUntil < now)))
            .OrderBy(i => i.UploadedAt).Select(i => i.Id).ToListAsync(cancel);
        foreach (var id in candidates)
        {
            DateTime? until = now + ImportProgress.Lease;
            Guid? mine = owner;
            var taken = await db.Set<ImportRow>()
                .Where(i => i.Id == id && (i.State == ImportState.Waiting || (i.State == ImportState.Running && (i.LeaseUntil == null || i.LeaseUntil < now))))
                .ExecuteUpdateAsync(s => s
                    .SetProperty(i => i.State, ImportState.Running).SetProperty(i => i.LeaseOwner, mine).SetProperty(i => i.LeaseUntil, until)
                    .SetProperty(i => i.RunStartedAt, now).SetProperty(i => i.RunStartedLine, i => i.LastLine).SetProperty(i => i.ProgressAt, now), cancel);
            if (taken == 1)
                return await db.Set<ImportRow>().AsNoTracking().SingleAsync(i => i.Id == id, cancel);
        }
        return null;
    }

    private async Task FinishAsync(Guid import, ImportState state, ImportProblem? problem)
    {
        var now = time.UtcNow();
        var (code, value) = (problem?.Code, problem?.Values.Count > 0 ? problem.Values[0].ToString() : null);
        await using var db = await databases.CreateDbContextAsync();
        await db.Set<ImportRow>().Where(i => i.Id == import && i.LeaseOwner == owner).ExecuteUpdateAsync(s => s
            .SetProperty(i => i.State, state).SetProperty(i => i.FinishedAt, now).SetProperty(i => i.CancelWanted, false)
            .SetProperty(i => i.LeaseOwner, (Guid?)null).SetProperty(i => i.LeaseUntil, (DateTime?)null)
            .SetProperty(i => i.Problem, code).SetProperty(i => i.ProblemValue, value));
    }

    private async Task ReleaseAsync(Guid import)
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.Set<ImportRow>().Where(i => i.Id == import && i.LeaseOwner == owner).ExecuteUpdateAsync(s => s
            .SetProperty(i => i.LeaseOwner, (Guid?)null).SetProperty(i => i.LeaseUntil, (DateTime?)null));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Id} (trial: {DryRun}) is done: {Lines} lines, {Refused} refused.")]
    private partial void Finished(Guid id, bool dryRun, long lines, long refused);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Import {Id} was taken over by another node.")]
    private partial void TakenOver(Guid id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Id} failed.")]
    private partial void Failed(Exception e, Guid id);
}
