using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Purchases;
using Portal.Rewarding.Segments;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>
/// The orders of one case in the portal itself: its rules are published, orders are recorded as sales, cancelled ones are
/// refunded whole, and what limits and budgets still hold is what the database says.
/// </summary>
internal sealed class OrderShop(DatabaseBookkeeping books)
{
    private static readonly DateTime LongAgo = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _prefix = Guid.CreateVersion7().ToString("N");
    private readonly HashSet<MemberId> _known = [];
    private readonly HashSet<MemberId> _said = []; // whose number of orders is what a step said
    private readonly Dictionary<RuleId, (long Uses, long Spend)> _opened = [];
    private readonly Dictionary<string, Placed> _orders = new(StringComparer.Ordinal);
    private (int Publication, string Rules) _published;
    private int _version;
    private int _number;

    /// <summary>Decides a cart as it would be decided now; nothing is counted.</summary>
    public async Task<Priced> QuoteAsync(Checkout checkout)
    {
        var ours = await PrepareAsync(checkout);
        await using var work = await Rewards.BeginAsync(CancellationToken.None);
        var account = await work.FindAsync(ours.Purchase.Member!.Value, CancellationToken.None);
        return ours.Priced(await Rewards.PreviewAsync(work, account, ours.Purchase, CancellationToken.None));
    }

    /// <summary>Records the order as a sale. An order that stands and is sent again, word for word, is the same sale.</summary>
    public async Task<Priced> PlaceAsync(string order, string content, Checkout checkout)
    {
        var ours = await PrepareAsync(checkout);
        var again = _orders.TryGetValue(order, out var before) && before.Content == content;
        var purchase = ours.Purchase with { Reference = again ? before!.Reference : $"{_prefix}/{order}/{++_number}" };
        await using var work = await Rewards.BeginAsync(CancellationToken.None);
        var receipt = Needed(await books.Services.GetRequiredService<RecordPurchase>().HandleAsync(work, purchase, "api", CancellationToken.None));
        await work.CommitAsync(CancellationToken.None);
        _orders[order] = new(purchase.Reference, purchase.Member!.Value, purchase.OccurredAt, content);
        return ours.Priced(receipt.Decision);
    }

