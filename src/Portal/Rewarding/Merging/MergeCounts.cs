using Portal.Data;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Programs;

namespace Portal.Rewarding.Merging;

/// <summary>Adds up what was counted for two memberships: purchases, uses of rules, qualifying days; and keeps the higher tier.</summary>
internal static class MergeCounts
{
    public static async Task MoveAsync(PortalDb db, MemberAccount from, MemberAccount to, Programme programme, CancellationToken cancel)
    {
        await MoveCountersAsync(db, from, to, cancel);
        await MoveUsesAsync(db, from, to, cancel);
        foreach (var day in (await TierStandings.DaysAsync(db, from, cancel)).ToList())
        {
            await TierStandings.CountAsync(db, to, day.Day, day.Points, cancel);
            db.Remove(day);
        }
        from.QualifyingDays = [];
        if (Rank(programme, from.Row.TierKey) > Rank(programme, to.Row.TierKey))
            (to.Row.TierKey, to.Row.TierStanding, to.Row.TierReviewOn) = (from.Row.TierKey, from.Row.TierStanding, from.Row.TierReviewOn);
        await db.SaveChangesAsync(cancel);
    }

    private static async Task MoveCountersAsync(PortalDb db, MemberAccount from, MemberAccount to, CancellationToken cancel)
    {
        var (old, sum) = (await Snapshots.CountersAsync(db, from, cancel), await Snapshots.CountersAsync(db, to, cancel));
        sum.Purchases += old.Purchases;
        sum.PurchaseTotal += old.PurchaseTotal;
        sum.PurchaseQuantity += old.PurchaseQuantity;
        (sum.FirstPurchaseAt, sum.LastPurchaseAt) = (First(sum.FirstPurchaseAt, old.FirstPurchaseAt), Last(sum.LastPurchaseAt, old.LastPurchaseAt));
        sum.Visits += old.Visits;
        (sum.FirstVisitAt, sum.LastVisitAt) = (First(sum.FirstVisitAt, old.FirstVisitAt), Last(sum.LastVisitAt, old.LastVisitAt));
        sum.Redemptions += old.Redemptions;
        sum.RedemptionPoints += old.RedemptionPoints;
        (sum.FirstRedemptionAt, sum.LastRedemptionAt) = (First(sum.FirstRedemptionAt, old.FirstRedemptionAt), Last(sum.LastRedemptionAt, old.LastRedemptionAt));
        sum.Complaints += old.Complaints;
        (sum.FirstComplaintAt, sum.LastComplaintAt) = (First(sum.FirstComplaintAt, old.FirstComplaintAt), Last(sum.LastComplaintAt, old.LastComplaintAt));
        db.Remove(old);
        from.Counters = null;
    }

    private static async Task MoveUsesAsync(PortalDb db, MemberAccount from, MemberAccount to, CancellationToken cancel)
    {
        var uses = await Snapshots.UsesAsync(db, to, cancel);
        foreach (var old in (await Snapshots.UsesAsync(db, from, cancel)).ToList())
        {
            if (uses.Find(u => u.RuleId == old.RuleId && u.Day == old.Day) is { } same)
            {
                same.Uses += old.Uses;
                same.Points += old.Points;
            }
            else
            {
                var row = new RuleUseRow { MemberId = to.Id, RuleId = old.RuleId, Day = old.Day, Uses = old.Uses, Points = old.Points };
                uses.Add(row);
                db.Add(row);
            }
            db.Remove(old);
        }
        from.RuleUses = [];
    }

    private static decimal Rank(Programme programme, string tier) =>
        programme.TierRules?.Steps.Where(s => s.Code == tier).Select(s => (decimal?)s.Minimum).FirstOrDefault() ?? -1;

    private static DateTime? First(DateTime? left, DateTime? right) => left is null || right < left ? right ?? left : left;

    private static DateTime? Last(DateTime? left, DateTime? right) => left is null || right > left ? right ?? left : left;
}
