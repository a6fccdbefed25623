using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Purchases;
using Portal.Rewarding.Segments;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Backtesting;
using RewardsEngine.Conditions;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Backtests;

/// <summary>A stored activity as it is read for a replay.</summary>
internal sealed record StoredActivity(Guid Id, string Type, MemberId? Member, DateTime At, DateTime RecordedAt, string Json);

/// <summary>
/// Reads stored activities as the engine replays them: everything between the first and the last of the newest purchases,
/// members as they were read before their first event, codes and vouchers as they stood.
/// </summary>
internal static class BacktestHistory
{
    private const int InputsAtOnce = 2_000;

    public static async Task<BacktestInput> LoadAsync(PortalDb db, BacktestRow asked, CompiledRuleSet live, CompiledRuleSet draft, CancellationToken cancel)
    {
        var stored = await StoredAsync(db, asked, cancel);
        if (stored.Count == 0)
            return new() { Events = [] };
        var activities = new Activity[stored.Count];
        Parallel.For(0, stored.Count, new ParallelOptions { CancellationToken = cancel }, i => activities[i] = EngineJson.Read<Activity>(stored[i].Json));
        var first = FirstOfMembers(stored, activities);
        var special = stored.Index().Where(s => first.Contains(s.Index) || activities[s.Index] is Purchase { Codes.Count: > 0 }).Select(s => s.Index).ToList();
        var inputs = await InputsAsync(db, stored, special, cancel);
        var opening = first.Where(inputs.ContainsKey).Select(i => inputs[i].Member).ToList();
        var refunds = await RefundsAsync(db, stored, cancel);
        var events = new List<(DateTime At, int Order, BacktestEvent Event)>(stored.Count);
        for (var i = 0; i < stored.Count; i++)
            events.AddRange(Events(activities[i], inputs.GetValueOrDefault(i), refunds.GetValueOrDefault(stored[i].Id)).Select(e => (stored[i].At, i, e)));
        events.AddRange((await SpentAsync(db, stored, asked.AsOf, cancel)).Select((s, n) => (s.At, stored.Count + n, new BacktestEvent(null, s))));
        var longest = live.CountersFor(ActivityTypes.Purchase).Concat(draft.CountersFor(ActivityTypes.Purchase)).Where(c => c.Counter == RewardsEngine.Conditions.Counter.Purchases)
            .Select(c => (DateTime?)c.Last.Before(stored[0].At)).Min();
        return new()
        {
            Events = [.. events.OrderBy(e => e.At).ThenBy(e => e.Order).Select(e => e.Event)],
            Opening = longest is { } since ? await WithRecentAsync(db, opening, live.Programme.Currency, since, stored[0].At, cancel) : opening,
            Budgets = [.. inputs.OrderBy(i => i.Key).SelectMany(i => i.Value.Resources.Rules).DistinctBy(r => r.Rule)],
            Groups = await GroupsAsync(db, cancel),
        };
    }

    /// <summary>Members by the tier and the value segment they are in now: at the beginning of a history nearly all are new.</summary>
    private static async Task<Dictionary<MemberId, IReadOnlyList<string>>> GroupsAsync(PortalDb db, CancellationToken cancel)
    {
        var segments = (await db.Set<MemberSegmentRow>().AsNoTracking().Select(s => new { s.MemberId, s.Segment }).ToListAsync(cancel)).ToLookup(s => s.MemberId, s => s.Segment);
        var tiers = await db.Set<MemberRow>().AsNoTracking().Select(m => new { m.Id, m.TierKey }).ToListAsync(cancel);
        return tiers.ToDictionary(m => m.Id, IReadOnlyList<string> (m) => [.. segments[m.Id].Append(m.TierKey).Where(g => g.Length > 0)]);
    }

    /// <summary>Everything from the first of the newest purchases on, in the order it happened.</summary>
    private static async Task<List<StoredActivity>> StoredAsync(PortalDb db, BacktestRow asked, CancellationToken cancel)
    {
        var all = db.Set<ActivityRow>().AsNoTracking().Where(a => a.RecordedAt <= asked.AsOf);
        var purchases = all.Where(a => a.Type == ActivityTypes.Purchase);
        var from = await purchases.OrderByDescending(a => a.OccurredAt).Skip(asked.Purchases - 1).Select(a => (DateTime?)a.OccurredAt).FirstOrDefaultAsync(cancel)
            ?? await purchases.MinAsync(a => (DateTime?)a.OccurredAt, cancel);
        if (from is null)
            return [];
        return await all.Where(a => a.OccurredAt >= from).OrderBy(a => a.OccurredAt).ThenBy(a => a.RecordedAt).ThenBy(a => a.Id)
            .Select(a => new StoredActivity(a.Id, a.Type, a.MemberId, a.OccurredAt, a.RecordedAt, a.Activity)).ToListAsync(cancel);
    }

