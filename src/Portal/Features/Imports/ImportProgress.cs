using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;

namespace Portal.Features.Imports;

/// <summary>Another node has taken the import over: this one stops, its open batch is undone.</summary>
internal sealed class LeaseLost() : OperationCanceledException("Another node works on this import now.");

/// <summary>Stores how far a run is, each batch with what it describes, and notices when a person wants it to stop.</summary>
internal sealed class ImportProgress(Guid import, Guid owner, IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public bool CancelWanted { get; private set; }

    /// <summary>Within the transaction of the batch.</summary>
    public Task InBatchAsync(RewardingWork work, ImportTally batch) => WriteAsync(work.Db, batch);

    /// <summary>For a batch that stored nothing.</summary>
    public async Task OutsideAsync(ImportTally batch)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await WriteAsync(db, batch);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task WriteAsync(PortalDb db, ImportTally batch)
    {
        var now = time.UtcNow();
        DateTime? until = now + Lease;
        var kept = await db.Set<ImportRow>().Where(i => i.Id == import && i.LeaseOwner == owner).ExecuteUpdateAsync(s => s
            .SetProperty(i => i.LeaseUntil, until)
            .SetProperty(i => i.ProgressAt, now)
            .SetProperty(i => i.LastLine, i => i.LastLine > batch.LastLine ? i.LastLine : batch.LastLine)
            .SetProperty(i => i.Lines, i => i.Lines + batch.Lines)
            .SetProperty(i => i.LinesTaken, i => i.LinesTaken + batch.LinesTaken)
            .SetProperty(i => i.LinesRefused, i => i.LinesRefused + batch.LinesRefused)
            .SetProperty(i => i.Documents, i => i.Documents + batch.Documents)
            .SetProperty(i => i.Known, i => i.Known + batch.Known)
            .SetProperty(i => i.Purchases, i => i.Purchases + batch.Purchases)
            .SetProperty(i => i.Refunds, i => i.Refunds + batch.Refunds)
            .SetProperty(i => i.Refused, i => i.Refused + batch.Refused)
            .SetProperty(i => i.MembersAdded, i => i.MembersAdded + batch.MembersAdded)
            .SetProperty(i => i.MembersChanged, i => i.MembersChanged + batch.MembersChanged));
        if (kept == 0)
            throw new LeaseLost();
        CancelWanted = await db.Set<ImportRow>().Where(i => i.Id == import).Select(i => i.CancelWanted).SingleAsync();
        if (CancelWanted)
            throw new OperationCanceledException("Somebody stopped this import."); // the open batch is undone and done again on going on
        db.AddRange(batch.Refusals.Select(r => new ImportRefusalRow { ImportId = import, Line = r.Line, Document = Cut(r.Document), Code = r.Code, Value = Cut(r.Value) }));
    }

    private static string? Cut(string? text) => text is { Length: > 200 } ? text[..200] : text;
}
