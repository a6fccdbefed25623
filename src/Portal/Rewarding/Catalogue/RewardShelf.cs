using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Catalogue;

/// <summary>A reward as customers see it.</summary>
public sealed record ShelfReward(
    string Key, LocalizedText Name, LocalizedText Description, RewardKind Kind, long Value, long Points, long? Stock, DateOnly? To,
    IReadOnlyList<string> Tiers, int ValidDays, string Icon)
{
    public bool SoldOut => Stock is 0;

    public bool IsFor(string tier) => Tiers.Count == 0 || Tiers.Contains(tier, StringComparer.Ordinal);
}

/// <summary>What can be redeemed today. Several features show it.</summary>
public sealed class RewardShelf(IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>Everything on the shelf today, cheapest first; sold-out rewards too.</summary>
    public async Task<IReadOnlyList<ShelfReward>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var today = Today;
        var rows = await db.Set<RewardRow>().AsNoTracking()
            .Where(r => r.Active && (r.From == null || r.From <= today) && (r.To == null || r.To >= today))
            .OrderBy(r => r.Points).ThenBy(r => r.Key).ToListAsync(cancel);
        return [.. rows.Select(Show)];
    }

    /// <summary>One reward that is on the shelf today; null otherwise.</summary>
    public async Task<ShelfReward?> FindAsync(string key, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<RewardRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Key == key, cancel);
        return row is not null && IsOnShelf(row, Today) ? Show(row) : null;
    }

    internal static bool IsOnShelf(RewardRow row, DateOnly today) =>
        row.Active && (row.From is null || row.From <= today) && (row.To is null || row.To >= today);

    private DateOnly Today => ProgrammeDays.Of(time.UtcNow(), options.Value.Zone);

    private static ShelfReward Show(RewardRow r) =>
        new(r.Key, r.Name, new(r.DescriptionId, r.DescriptionEn), r.Kind, r.Value, r.Points, r.Stock, r.To, r.TierKeys, r.ValidDays, r.Icon);
}
