using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Values;

namespace Portal.Rewarding.Marks;

/// <summary>A member's badges and challenges.</summary>
internal sealed class MarkData : IMemberData
{
    public string Name => "badges";

    public async Task MoveAsync(PortalDb db, MemberId from, MemberId to, CancellationToken cancel)
    {
        var has = db.Set<BadgeRow>().Where(b => b.MemberId == to).Select(b => b.Badge);
        await db.Set<BadgeRow>().Where(b => b.MemberId == from && has.Contains(b.Badge)).ExecuteDeleteAsync(cancel);
        await db.Set<BadgeRow>().Where(b => b.MemberId == from).ExecuteUpdateAsync(s => s.SetProperty(b => b.MemberId, to), cancel);
        var own = await db.Set<ChallengeRow>().Where(c => c.MemberId == to).ToDictionaryAsync(c => c.Challenge, cancel);
        foreach (var row in await db.Set<ChallengeRow>().AsNoTracking().Where(c => c.MemberId == from).ToListAsync(cancel))
        {
            if (!own.TryGetValue(row.Challenge, out var mine))
                continue;
            mine.Progress = Math.Min(mine.Goal, mine.Progress + row.Progress);
            mine.CompletedAt ??= row.CompletedAt;
            await db.Set<ChallengeRow>().Where(c => c.MemberId == from && c.Challenge == row.Challenge).ExecuteDeleteAsync(cancel);
        }
        await db.Set<ChallengeRow>().Where(c => c.MemberId == from).ExecuteUpdateAsync(s => s.SetProperty(c => c.MemberId, to), cancel);
    }

    public async Task EraseAsync(PortalDb db, MemberId member, CancellationToken cancel)
    {
        await db.Set<BadgeRow>().Where(b => b.MemberId == member).ExecuteDeleteAsync(cancel);
        await db.Set<ChallengeRow>().Where(c => c.MemberId == member).ExecuteDeleteAsync(cancel);
    }

    public async Task<object> ExportAsync(PortalDb db, MemberId member, CancellationToken cancel) => new
    {
        Badges = await db.Set<BadgeRow>().AsNoTracking().Where(b => b.MemberId == member).OrderBy(b => b.At).Select(b => new { b.Badge, b.NameId, b.NameEn, b.At }).ToListAsync(cancel),
        Challenges = await db.Set<ChallengeRow>().AsNoTracking().Where(c => c.MemberId == member).OrderBy(c => c.Challenge)
            .Select(c => new { c.Challenge, c.Progress, c.Goal, c.CompletedAt }).ToListAsync(cancel),
    };
}
