using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Codes;

namespace Portal.Features.Programs.Codes;

/// <summary>
/// Makes the codes that were asked for, some thousands a transaction. Two nodes at once, or a node that dies, change nothing:
/// each step is taken only from the number it began with.
/// </summary>
public sealed class MakeCodes(IDbContextFactory<PortalDb> databases)
{
    // No 0, O, 1, I: a code is read aloud and typed. 12 of 32 signs: 60 random bits.
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int Length = 12;

    /// <returns>False when nothing waits.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var batch = await db.Set<CodeBatchRow>().AsNoTracking().Where(b => b.State == CodeBatchState.Making).OrderBy(b => b.CreatedAt).FirstOrDefaultAsync(cancel);
        if (batch is null)
            return false;
        while (batch.Made < batch.Wanted)
        {
            var codes = NewCodes(batch.Prefix, (int)Math.Min(CodeStore.CodesAtOnce, batch.Wanted - batch.Made));
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var before = batch.Made;
            var mine = await db.Set<CodeBatchRow>().Where(b => b.Id == batch.Id && b.State == CodeBatchState.Making && b.Made == before)
                .ExecuteUpdateAsync(s => s.SetProperty(b => b.Made, before + codes.Length), cancel) == 1;
            if (!mine)
                return true; // another node is at it, or it was taken back
            var made = await CodeStore.InsertAsync(db, batch.Id, batch.UsesEach, codes, cancel);
            await db.Set<CodeBatchRow>().Where(b => b.Id == batch.Id).ExecuteUpdateAsync(s => s.SetProperty(b => b.Made, before + made), cancel);
            await transaction.CommitAsync(cancel);
            batch.Made = before + made;
        }
        await db.Set<CodeBatchRow>().Where(b => b.Id == batch.Id && b.State == CodeBatchState.Making).ExecuteUpdateAsync(s => s.SetProperty(b => b.State, CodeBatchState.Ready), cancel);
        return true;
    }

    private static string[] NewCodes(string prefix, int count)
    {
        var codes = new HashSet<string>(count, StringComparer.Ordinal);
        while (codes.Count < count)
            codes.Add(prefix + RandomNumberGenerator.GetString(Alphabet, Length));
        return [.. codes];
    }
}
