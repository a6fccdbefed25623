using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using Portal.Rewarding.Segments;
using RewardsEngine.Conditions;
using RewardsEngine.Members;
using RewardsEngine.Programs;

namespace Portal.Rewarding.Decisions;

/// <summary>Builds what a decision reads of a member from the rows of an open work.</summary>
internal static class Snapshots
{
    public static async Task<MemberSnapshot> TakeAsync(
        PortalDb db, MemberAccount account, CompiledRuleSet rules, string activityType, DateTime at, CancellationToken cancel)
    {
        var counters = await CountersAsync(db, account, cancel);
        var uses = await UsesAsync(db, account, cancel);
        var segments = await SegmentsAsync(db, account, cancel);
        var row = account.Row;
        var programme = rules.Programme;
        var recent = Since(Counter.Purchases) is { } sales ? await RecentPurchasesAsync(db, account, programme, sales, cancel) : [];
        var visits = Since(Counter.Visits) is { } coming && counters.Visits > 0 ? await HappeningRow.SinceAsync(db, account.Id, HappeningKind.Visit, coming, cancel) : [];
        var redemptions = Since(Counter.Redemptions) is { } spending && counters.Redemptions > 0 ? await HappeningRow.SinceAsync(db, account.Id, HappeningKind.Redemption, spending, cancel) : [];
        var complaints = Since(Counter.Complaints) is { } filing && counters.Complaints > 0 ? await HappeningRow.SinceAsync(db, account.Id, HappeningKind.Complaint, filing, cancel) : [];
        return new MemberSnapshot
        {
            Id = row.Id,
            Joined = row.JoinedAt,
            Version = account.Wallet.Version,
            Tier = row.TierKey is "" ? programme.TierRules?.Steps.MinBy(t => t.Minimum)?.Code : row.TierKey,
            Segments = segments,
            Consents = row.Consents is null ? [] : row.Consents.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Language = row.Language.StartsWith("id", StringComparison.OrdinalIgnoreCase) ? "id" : "en",
            BirthDate = row.Birthday,
            City = row.City,
            Company = row.Company,
            Interests = row.Interests is null ? [] : row.Interests.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Points = new()
            {
                Available = account.Wallet.Unexpired(at),
                Pending = account.Wallet.Pending,
                Held = account.Wallet.Held,
                Debt = account.Wallet.Debt,
                Qualifying = account.Wallet.Qualifying,
            },
            Purchases = new(counters.Purchases, programme.Currency.FromMinor(counters.PurchaseTotal), counters.PurchaseQuantity, counters.FirstPurchaseAt, counters.LastPurchaseAt, recent),
            Visits = new(counters.Visits, 0, counters.Visits, counters.FirstVisitAt, counters.LastVisitAt, visits),
            // What a redemption is about are its points; their sum is its total, as the words of conditions say.
            Redemptions = new(counters.Redemptions, Shown(counters.RedemptionPoints), counters.Redemptions, counters.FirstRedemptionAt, counters.LastRedemptionAt,
                [.. redemptions.Select(r => new HistoryEntry(r.At, Shown(r.Quantity), 1))]),
            Complaints = new(counters.Complaints, 0, counters.Complaints, counters.FirstComplaintAt, counters.LastComplaintAt, complaints),
            RuleUses =
            [
                .. uses.GroupBy(u => u.RuleId).OrderBy(g => g.Key).Select(g => new RuleUse(
                    g.Key, g.Sum(u => u.Uses), g.Sum(u => u.Points), [.. g.OrderBy(u => u.Day).Select(u => new UsedOnDay(u.Day, u.Uses, u.Points))])),
            ],
            EarnedByDay = [.. uses.GroupBy(u => u.Day).OrderBy(g => g.Key).Select(g => new UsedOnDay(g.Key, g.Sum(u => u.Uses), g.Sum(u => u.Points)))],
        };

        // A wallet may have decimals; its rows hold the smallest unit.
        decimal Shown(long points) => points / (decimal)Math.Pow(10, programme.Points.Decimals);

        // The longest window that a rule on this event looks back over; a day more, because the zone's midnight is not UTC's.
        DateTime? Since(Counter counter) => rules.CountersFor(activityType).Where(c => c.Counter == counter).Select(c => (DateTime?)c.Last.Before(at)).Min()?.AddDays(-1);
    }

    /// <summary>The member's running counters; made when first needed. Loaded once per work.</summary>
    public static async Task<MemberCounterRow> CountersAsync(PortalDb db, MemberAccount account, CancellationToken cancel)
    {
        if (account.Counters is { } known)
            return known;
        var counters = account.IsNew || account.CountersAreRead ? null : await db.Set<MemberCounterRow>().FindAsync([account.Id], cancel);
        if (counters is null)
            db.Add(counters = new() { MemberId = account.Id });
        return account.Counters = counters;
    }

    public static async Task<List<RuleUseRow>> UsesAsync(PortalDb db, MemberAccount account, CancellationToken cancel) =>
        account.RuleUses ??= account.IsNew ? [] : await db.Set<RuleUseRow>().Where(u => u.MemberId == account.Id).ToListAsync(cancel);

    private static async Task<IReadOnlyList<string>> SegmentsAsync(PortalDb db, MemberAccount account, CancellationToken cancel) =>
        account.Segments ??= account.IsNew ? [] : await db.Set<MemberSegmentRow>().Where(s => s.MemberId == account.Id).OrderBy(s => s.Segment).Select(s => s.Segment).ToListAsync(cancel);

    private static async Task<IReadOnlyList<HistoryEntry>> RecentPurchasesAsync(
        PortalDb db, MemberAccount account, Programme programme, DateTime since, CancellationToken cancel)
    {
        // Rows of the same work are not in the database yet; both are asked.
        var stored = await db.Set<PurchaseRow>()
            .Where(p => p.MemberId == account.Id && p.Kind == PurchaseKind.Sale && p.OccurredAt >= since)
            .Where(PurchaseRow.IsKept)
            .Select(p => new { p.Id, p.OccurredAt, p.Total, Quantity = p.Lines.Sum(l => (long)l.Quantity) })
            .ToListAsync(cancel);
        // What this work sold or took back stands in its own rows.
        var own = db.Set<PurchaseRow>().Local.Where(p => p.MemberId == account.Id && p.Kind == PurchaseKind.Sale && p.OccurredAt >= since && p.Lines.Count > 0).ToList();
        var fresh = own.Where(PurchaseRow.Keeps)
            .Select(p => new { p.Id, p.OccurredAt, p.Total, Quantity = p.Lines.Sum(l => (long)l.Quantity) });
        return
        [
            .. stored.Where(p => own.TrueForAll(o => o.Id != p.Id)).Concat(fresh).OrderBy(p => p.OccurredAt)
                .Select(p => new HistoryEntry(p.OccurredAt, programme.Currency.FromMinor(p.Total), p.Quantity)),
        ];
    }
}