    private static HashSet<int> FirstOfMembers(List<StoredActivity> stored, Activity[] activities)
    {
        var seen = new HashSet<MemberId>();
        // A refund records no member as read; the member begins with the next event that does.
        return [.. stored.Index().Where(s => activities[s.Index] is not Refund && s.Item.Member is { } member && seen.Add(member)).Select(s => s.Index)];
    }

    private static async Task<Dictionary<int, DecisionInput>> InputsAsync(PortalDb db, List<StoredActivity> stored, List<int> wanted, CancellationToken cancel)
    {
        var read = new ConcurrentDictionary<int, DecisionInput>();
        foreach (var some in wanted.Chunk(InputsAtOnce))
        {
            var byId = some.ToDictionary(i => stored[i].Id);
            var ids = byId.Keys.ToList();
            var rows = await db.Set<ActivityRow>().AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.MemberId, a.Input }).ToListAsync(cancel);
            Parallel.ForEach(rows, new ParallelOptions { CancellationToken = cancel }, row =>
            {
                var input = EngineJson.Read<DecisionInput>(row.Input);
                // The activity may have come along from a membership that was joined with this one.
                read[byId[row.Id]] = row.MemberId is { } owner ? input with { Member = input.Member with { Id = owner } } : input;
            });
        }
        return new(read);
    }

    private static async Task<Dictionary<Guid, RefundOutcome>> RefundsAsync(PortalDb db, List<StoredActivity> stored, CancellationToken cancel)
    {
        var outcomes = new Dictionary<Guid, RefundOutcome>();
        foreach (var ids in stored.Where(s => s.Type == ActivityTypes.Refund).Select(s => s.Id).Chunk(InputsAtOnce))
            foreach (var row in await db.Set<ActivityRow>().AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Decision }).ToListAsync(cancel))
                outcomes[row.Id] = EngineJson.Read<RefundOutcome>(row.Decision);
        return outcomes;
    }

    /// <summary>A refund that named no sale is replayed on the sales it found.</summary>
    private static IEnumerable<BacktestEvent> Events(Activity activity, DecisionInput? input, RefundOutcome? outcome)
    {
        if (activity is not Refund refund)
            return [new(activity, null, input?.Resources.Codes, input?.Resources.Vouchers, input?.Resources.Stock)];
        return (outcome?.Sales ?? []).Select((sale, n) => new BacktestEvent(refund with
        {
            Reference = n == 0 ? refund.Reference : $"{refund.Reference}/{n}",
            PurchaseReference = sale.PurchaseReference,
            Returned = refund.Returned is SomeLines && sale.Lines.Any(l => l.Quantity > 0)
                ? new SomeLines([.. sale.Lines.Where(l => l.Quantity > 0).Select(l => new ReturnedLine("", l.Quantity, l.LineId, l.Amount))])
                : refund.Returned,
        }));
    }

    private static async Task<List<PointsSpent>> SpentAsync(PortalDb db, List<StoredActivity> stored, DateTime asOf, CancellationToken cancel)
    {
        var (from, to) = (stored[0].At, stored[^1].At);
        var rows = await db.Set<TransferRow>().AsNoTracking()
            .Where(t => (t.Kind == TransferKind.Redeem || t.Kind == TransferKind.Capture) && t.EffectiveAt >= from && t.EffectiveAt <= to && t.RecordedAt <= asOf)
            .GroupBy(t => new { t.MemberId, t.Operation, t.EffectiveAt }).Select(g => new { g.Key.MemberId, g.Key.EffectiveAt, g.Key.Operation, Points = g.Sum(t => t.Amount) })
            .OrderBy(g => g.EffectiveAt).ThenBy(g => g.Operation).ToListAsync(cancel);
        return rows.ConvertAll(r => new PointsSpent(r.MemberId, r.EffectiveAt, r.Points));
    }

    /// <summary>Counters over a window need the purchases before the first event, which no stored input holds for a new rule.</summary>
    private static async Task<IReadOnlyList<MemberSnapshot>> WithRecentAsync(
        PortalDb db, List<MemberSnapshot> opening, Currency currency, DateTime since, DateTime until, CancellationToken cancel)
    {
        var rows = await db.Set<PurchaseRow>().AsNoTracking().Where(p => p.Kind == PurchaseKind.Sale && p.MemberId != null && p.OccurredAt >= since && p.OccurredAt < until)
            .Where(PurchaseRow.IsKept)
            .OrderBy(p => p.OccurredAt).Select(p => new { Member = p.MemberId!.Value, p.OccurredAt, p.Total, Quantity = p.Lines.Sum(l => (long)l.Quantity) }).ToListAsync(cancel);
        var recent = rows.ToLookup(r => r.Member, r => new HistoryEntry(r.OccurredAt, currency.FromMinor(r.Total), r.Quantity));
        return [.. opening.Select(m => m with { Purchases = m.Purchases with { Recent = [.. recent[m.Id]] } })];
    }
}
