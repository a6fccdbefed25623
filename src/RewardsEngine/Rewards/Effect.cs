using System.Text.Json.Serialization;

namespace RewardsEngine.Rewards;

/// <summary>The phases in which effects are applied, in this order.</summary>
public enum Phase
{
    /// <summary>Discounts on lines and units.</summary>
    Items = 1,

    /// <summary>Discounts on the order.</summary>
    Order = 2,

    /// <summary>Discounts on delivery.</summary>
    Shipping = 3,

    /// <summary>Points.</summary>
    Earning = 4,

    /// <summary>Everything else: vouchers, tiers, badges, messages.</summary>
    Other = 5,
}

/// <summary>What a rule gives.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PercentOffLines), "percent_off_lines")]
[JsonDerivedType(typeof(AmountOffEachUnit), "amount_off_each_unit")]
[JsonDerivedType(typeof(TieredPercentByQuantity), "tiered_percent_by_quantity")]
[JsonDerivedType(typeof(PercentOffCheapest), "percent_off_cheapest_unit")]
[JsonDerivedType(typeof(PercentOffEveryNth), "percent_off_every_n_of_m")]
[JsonDerivedType(typeof(OffFullGroups), "off_units_in_full_groups")]
[JsonDerivedType(typeof(FreeUnits), "free_units_in_cart")]
[JsonDerivedType(typeof(FreeUnitsOfOther), "free_units_of_other")]
[JsonDerivedType(typeof(FreeItem), "add_free_item")]
[JsonDerivedType(typeof(BundlePrice), "bundle_price")]
[JsonDerivedType(typeof(AmountOffScopeTotal), "amount_off_scope_total")]
[JsonDerivedType(typeof(PercentOffOrder), "percent_off_order")]
[JsonDerivedType(typeof(AmountOffOrder), "amount_off_order")]
[JsonDerivedType(typeof(TieredPercentOffOrder), "tiered_percent_off_order")]
[JsonDerivedType(typeof(TieredAmountOffOrder), "tiered_amount_off_order")]
[JsonDerivedType(typeof(PercentOffShipping), "percent_off_shipping")]
[JsonDerivedType(typeof(AmountOffShipping), "amount_off_shipping")]
[JsonDerivedType(typeof(PointsPerAmount), "points_per_amount")]
[JsonDerivedType(typeof(FixedPoints), "fixed_points")]
[JsonDerivedType(typeof(PointsMultiplier), "points_multiplier")]
[JsonDerivedType(typeof(PointsAsRequested), "points_as_requested")]
[JsonDerivedType(typeof(GiveVoucher), "give_voucher")]
[JsonDerivedType(typeof(SetTier), "set_tier")]
[JsonDerivedType(typeof(GiveBadge), "give_badge")]
[JsonDerivedType(typeof(AdvanceChallenge), "advance_challenge")]
[JsonDerivedType(typeof(Notify), "notify")]
public abstract record Effect
{
    /// <summary>When the effect is applied.</summary>
    [JsonIgnore]
    public abstract Phase Phase { get; }

    /// <summary>The effect lowers a price.</summary>
    [JsonIgnore]
    public bool IsDiscount => Phase <= Phase.Shipping;
}

/// <summary>One step of a ladder.</summary>
/// <param name="From">The amount or quantity from which it counts (inclusive).</param>
/// <param name="Value">The percent or amount then.</param>
public sealed record Step(decimal From, decimal Value);

/// <summary>Which units are free first.</summary>
public enum Pick
{
    /// <summary>The cheapest.</summary>
    CheapestFirst,

    /// <summary>The most expensive.</summary>
    MostExpensiveFirst,
}
