using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Merging;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Values;

namespace Portal.Features.Wallet;

/// <summary>One line of a receipt.</summary>
public sealed record DetailLine(string Name, int Quantity, Money Net, Money Discount, long Points, int Returned);

/// <summary>A link to something that belongs to the same transaction.</summary>
public sealed record Related(string Href, EntryKind Kind, string Reference);

/// <summary>A transaction with everything about it, and why.</summary>
/// <param name="Why">Null where no rule decided.</param>
/// <param name="Reason">A person's words, for an adjustment.</param>
public sealed record Detail(
    Entry Entry, IReadOnlyList<DetailLine> Lines, Money? Discount, Money? Shipping, ExplainedDecision? Why, IReadOnlyList<Related> Related,
    IReadOnlyList<(Guid Id, LocalizedText Name)> Vouchers, string? Reason)
{
    /// <summary>The membership whose points came here.</summary>
    public MemberMergeRow? Merge { get; init; }
}

/// <summary>Reads one transaction of one member.</summary>
public sealed class TransactionDetail(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes)
{
    /// <summary>Null when this member has no such transaction.</summary>
    public async Task<Detail?> FindAsync(MemberId member, string id, string language, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return id switch
        {
            ['p', '-', .. var rest] when Guid.TryParseExact(rest, "N", out var key) => await PurchaseAsync(db, member, key, language, cancel),
            ['a', '-', .. var rest] when Guid.TryParseExact(rest, "N", out var key) => await ActivityAsync(db, member, key, language, cancel),
            ['t', '-', .. var rest] when Movement(rest) is var (owner, version, ordinal) => await MovementAsync(db, member, owner, version, ordinal, cancel),
            _ => null,
        };
    }

    private async Task<Detail?> PurchaseAsync(PortalDb db, MemberId member, Guid key, string language, CancellationToken cancel)
    {
        var row = await db.Set<PurchaseRow>().AsNoTracking().Include(p => p.Lines).SingleOrDefaultAsync(p => p.Id == key && p.MemberId == member, cancel);
        if (row is null)
            return null;
        var sale = row.Kind == PurchaseKind.Sale;
        var decided = sale ? await ActivityOfAsync(db, member, ActivityTypes.Purchase, row.Reference, cancel) : null;
        var names = row.Lines.ToDictionary(l => l.LineId, l => l.Name ?? l.Sku);
        var entry = new Entry($"p-{key:N}", sale ? EntryKind.Purchase : EntryKind.Refund, row.OccurredAt, row.Reference, null, row.Store,
            Transactions.Amount(sale ? row.Total : -row.Total, row.Currency), row.Points);
        return new(
            entry,
            [.. row.Lines.OrderBy(l => l.Position).Select(l => new DetailLine(l.Name ?? l.Sku, l.Quantity,
                Transactions.Amount(l.Net, row.Currency), Transactions.Amount(l.Discount, row.Currency), l.Points, l.ReturnedQuantity))],
            row.Discount > 0 ? Transactions.Amount(row.Discount, row.Currency) : null,
            row.Shipping != 0 ? Transactions.Amount(row.Shipping, row.Currency) : null,
            decided is null ? null : await WhyAsync(decided, language, names.GetValueOrDefault, cancel),
            await RelatedAsync(db, member, row, cancel),
            decided is null ? [] : await VouchersAsync(db, member, $"{ActivityTypes.Purchase}:{row.Reference}", cancel), null);
    }

