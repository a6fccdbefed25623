using RewardsEngine.Activities;
using RewardsEngine.Members;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>Reads carts and customers.</summary>
internal static class CartWords
{
    public static readonly Currency Money = new("USD", 2);

    /// <summary>When nothing says otherwise.</summary>
    public static readonly DateTime Now = new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc);

    private static readonly DateTime LongAgo = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static Purchase Read(Words step, MemberId member)
    {
        var cart = step.Object("cart");
        var purchase = new Purchase
        {
            Reference = step.TextOr("order") ?? "cart",
            Member = member,
            OccurredAt = step.TimeOr("now") ?? Now,
            Currency = Money,
            Lines = [.. cart.Objects("lines").Select(Line)],
            Shipping = cart.NumberOr("shipping", 0),
            ShippingMethod = cart.TextOr("shipping_method"),
            Codes = step.Texts("codes"),
            Tendered = [.. step.Objects("pay_with").Select(Tender)],
        };
        cart.Finish();
        return purchase;
    }

    public static MemberSnapshot Customer(Words step, MemberId member)
    {
        var orders = step.Has("customer_orders") ? step.Object("customer_orders") : null;
        var count = (orders?.LongOr("placed", 0) ?? 0) - (orders?.LongOr("cancelled", 0) ?? 0);
        orders?.Finish();
        return new()
        {
            Id = member,
            Joined = LongAgo,
            Segments = step.Texts("customer_groups"),
            Purchases = count > 0 ? new(count, 0m, 0, LongAgo, LongAgo, []) : History.None,
        };
    }

    private static PurchaseLine Line(Words words)
    {
        var price = words.Number("unit_price");
        var reduced = words.NumberOrNone("line_discount_percent") is { } percent and > 0 ? price - price * percent / 100 : (decimal?)null;
        var topUp = words.Has("wallet_topup") ? words.Object("wallet_topup") : null;
        var line = new PurchaseLine
        {
            Id = words.Text("id"),
            Sku = words.Text("sku"),
            Quantity = words.Whole("qty"),
            UnitPrice = decimal.Round(reduced ?? price, 4),
            ListPrice = reduced is null ? null : price,
            OtherCategories = words.Texts("categories"),
            FloorPrice = words.NumberOrNone("min_unit_price"),
            IsReward = words.FlagOr("is_reward", false),
            TopUp = topUp is null ? null : new(topUp.Text("id"), topUp.Number("amount")),
            Tags = reduced is null ? [] : [ScopeWords.ReducedTag],
        };
        topUp?.Finish();
        words.Finish();
        return line;
    }

    private static TenderedValue Tender(Words words)
    {
        var tender = new TenderedValue(words.Text("id"), words.Number("balance"), words.TextOr("kind"));
        words.Finish();
        return tender;
    }
}
