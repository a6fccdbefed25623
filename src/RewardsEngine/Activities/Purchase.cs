using System.Text.Json.Serialization;
using RewardsEngine.Values;

namespace RewardsEngine.Activities;

/// <summary>A sale, or a cart to be quoted: both are decided by the same code.</summary>
public sealed record Purchase : Activity
{
    /// <summary>The currency of every amount of the purchase: the programme's.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The lines, in the order of the receipt.</summary>
    public required IReadOnlyList<PurchaseLine> Lines { get; init; }

    /// <summary>The price of delivery before rules.</summary>
    public decimal Shipping { get; init; }

    /// <summary>How it is delivered: <c>courier</c>, <c>pickup</c> …</summary>
    public string? ShippingMethod { get; init; }

    /// <summary>Where it was sold: <c>web</c>, <c>store</c>, <c>app</c> …</summary>
    public string? Channel { get; init; }

    /// <summary>The store's key.</summary>
    public string? Store { get; init; }

    /// <summary>How it is paid: <c>cash</c>, <c>card</c> …</summary>
    public string? PaymentMethod { get; init; }

    /// <summary>Voucher and discount codes presented, in the order they were entered.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Ids of rules on request that the customer chose; a repeatable one may be named several times.</summary>
    public IReadOnlyList<RuleId> Claims { get; init; } = [];

    /// <summary>Gift cards, wallets and points to pay with, in the order in which they are taken.</summary>
    public IReadOnlyList<TenderedValue> Tendered { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.Purchase;
}

/// <summary>One line of a purchase. Amounts are in the purchase's currency.</summary>
public sealed record PurchaseLine
{
    /// <summary>Unique within the purchase.</summary>
    public required string Id { get; init; }

    /// <summary>The product.</summary>
    public required string Sku { get; init; }

    /// <summary>The product's name as on the receipt.</summary>
    public string? Name { get; init; }

    /// <summary>The category path, parts separated by <c>/</c>: <c>drinks/coffee</c>.</summary>
    public string? Category { get; init; }

    /// <summary>Further category paths that the product stands in.</summary>
    public IReadOnlyList<string> OtherCategories { get; init; } = [];

    /// <summary>The brand.</summary>
    public string? Brand { get; init; }

    /// <summary>Units, at least 1.</summary>
    public required int Quantity { get; init; }

    /// <summary>The price of one unit before rules, up to four decimals.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>The catalogue price of one unit when the unit price is already reduced.</summary>
    public decimal? ListPrice { get; init; }

    /// <summary>What one unit cost the company, if known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>No rule may bring one unit below this price.</summary>
    public decimal? FloorPrice { get; init; }

    /// <summary>The tax that the line's price before rules contains.</summary>
    public decimal Tax { get; init; }

    /// <summary>A reward or gift: it earns nothing.</summary>
    public bool IsReward { get; init; }

    /// <summary>The line buys stored value: what it is credited with once the sale is complete.</summary>
    public TopUp? TopUp { get; init; }

    /// <summary>Free marks that conditions can ask for.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Further declared fields.</summary>
    public IReadOnlyDictionary<string, FieldValue> Attributes { get; init; } = new Dictionary<string, FieldValue>();

    /// <summary>The catalogue price was already reduced.</summary>
    [JsonIgnore]
    public bool IsDiscounted => ListPrice > UnitPrice;

    /// <summary>All category paths of the line.</summary>
    [JsonIgnore]
    public IEnumerable<string> Categories => Category is null ? OtherCategories : OtherCategories.Prepend(Category);
}

/// <summary>Stored value bought on a line.</summary>
/// <param name="Account">The gift card or wallet.</param>
/// <param name="Amount">What is credited.</param>
public sealed record TopUp(string Account, decimal Amount);

/// <summary>Stored value offered as payment. It never lowers what the purchase earns.</summary>
/// <param name="Account">The gift card, wallet, or hold of points.</param>
/// <param name="Balance">At most this much may be taken.</param>
/// <param name="Kind"><c>gift_card</c>, <c>wallet</c> or <c>points</c>.</param>
public sealed record TenderedValue(string Account, decimal Balance, string? Kind = null);
