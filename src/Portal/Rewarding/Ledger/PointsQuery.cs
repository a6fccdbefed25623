using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>A member's points at this moment, whether or not the daily close has already booked what fell due.</summary>
/// <param name="Balance">What is shown: spendable points, less what the member owes.</param>
/// <param name="Pending">Waiting for the end of the return window.</param>
/// <param name="NextActivation">When the first of them become free, and how many.</param>
/// <param name="NextExpiry">What expires next, and when.</param>
/// <param name="Tier">The tier's key.</param>
public sealed record MemberPoints(
    long Balance, long Pending, long Held, (DateTime At, long Points)? NextActivation, (DateTime At, long Points)? NextExpiry, string Tier)
{
    /// <summary>What can be spent now.</summary>
    public long Spendable => Math.Max(0, Balance);
}

/// <summary>Reads a member's points for a page.</summary>
public sealed class PointsQuery(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Null when there is no such member.</summary>
    public async Task<MemberPoints?> FindAsync(MemberId member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var tier = await db.Set<MemberRow>().Where(m => m.Id == member).Select(m => m.TierKey).SingleOrDefaultAsync(cancel);
        if (tier is null)
            return null;
        var row = await db.Set<WalletRow>().AsNoTracking().SingleOrDefaultAsync(w => w.MemberId == member, cancel) ?? new() { MemberId = member };
        var lots = await LotReader.OpenAsync(db, [row], cancel);
        var now = time.UtcNow();
        // What fell due is booked by the next change or by the daily close; the reader sees it as already booked.
        var wallet = RewardsEngine.Accounting.Ledger.Settle(row.ToWallet(lots.OrderBy(l => l.Sequence).Select(l => l.ToLot()), []), now, now).Wallet;
        var waiting = wallet.Lots.Where(l => l.Pending > 0 && l.ActivatesAt is not null).ToList();
        (DateTime, long)? activation = waiting.Count == 0
            ? null
            : (waiting.Min(l => l.ActivatesAt!.Value), waiting.Where(l => l.ActivatesAt == waiting.Min(o => o.ActivatesAt)).Sum(l => l.Pending));
        return new(wallet.Balance, wallet.Pending, wallet.Held, activation, wallet.NextExpiry(now), tier);
    }
}
