using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Purchases;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Features.Wallet;

/// <summary>What kind of thing happened.</summary>
public enum EntryKind { Purchase, Refund, Earned, Redeemed, PaidWithPoints, Expired, Adjusted, Returned, Merged }

/// <summary>What the list is narrowed to.</summary>
/// <param name="Show"><c>purchases</c>, <c>rewards</c>, <c>points</c>; anything else: all.</param>
/// <param name="From">First day in the programme's zone.</param>
/// <param name="To">Last day.</param>
/// <param name="Search">Part of a receipt number, a product or a reward.</param>
public sealed record EntryFilter(string? Show = null, DateOnly? From = null, DateOnly? To = null, string? Search = null)
{
    public bool IsEmpty => Show is null && From is null && To is null && string.IsNullOrWhiteSpace(Search);
}

/// <summary>One line of a member's history.</summary>
/// <param name="Id">For the address: <c>p-…</c> a purchase or refund, <c>a-…</c> an activity, <c>t-…</c> a movement of points.</param>
/// <param name="Reference">Receipt number, activity type, or nothing.</param>
/// <param name="Name">What was redeemed.</param>
/// <param name="Amount">Money; null where none changed hands. Below zero for a refund.</param>
/// <param name="Points">Points gained or lost.</param>
public sealed record Entry(string Id, EntryKind Kind, DateTime At, string? Reference, LocalizedText? Name, string? Store, Money? Amount, long Points);

public sealed record EntryPage(IReadOnlyList<Entry> Entries, long Total);

/// <summary>Everything that happened to one member: purchases, other activities, and movements of points that neither caused.</summary>
public sealed class Transactions(IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options)
{
    private static readonly TransferKind[] OwnMovements =
        [TransferKind.Redeem, TransferKind.Capture, TransferKind.Expire, TransferKind.AdjustUp, TransferKind.AdjustDown, TransferKind.ReturnRedemption, TransferKind.MoveIn];

