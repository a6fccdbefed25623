using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace Portal.Rewarding.Codes;

/// <summary>Stock of gifts in a decision: read, taken with the sale, given back with its return.</summary>
internal static class GiftStock
{
    /// <summary>The products that a rule gives away, also by its vouchers.</summary>
    public static IEnumerable<string> GivenBy(Rule rule) => Given(rule.Effects).Concat(rule.Effects.OfType<GiveVoucher>().SelectMany(v => Given(v.Voucher.Discounts)));

    public static IEnumerable<string> Given(IEnumerable<Effect> effects) => effects.OfType<FreeItem>().Select(f => f.Sku);

    public static async Task<IReadOnlyList<StockLeft>> LoadAsync(PortalDb db, IReadOnlyCollection<string> skus, CancellationToken cancel)
    {
        if (skus.Count == 0)
            return [];
        var rows = await db.Set<GiftStockRow>().AsNoTracking().Where(g => skus.Contains(g.Sku)).OrderBy(g => g.Sku).ToListAsync(cancel);
        return [.. rows.Select(g => new StockLeft(g.Sku, g.Available))];
    }

    /// <returns>False when somebody else took the last a moment before.</returns>
    public static async Task<bool> TakeAsync(PortalDb db, TakeStock take, CancellationToken cancel) =>
        await db.Set<GiftStockRow>().Where(g => g.Sku == take.Sku && g.Available >= take.Quantity)
            .ExecuteUpdateAsync(s => s.SetProperty(g => g.Available, g => g.Available - take.Quantity).SetProperty(g => g.Given, g => g.Given + take.Quantity), cancel) == 1
        || !await db.Set<GiftStockRow>().AnyAsync(g => g.Sku == take.Sku, cancel);

    public static async Task GiveBackAsync(PortalDb db, ReturnStock back, CancellationToken cancel) =>
        await db.Set<GiftStockRow>().Where(g => g.Sku == back.Sku)
            .ExecuteUpdateAsync(s => s.SetProperty(g => g.Available, g => g.Available + back.Quantity).SetProperty(g => g.Given, g => g.Given - back.Quantity), cancel);
}
