using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Purchases;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Closing;

/// <summary>What the transfers say up to a moment of recording, over all members.</summary>
internal sealed record BooksAt(
    long Issued, long Redeemed, long Expired, long Reversed, long Pending, long Available, long Held, long Debt, long SalePoints, long SaleRedeemed, long SaleExpired)
{
    public long Difference => Issued - Redeemed - Expired - Reversed - (Pending + Available + Held - Debt);

    public static async Task<BooksAt> ReadAsync(PortalDb db, DateTime through, CancellationToken cancel)
    {
        // A lot without a row is as its credit made it.
        var sums = await (
            from t in db.Set<TransferRow>()
            where t.RecordedAt < through
            join l in db.Set<LotRow>() on new { t.MemberId, Id = t.LotId } equals new { l.MemberId, Id = (LotId?)l.Id } into lots
            from lot in lots.DefaultIfEmpty()
            group t.Amount by new { t.Debit, t.Credit, OfSale = lot != null ? lot.OfSale : t.LotId != null && t.Operation.StartsWith(LotRow.OfSales) } into g
            select new { g.Key.Debit, g.Key.Credit, g.Key.OfSale, Amount = g.Sum() }).ToListAsync(cancel);
        return new(
            -Net(Account.ProgrammeIssued), Net(Account.ProgrammeRedeemed), Net(Account.ProgrammeExpired), Net(Account.ProgrammeReversed),
            Net(Account.MemberPending), Net(Account.MemberAvailable), Net(Account.MemberHeld), -Net(Account.MemberDebt),
            -Net(Account.ProgrammeIssued, ofSale: true) - Net(Account.ProgrammeReversed, ofSale: true), Net(Account.ProgrammeRedeemed, ofSale: true),
            Net(Account.ProgrammeExpired, ofSale: true));

        long Net(Account account, bool? ofSale = null) =>
            sums.Where(s => s.Credit == account && (ofSale is null || s.OfSale == ofSale)).Sum(s => s.Amount)
            - sums.Where(s => s.Debit == account && (ofSale is null || s.OfSale == ofSale)).Sum(s => s.Amount);
    }

    /// <summary>What sales that gave points brought in between two moments of recording, and returns took back: money of the goods, and points.</summary>
    public static async Task<(long Sold, long Points, long Returned, long TakenBack)> SalesAsync(PortalDb db, DateTime from, DateTime through, CancellationToken cancel)
    {
        var rows = await db.Set<PurchaseRow>().Where(p => p.MemberId != null && p.Points != 0 && p.RecordedAt >= from && p.RecordedAt < through)
            .GroupBy(p => p.Kind).Select(g => new { g.Key, Money = g.Sum(p => p.Total - p.Shipping), Points = g.Sum(p => p.Points) }).ToListAsync(cancel);
        var (sales, returns) = (rows.Find(r => r.Key == PurchaseKind.Sale), rows.Find(r => r.Key == PurchaseKind.Refund));
        return (sales?.Money ?? 0, sales?.Points ?? 0, returns?.Money ?? 0, -(returns?.Points ?? 0));
    }
}
