using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Decisions;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Values;

namespace Portal.Rewarding.Purchases;

/// <summary>Sales as a refund sees them: what was sold, what came back before. Rows of the same work count too.</summary>
internal static class RefundedSales
{
    public static async Task<PurchaseRow?> FindAsync(PortalDb db, string reference, CancellationToken cancel) =>
        db.Set<PurchaseRow>().Local.FirstOrDefault(p => p.Kind == PurchaseKind.Sale && p.Reference == reference)
        ?? await db.Set<PurchaseRow>().Include(p => p.Lines.OrderBy(l => l.Position))
            .SingleOrDefaultAsync(p => p.Kind == PurchaseKind.Sale && p.Reference == reference, cancel);

    /// <summary>Whose sales these are: they are locked before the sales are read.</summary>
    public static async Task<List<MemberId>> MembersAsync(PortalDb db, List<string> references, CancellationToken cancel) => references.Count == 0
        ? []
        : await db.Set<PurchaseRow>().Where(p => p.Kind == PurchaseKind.Sale && references.Contains(p.Reference) && p.MemberId != null)
            .Select(p => p.MemberId!.Value).Distinct().ToListAsync(cancel);

    /// <summary>Reads many sales at once, for <see cref="FindAsync"/>.</summary>
    public static async Task LoadAsync(PortalDb db, List<string> references, CancellationToken cancel)
    {
        if (references.Count > 0)
            await db.Set<PurchaseRow>().Include(p => p.Lines.OrderBy(l => l.Position))
                .Where(p => p.Kind == PurchaseKind.Sale && references.Contains(p.Reference)).LoadAsync(cancel);
    }

    public static async Task<Decision> DecisionAsync(PortalDb db, string reference, CancellationToken cancel) =>
        (await Decider.KnownAsync(db, ActivityTypes.Purchase, reference, cancel)
            ?? throw new InvalidOperationException($"The sale {reference} has no stored decision.")).ReadDecision();

    /// <summary>The member's sales up to a moment with units of the returned products that have not come back.</summary>
    public static async Task<List<PurchaseRow>> OpenAsync(PortalDb db, MemberId member, SomeLines returned, DateTime until, CancellationToken cancel)
    {
        var skus = returned.Lines.Select(l => l.Sku).Distinct().ToList();
        await db.Set<PurchaseRow>().Include(p => p.Lines)
            .Where(p => p.MemberId == member && p.Kind == PurchaseKind.Sale && p.OccurredAt <= until
                && p.Lines.Any(l => skus.Contains(l.Sku) && l.ReturnedQuantity < l.Quantity))
            .LoadAsync(cancel);
        return [.. db.Set<PurchaseRow>().Local.Where(p => p.MemberId == member && p.Kind == PurchaseKind.Sale && p.OccurredAt <= until)];
    }

    public static IEnumerable<OpenLine> OpenLines(PurchaseRow sale) =>
        sale.Lines.Where(l => l.ReturnedQuantity < l.Quantity)
            .Select(l => new OpenLine(sale.Reference, sale.OccurredAt, l.LineId, l.Sku, l.Quantity - l.ReturnedQuantity));

    public static IReadOnlyList<LineReturn> ReturnedOf(PurchaseRow sale)
    {
        var currency = Currency.Of(sale.Currency);
        return [.. sale.Lines.Where(l => l.ReturnedQuantity > 0 || l.ReturnedAmount > 0)
            .Select(l => new LineReturn(l.LineId, l.ReturnedQuantity, currency.FromMinor(l.ReturnedAmount)))];
    }

    /// <summary>Notes on the sale what came back now.</summary>
    public static void Mark(PurchaseRow sale, RefundDecision decision)
    {
        var currency = Currency.Of(sale.Currency);
        foreach (var back in decision.Lines)
        {
            var line = sale.Lines.First(l => l.LineId == back.LineId);
            line.ReturnedQuantity += back.Quantity;
            line.ReturnedAmount += currency.ToMinor(back.Amount);
        }
        sale.ReturnedTotal += currency.ToMinor(decision.Amount);
    }

    /// <summary>The refund's own lines: as reported, or for a whole sale what came back of it.</summary>
    public static IEnumerable<PurchaseLineRow> LinesOf(IReadOnlyList<ReturnedLine> reported, RefundOutcome outcome, Currency currency)
    {
        if (reported.Count > 0)
        {
            return reported.Select((line, i) => new PurchaseLineRow
            {
                Position = i,
                LineId = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
                Sku = line.Sku,
                Quantity = line.Quantity,
                UnitPrice = line.Amount is { } amount ? (long)Math.Round(amount / line.Quantity * 10_000m) : 0,
                Gross = currency.ToMinor(line.Amount ?? 0),
                Net = currency.ToMinor(line.Amount ?? 0),
            });
        }
        return outcome.Sales.SelectMany(s => s.Lines).Where(l => l.Quantity > 0).Select((line, i) => new PurchaseLineRow
        {
            Position = i,
            LineId = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Sku = line.LineId,
            Quantity = line.Quantity,
            UnitPrice = (long)Math.Round(line.Amount / line.Quantity * 10_000m),
            Gross = currency.ToMinor(line.Amount),
            Net = currency.ToMinor(line.Amount),
        });
    }
}
