using Insight.Value;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Purchases;
using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Segments;

/// <summary>What every member did in a period: one grouped query for each kind of row, however many members there are.</summary>
internal static class MemberYears
{
    // How EngineJson writes a voucher that stands for a thing. One for a discount costs when it is used, as a discount.
    private const string NoDiscounts = "\"discounts\":[]";

    /// <param name="db">Reads only.</param>
    /// <param name="programme">Amounts in other currencies are left out.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="through">The moment after the last.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<IReadOnlyList<MemberYear>> ReadAsync(PortalDb db, Programme programme, DateTime from, DateTime through, CancellationToken cancel)
    {
        var quarter = (through - from) / 4;
        var (second, third, last) = (from + quarter, from + (quarter * 2), from + (quarter * 3));
        var currency = programme.Currency.Code;
        var purchases = db.Set<PurchaseRow>().Where(p => p.MemberId != null && p.OccurredAt >= from && p.OccurredAt < through && p.Currency == currency);
        var sales = await purchases.Where(p => p.Kind == PurchaseKind.Sale).GroupBy(p => p.MemberId!.Value).Select(g => new
        {
            Member = g.Key,
            Sales = g.Sum(p => p.Total + p.Discount),
            Discounts = g.Sum(p => p.Discount),
            First = g.Sum(p => p.OccurredAt < second ? p.Total : 0),
            Second = g.Sum(p => p.OccurredAt >= second && p.OccurredAt < third ? p.Total : 0),
            Third = g.Sum(p => p.OccurredAt >= third && p.OccurredAt < last ? p.Total : 0),
            Last = g.Sum(p => p.OccurredAt >= last ? p.Total : 0),
        }).ToDictionaryAsync(g => g.Member, cancel);
        var refunds = await purchases.Where(p => p.Kind == PurchaseKind.Refund).GroupBy(p => p.MemberId!.Value)
            .Select(g => new { g.Key, Sum = g.Sum(p => p.Total) }).ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
        var categories = await purchases.Where(p => p.Kind == PurchaseKind.Sale).SelectMany(p => p.Lines, (p, l) => new { Member = p.MemberId!.Value, l.Category }).Where(l => l.Category != null)
            .Distinct().GroupBy(l => l.Member).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var spent = await db.Set<TransferRow>()
            .Where(t => (t.Kind == TransferKind.Redeem || t.Kind == TransferKind.Capture) && t.EffectiveAt >= from && t.EffectiveAt < through)
            .Where(t => !db.Set<VoucherRow>().Any(v => v.IssuedFor == t.Activity && v.MemberId == t.MemberId && !v.Template.Contains(NoDiscounts)))
            .GroupBy(t => t.MemberId).Select(g => new { g.Key, Points = g.Sum(t => t.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Points, cancel);
        var complaints = await db.Set<CaseRow>().Where(c => c.MemberId != null && c.CreatedAt >= from && c.CreatedAt < through).GroupBy(c => c.MemberId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

        var seen = sales.Keys.Union(refunds.Keys).Union(spent.Keys).Union(complaints.Keys).ToHashSet();
        var members = await db.Set<MemberRow>().Where(m => m.ClosedAt == null && m.MergedIntoId == null).Select(m => new { m.Id, m.JoinedAt }).ToListAsync(cancel);
        return [.. members.Where(m => seen.Contains(m.Id)).Select(m =>
        {
            var bought = sales.GetValueOrDefault(m.Id);
            return new MemberYear
            {
                Member = m.Id.Value,
                Sales = bought?.Sales ?? 0,
                Discounts = bought?.Discounts ?? 0,
                Refunds = refunds.GetValueOrDefault(m.Id),
                Rewards = programme.Currency.ToMinor(programme.Currency.Round(programme.WorthOf(spent.GetValueOrDefault(m.Id)))),
                Complaints = complaints.GetValueOrDefault(m.Id),
                Categories = categories.GetValueOrDefault(m.Id),
                MonthsSinceJoining = Months(m.JoinedAt, through),
                Paid = new(bought?.First ?? 0, bought?.Second ?? 0, bought?.Third ?? 0, bought?.Last ?? 0),
            };
        })];
    }

    private static int Months(DateTime from, DateTime to) =>
        Math.Max(0, ((to.Year - from.Year) * 12) + to.Month - from.Month - (to.Day < from.Day ? 1 : 0));
}