    private async Task<Detail?> ActivityAsync(PortalDb db, MemberId member, Guid key, string language, CancellationToken cancel)
    {
        var row = await db.Set<ActivityRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == key && a.MemberId == member, cancel);
        if (row is null || row.Type is ActivityTypes.Purchase or ActivityTypes.Refund)
            return null;
        return new(new($"a-{key:N}", EntryKind.Earned, row.OccurredAt, row.Type, null, null, null, row.Points), [], null, null,
            await WhyAsync(row, language, _ => null, cancel), [], await VouchersAsync(db, member, $"{row.Type}:{row.Reference}", cancel), null);
    }

    private static (MemberId Owner, long Version, int Ordinal)? Movement(string id) =>
        id.Split('-') is [var member, var change, var place] && Guid.TryParseExact(member, "N", out var owner)
        && long.TryParse(change, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            ? (new(owner), version, ordinal)
            : null;

    private static async Task<Detail?> MovementAsync(PortalDb db, MemberId member, MemberId owner, long version, int ordinal, CancellationToken cancel)
    {
        var first = await Transactions.OfPerson(db, member).SingleOrDefaultAsync(t => t.MemberId == owner && t.WalletVersion == version && t.Ordinal == ordinal, cancel);
        if (first is null)
            return null;
        var amount = await db.Set<TransferRow>().Where(t => t.MemberId == first.MemberId && t.Operation == first.Operation && t.Kind == first.Kind).SumAsync(t => t.Amount, cancel);
        var vouchers = first.Activity is { } activity ? await VouchersAsync(db, member, activity, cancel) : [];
        var kind = Transactions.KindOf(first.Kind);
        var entry = new Entry(Transactions.MovementId(owner, version, ordinal), kind, first.EffectiveAt, null, vouchers.Count > 0 ? vouchers[0].Name : null, null, null,
            kind == EntryKind.Merged ? 0 : Transactions.Gives(first.Kind) ? amount : -amount);
        var merge = kind == EntryKind.Merged ? await MergeAsync(db, first, cancel) : null;
        return new(entry, [], null, null, null, [], vouchers, kind == EntryKind.Adjusted ? first.Reason : null)
        {
            Merge = merge,
        };
    }

    private static async Task<MemberMergeRow?> MergeAsync(PortalDb db, TransferRow transfer, CancellationToken cancel) =>
        transfer.Activity?.Split(':') is ["merged", var id] && Guid.TryParse(id, out var from)
            ? await db.Set<MemberMergeRow>().AsNoTracking().SingleOrDefaultAsync(m => m.FromId == new MemberId(from), cancel)
            : null;

    private async Task<ExplainedDecision> WhyAsync(ActivityRow row, string language, Func<string, string?> lineNames, CancellationToken cancel)
    {
        // Worded with the programme that decided, so that an old receipt keeps its words.
        var programme = (await programmes.CompiledAsync(row.RuleSetVersion)).Programme;
        cancel.ThrowIfCancellationRequested();
        return new ExplanationText(programme, language, lineNames, ProgrammeNames.In(programme, language)).ForCustomer(row.ReadDecision().Explanation, row.Type);
    }

    private static Task<ActivityRow?> ActivityOfAsync(PortalDb db, MemberId member, string type, string reference, CancellationToken cancel) =>
        db.Set<ActivityRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Type == type && a.Reference == reference && a.MemberId == member, cancel);

    private static async Task<IReadOnlyList<(Guid Id, LocalizedText Name)>> VouchersAsync(PortalDb db, MemberId member, string issuedFor, CancellationToken cancel) =>
        [.. (await db.Set<VoucherRow>().AsNoTracking().Where(v => v.MemberId == member && v.IssuedFor == issuedFor).ToListAsync(cancel))
            .Select(v => (v.Id, new LocalizedText(v.NameId, v.NameEn)))];

    private static async Task<IReadOnlyList<Related>> RelatedAsync(PortalDb db, MemberId member, PurchaseRow row, CancellationToken cancel)
    {
        var others = db.Set<PurchaseRow>().AsNoTracking().Where(p => p.MemberId == member);
        others = row.Kind == PurchaseKind.Sale
            ? others.Where(p => p.Kind == PurchaseKind.Refund && p.SaleReference == row.Reference)
            : others.Where(p => p.Kind == PurchaseKind.Sale && p.Reference == row.SaleReference);
        return [.. (await others.OrderBy(p => p.OccurredAt).Select(p => new { p.Id, p.Kind, p.Reference }).ToListAsync(cancel))
            .Select(p => new Related($"/transactions/p-{p.Id:N}", p.Kind == PurchaseKind.Sale ? EntryKind.Purchase : EntryKind.Refund, p.Reference))];
    }
}
