using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;

namespace Portal.Rewarding.Ledger;

/// <summary>
/// Books what falls due by itself: points that become free, expire, or were reserved too long; and reviews those members' tiers.
/// Safe to repeat and on several nodes: each wallet is locked, and one that is settled has nothing left to book.
/// </summary>
public sealed class SettleDue(IDbContextFactory<PortalDb> databases, Rewards rewards, ProgrammeStore programmes, TimeProvider time)
{
    private const int WalletsAtOnce = 100;

    /// <returns>How many wallets were settled.</returns>
    public async Task<int> HandleAsync(CancellationToken cancel)
    {
        if (!await programmes.ExistsAsync(cancel))
            return 0;
        var settled = 0;
        while (true)
        {
            var due = await DueAsync(cancel);
            if (due.Count == 0)
                return settled;
            await using var work = await rewards.BeginAsync(cancel);
            await work.LoadAsync(due, cancel);
            var rules = await programmes.CurrentAsync(work, cancel);
            foreach (var id in due)
            {
                if (await work.FindAsync(id, cancel) is not { } account)
                    continue;
                account.Settle(work.Now, work.Now);
                await TierStandings.ReviewAsync(work.Db, account, rules.Programme, ProgrammeDays.Of(work.Now, rules.Zone), cancel);
            }
            await work.CommitAsync(cancel);
            settled += due.Count;
        }
    }

    private async Task<List<RewardsEngine.Values.MemberId>> DueAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.UtcNow();
        return await db.Set<WalletRow>().Where(w => w.NextDueAt <= now).OrderBy(w => w.NextDueAt).Select(w => w.MemberId).Take(WalletsAtOnce).ToListAsync(cancel);
    }
}