    /// <param name="member">Whose.</param>
    /// <param name="filter">Narrowed to.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">Entries on a page.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<EntryPage> ListAsync(MemberId member, EntryFilter filter, int page, int size, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var upTo = checked(page * size);
        List<Entry> entries = [];
        long total = 0;
        if (filter.Show is not ("rewards" or "points"))
            total += await AddPurchasesAsync(db, member, filter, upTo, entries, cancel);
        if (filter.Show is not ("rewards" or "purchases") && string.IsNullOrWhiteSpace(filter.Search))
            total += await AddActivitiesAsync(db, member, filter, upTo, entries, cancel);
        if (filter.Show is not "purchases")
            total += await AddMovementsAsync(db, member, filter, upTo, entries, cancel);
        return new([.. entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id, StringComparer.Ordinal).Skip(upTo - size).Take(size)], total);
    }

    private async Task<long> AddPurchasesAsync(PortalDb db, MemberId member, EntryFilter filter, int upTo, List<Entry> entries, CancellationToken cancel)
    {
        var (from, to) = Range(filter);
        var rows = db.Set<PurchaseRow>().AsNoTracking().Where(p => p.MemberId == member && p.OccurredAt >= from && p.OccurredAt < to);
        if (Wanted(filter) is { } wanted)
            rows = rows.Where(p => p.Reference.ToLower().Contains(wanted) || p.Lines.Any(l => l.Name != null && l.Name.ToLower().Contains(wanted) || l.Sku.ToLower().Contains(wanted)));
        var found = await rows.OrderByDescending(p => p.OccurredAt).Take(upTo)
            .Select(p => new { p.Id, p.Kind, p.OccurredAt, p.Reference, p.Store, p.Total, p.Currency, p.Points }).ToListAsync(cancel);
        entries.AddRange(found.Select(p => new Entry(
            $"p-{p.Id:N}", p.Kind == PurchaseKind.Sale ? EntryKind.Purchase : EntryKind.Refund, p.OccurredAt, p.Reference, null, p.Store,
            Amount(p.Kind == PurchaseKind.Sale ? p.Total : -p.Total, p.Currency), p.Points)));
        return await rows.LongCountAsync(cancel);
    }

    private async Task<long> AddActivitiesAsync(PortalDb db, MemberId member, EntryFilter filter, int upTo, List<Entry> entries, CancellationToken cancel)
    {
        var (from, to) = Range(filter);
        var rows = db.Set<ActivityRow>().AsNoTracking().Where(a => a.MemberId == member && a.OccurredAt >= from && a.OccurredAt < to
            && a.Type != ActivityTypes.Purchase && a.Type != ActivityTypes.Refund && a.Points != 0);
        var found = await rows.OrderByDescending(a => a.OccurredAt).Take(upTo)
            .Select(a => new { a.Id, a.Type, a.OccurredAt, a.Points }).ToListAsync(cancel);
        entries.AddRange(found.Select(a => new Entry($"a-{a.Id:N}", EntryKind.Earned, a.OccurredAt, a.Type, null, null, null, a.Points)));
        return await rows.LongCountAsync(cancel);
    }

    private async Task<long> AddMovementsAsync(PortalDb db, MemberId member, EntryFilter filter, int upTo, List<Entry> entries, CancellationToken cancel)
    {
        var (from, to) = Range(filter);
        var kinds = filter.Show switch
        {
            "rewards" => [TransferKind.Redeem, TransferKind.Capture, TransferKind.ReturnRedemption],
            "points" => [TransferKind.Expire, TransferKind.AdjustUp, TransferKind.AdjustDown, TransferKind.MoveIn],
            _ => OwnMovements,
        };
        var rows = OfPerson(db, member).Where(t => kinds.Contains(t.Kind) && t.EffectiveAt >= from && t.EffectiveAt < to);
        if (Wanted(filter) is { } wanted)
            rows = rows.Where(t => db.Set<VoucherRow>().Any(v => v.IssuedFor == t.Activity && v.MemberId == member
                && (v.NameId.ToLower().Contains(wanted) || v.NameEn.ToLower().Contains(wanted))));
        // One spending may take several lots: to its owner it is one movement.
        var grouped = rows.GroupBy(t => new { t.MemberId, t.WalletVersion, t.Kind, t.EffectiveAt, t.Activity })
            .Select(g => new { g.Key.MemberId, g.Key.WalletVersion, Ordinal = g.Min(t => t.Ordinal), g.Key.Kind, g.Key.EffectiveAt, g.Key.Activity, Amount = g.Sum(t => t.Amount) });
        var found = await grouped.OrderByDescending(g => g.EffectiveAt).Take(upTo).ToListAsync(cancel);
        var activities = found.Select(f => f.Activity).OfType<string>().Distinct().ToList();
        var names = await db.Set<VoucherRow>().AsNoTracking().Where(v => v.MemberId == member && activities.Contains(v.IssuedFor))
            .Select(v => new { v.IssuedFor, v.NameId, v.NameEn }).ToListAsync(cancel);
        var byActivity = names.GroupBy(n => n.IssuedFor).ToDictionary(g => g.Key, g => new LocalizedText(g.First().NameId, g.First().NameEn));
        entries.AddRange(found.Select(t => new Entry(
            MovementId(t.MemberId, t.WalletVersion, t.Ordinal), KindOf(t.Kind), t.EffectiveAt, null, t.Activity is null ? null : byActivity.GetValueOrDefault(t.Activity), null, null,
            t.Kind == TransferKind.MoveIn ? 0 : Gives(t.Kind) ? t.Amount : -t.Amount)));
        return await grouped.LongCountAsync(cancel);
    }

    /// <summary>Also what moved under memberships that became part of this one.</summary>
    internal static IQueryable<TransferRow> OfPerson(PortalDb db, MemberId member)
    {
        var before = db.Set<MemberRow>().Where(m => m.MergedIntoId == member).Select(m => m.Id);
        return db.Set<TransferRow>().AsNoTracking().Where(t => t.MemberId == member || before.Contains(t.MemberId));
    }

    /// <summary>A movement's address: whose, in which change, at which place of it.</summary>
    internal static string MovementId(MemberId member, long version, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"t-{member.Value:N}-{version}-{ordinal}");

    internal static EntryKind KindOf(TransferKind kind) => kind switch
    {
        TransferKind.Redeem => EntryKind.Redeemed,
        TransferKind.Capture => EntryKind.PaidWithPoints,
        TransferKind.Expire => EntryKind.Expired,
        TransferKind.ReturnRedemption => EntryKind.Returned,
        TransferKind.MoveIn => EntryKind.Merged,
        _ => EntryKind.Adjusted,
    };

    internal static bool Gives(TransferKind kind) => kind is TransferKind.AdjustUp or TransferKind.ReturnRedemption;

    internal static Money Amount(long minor, string currency)
    {
        var of = Currency.Of(currency);
        return new(of.FromMinor(minor), of);
    }

    private static string? Wanted(EntryFilter filter) => string.IsNullOrWhiteSpace(filter.Search) ? null : filter.Search.Trim().ToLowerInvariant();

    private (DateTime From, DateTime To) Range(EntryFilter filter) => (
        filter.From is { } from ? ProgrammeDays.StartOf(from, options.Value.Zone) : DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
        filter.To is { } to && to < DateOnly.MaxValue ? ProgrammeDays.StartOf(to.AddDays(1), options.Value.Zone) : DateTime.SpecifyKind(DateTime.MaxValue.Date, DateTimeKind.Utc));
}
