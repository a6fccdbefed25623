using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Features.Complaints.Thread;
using Portal.Platform;
using Portal.Platform.Live;

namespace Portal.Features.Complaints.Retention;

/// <summary>Erases personal data from ended cases: after the configured time, or when the customer (or a manager for the customer) asks.</summary>
internal sealed partial class EraseCases(
    Portal.Rewarding.Rewards rewards, IDbContextFactory<PortalDb> databases, CaseBook book, LiveChanges changes, IOptions<ComplaintOptions> options, TimeProvider time, ILogger<EraseCases> log)
{
    private const int Batch = 100;

    /// <summary>One round: cases that ended long enough ago, and half-written texts that nobody went on with.</summary>
    /// <returns>How many cases were erased.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = time.UtcNow();
        var (ended, typed) = (now.AddDays(-options.Value.KeepPersonalDataDays), now.AddDays(-options.Value.KeepDraftsDays));
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Set<CaseDraftRow>().Where(d => d.UpdatedAt < typed).ExecuteDeleteAsync(cancel);
        var erased = 0;
        Guid last = default;
        while (await db.Set<CaseRow>().Where(c => !c.IsOpen && c.ErasedAt == null && c.ClosedAt < ended && c.Id > last).OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToListAsync(cancel) is { Count: > 0 } due)
        {
            foreach (var id in due)
                erased += await EraseAsync(id, cancel) ? 1 : 0;
            last = due[^1];
        }
        return erased;
    }

    /// <summary>At once, when somebody asks. An open case is withdrawn or finished first.</summary>
    public async Task<Result<string>> OnRequestAsync(CaseDoor door, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await book.LockAsync(work.Db, door.Of(work.Db.Set<CaseRow>()), cancel) is not { } open || open.Row.ErasedAt is not null)
            return new Refusal("case.gone");
        if (!open.Case.State.IsEnded())
            return new Refusal("case.still_open");
        await EraseAsync(work, open, cancel);
        return open.Row.Reference;
    }

    // A case that cannot be erased (its history cannot be read) keeps no other waiting.
    private async Task<bool> EraseAsync(Guid id, CancellationToken cancel)
    {
        try
        {
            await using var work = await rewards.BeginAsync(cancel);
            if (await book.LockAsync(work.Db, work.Db.Set<CaseRow>().Where(c => c.Id == id && !c.IsOpen && c.ErasedAt == null), cancel) is not { } open)
                return false; // opened again, or another node was here first
            await EraseAsync(work, open, cancel);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            CaseFailed(id, fault.GetType().Name, fault.StackTrace);
            return false;
        }
    }

    private async Task EraseAsync(Portal.Rewarding.RewardingWork work, OpenCase open, CancellationToken cancel)
    {
        var id = open.Row.Id;
        await CaseErasure.EraseAsync(work.Db, [id], keepAccount: false, work.Now, cancel);
        work.Db.Entry(open.Row).State = EntityState.Detached;
        await changes.SayAsync(work.Db, CaseLive.Topic(id), cancel);
        await work.CommitAsync(cancel);
    }

    [LoggerMessage(1, LogLevel.Error, "Personal data of case {CaseId} cannot be erased ({Fault}); the others go on. {Where}")]
    private partial void CaseFailed(Guid caseId, string fault, string? where);
}