    /// <summary>Gives a placed order back as a whole; an order that was never placed has nothing to give back.</summary>
    public async Task CancelAsync(string order, DateTime? at)
    {
        if (!_orders.Remove(order, out var placed)) return;
        await using var work = await Rewards.BeginAsync(CancellationToken.None);
        var refund = new Refund { Reference = $"{placed.Reference}/cancelled", Member = placed.Member, OccurredAt = at ?? placed.At, PurchaseReference = placed.Reference, Returned = new WholeSale() };
        Needed(await books.Services.GetRequiredService<RecordRefund>().HandleAsync(work, refund, "api", CancellationToken.None));
        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>Reports the order as paid.</summary>
    public async Task PayAsync(string order)
    {
        if (!_orders.TryGetValue(order, out var placed)) return;
        await using var work = await Rewards.BeginAsync(CancellationToken.None);
        var payment = new Payment { Reference = $"{placed.Reference}/paid", Member = placed.Member, OccurredAt = placed.At, Invoice = placed.Reference, Amount = 0 };
        Needed(await books.Services.GetRequiredService<RecordEvent>().HandleAsync(work, payment, CancellationToken.None));
        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>The vouchers that an order issued, or all that orders of the case issued.</summary>
    public async Task<List<VoucherRow>> VouchersAsync(string? order = null)
    {
        var (ofCase, ofOrder) = ($"{ActivityTypes.Purchase}:{_prefix}/", order is null ? null : $"{ActivityTypes.Purchase}:{_orders[order].Reference}");
        await using var db = await books.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await db.Set<VoucherRow>().AsNoTracking().Where(row => ofOrder == null ? row.IssuedFor.StartsWith(ofCase) : row.IssuedFor == ofOrder).OrderBy(row => row.IssuedFor).ToListAsync();
    }

    private Portal.Rewarding.Rewards Rewards => books.Services.GetRequiredService<Portal.Rewarding.Rewards>();

    private async Task<Checkout> PrepareAsync(Checkout checkout)
    {
        var ours = Named(checkout);
        await PublishAsync(ours);
        await CustomerAsync(ours);
        return ours;
    }

    /// <summary>Under names that no other case has: all cases share the database.</summary>
    private Checkout Named(Checkout checkout)
    {
        RuleId Name(RuleId id) => new($"{_prefix}-{id}");
        return checkout with
        {
            Rules = [.. checkout.Rules.Select(rule => rule with { Rule = rule.Rule with { Id = Name(rule.Rule.Id) } })],
            Earning = [.. checkout.Earning.Select(rule => (rule.Name, rule.Rule with { Id = Name(rule.Rule.Id) }))],
            Purchase = checkout.Purchase with { Claims = [.. checkout.Purchase.Claims.Select(Name)] },
        };
    }

    private async Task PublishAsync(Checkout checkout)
    {
        var text = string.Join('\n', checkout.All.Select(EngineJson.Write));
        if ((books.Publications, text) != _published)
        {
            _version++;
            await books.ReplaceRulesAsync([.. checkout.All.Select(rule => rule with { Version = _version })], checkout.Programme);
            _published = (books.Publications, text);
        }
        await OpenBudgetsAsync(checkout);
    }

    /// <summary>What a budget had given before the case begins, or before a step that says so anew; what orders of the case took comes on top.</summary>
    private async Task OpenBudgetsAsync(Checkout checkout)
    {
        foreach (var rule in checkout.Rules)
        {
            if (rule.Rule.Budget is not { } budget) continue;
            var (id, currency) = (rule.Rule.Id, checkout.Programme.Currency);
            var (uses, spend) = ((budget.Uses - rule.UsesLeft) ?? 0, currency.ToMinor((budget.Spend - rule.SpendLeft) ?? 0m));
            var before = _opened.GetValueOrDefault(id);
            if (before == (uses, spend)) continue;
            await using var db = await books.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var total = await db.Set<RuleTotalRow>().SingleOrDefaultAsync(row => row.RuleId == id);
            if (total is null) db.Add(total = new RuleTotalRow { RuleId = id });
            total.BudgetUses += uses - before.Uses;
            total.Spend += spend - before.Spend;
            await db.SaveChangesAsync();
            _opened[id] = (uses, spend);
        }
    }

    private async Task CustomerAsync(Checkout checkout)
    {
        var member = checkout.Purchase.Member!.Value;
        if (_known.Add(member))
        {
            await using var work = await Rewards.BeginAsync(CancellationToken.None);
            work.Add(new MemberRow { Id = member, CardCode = CardCode.New(), JoinedAt = LongAgo });
            await work.CommitAsync(CancellationToken.None);
        }
        await using var db = await books.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        await db.Set<MemberSegmentRow>().Where(row => row.MemberId == member).ExecuteDeleteAsync();
        foreach (var segment in checkout.Member.Segments) db.Add(new MemberSegmentRow { MemberId = member, Segment = segment, Since = LongAgo, Run = 0 });
        // What a step says of earlier orders holds for that step; otherwise those of the case count.
        if (checkout.SaysOrders || _said.Remove(member))
        {
            await db.Set<MemberCounterRow>().Where(row => row.MemberId == member).ExecuteDeleteAsync();
            var count = checkout.SaysOrders ? checkout.Member.Purchases.Count : _orders.Values.Count(order => order.Member == member);
            if (checkout.SaysOrders) _said.Add(member);
            db.Add(new MemberCounterRow { MemberId = member, Purchases = count, FirstPurchaseAt = count > 0 ? LongAgo : null, LastPurchaseAt = count > 0 ? LongAgo : null });
        }
        await db.SaveChangesAsync();
    }

    private static T Needed<T>(Result<T> result) => result.Refusals.Count == 0
        ? result.Value
        : throw new InvalidOperationException($"refused: {string.Join("; ", result.Refusals.Select(refusal => refusal.Code))}");

    /// <summary>An order that stands.</summary>
    private sealed record Placed(string Reference, MemberId Member, DateTime At, string Content);
}
