using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>The outcome of a rebuild.</summary>
public sealed record BooksRebuilt(long Entries, int Corrected);

/// <summary>
/// Makes balances, lots and reservations again from the transfers, which are the truth; for a database that was damaged or
/// changed by hand. What agrees is left alone. Safe beside a running portal and safe to repeat: each wallet is locked.
/// </summary>
public sealed class RebuildBooks(IDbContextFactory<PortalDb> databases, Rewards rewards)
{
    private const int MembersAtOnce = 200;

    public async Task<BooksRebuilt> HandleAsync(CancellationToken cancel)
    {
        long entries = 0;
        var corrected = 0;
        foreach (var some in (await MembersAsync(cancel)).Chunk(MembersAtOnce))
        {
            await using var work = await rewards.BeginAsync(cancel);
            await work.LoadAsync(some, cancel);
            var transfers = (await work.Db.Set<TransferRow>().AsNoTracking().Where(t => some.Contains(t.MemberId))
                .OrderBy(t => t.MemberId).ThenBy(t => t.WalletVersion).ThenBy(t => t.Ordinal).ToListAsync(cancel)).ToLookup(t => t.MemberId);
            var lots = (await work.Db.Set<LotRow>().AsNoTracking().Where(l => some.Contains(l.MemberId)).ToListAsync(cancel)).ToLookup(l => l.MemberId);
            foreach (var id in some)
            {
                if (await work.FindAsync(id, cancel) is not { } account)
                    continue;
                var own = transfers[id].Select(t => t.ToTransfer()).ToList();
                entries += own.Count;
                if (account.Restore(Books.Rebuild(id, own), lots[id]))
                    corrected++;
            }
            await work.CommitAsync(cancel);
        }
        return new(entries, corrected);
    }

    private async Task<List<MemberId>> MembersAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<WalletRow>().OrderBy(w => w.MemberId).Select(w => w.MemberId).ToListAsync(cancel);
    }
}

/// <summary><c>rebuild</c>: what it corrected; run <c>verify</c> before and after it.</summary>
internal static class RebuildCommand
{
    public static async Task<int> RunAsync(IServiceProvider services, string[] args)
    {
        var rebuilt = await services.GetRequiredService<RebuildBooks>().HandleAsync(CancellationToken.None);
        Console.WriteLine(FormattableString.Invariant($"rebuilt from {rebuilt.Entries} entries, {rebuilt.Corrected} members corrected"));
        return 0;
    }
}
