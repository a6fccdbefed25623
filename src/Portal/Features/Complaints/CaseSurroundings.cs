using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Purchases;

namespace Portal.Features.Complaints;

/// <summary>What lists and reports want to know of a new case beside what the customer wrote.</summary>
internal static class CaseSurroundings
{
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromDays(90);

    /// <summary>Store and product from the purchase it is about, and whether the customer complained lately.</summary>
    public static async Task LookAsync(PortalDb db, CaseRow row, CancellationToken cancel)
    {
        if (row.PurchaseId is { } purchase)
        {
            var bought = await db.Set<PurchaseRow>().Where(p => p.Id == purchase)
                .Select(p => new { p.Store, Product = p.Lines.OrderByDescending(l => l.Net).ThenBy(l => l.Position).Select(l => l.Name ?? l.Sku).FirstOrDefault() })
                .SingleAsync(cancel);
            (row.Store, row.Product) = (bought.Store, bought.Product);
        }
        var since = row.CreatedAt - RepeatWindow;
        var before = db.Set<CaseRow>().Where(c => c.CreatedAt >= since && c.Id != row.Id);
        row.IsRepeat = row.MemberId is { } member ? await before.AnyAsync(c => c.MemberId == member, cancel)
            : row.ContactEmail is { } email && await before.AnyAsync(c => c.ContactEmail == email, cancel);
    }
}
