using System.Text.Json.Serialization;

namespace RewardsEngine.Rewards;

/// <summary>A discount on the order, rounded once and then allocated to the lines.</summary>
public abstract record OrderEffect : Effect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Phase Phase => Phase.Order;

    /// <summary>The lines whose sum it works on.</summary>
    public Scope Scope { get; init; } = Scope.Everything;
}

/// <summary>A percentage off the order.</summary>
public sealed record PercentOffOrder : OrderEffect
{
    /// <summary>More than 0, at most 100.</summary>
    public required decimal Percent { get; init; }

    /// <summary>At most this.</summary>
    public decimal? MaxAmount { get; init; }
}

/// <summary>A fixed amount off the order.</summary>
public sealed record AmountOffOrder : OrderEffect
{
    /// <summary>More than 0.</summary>
    public required decimal Amount { get; init; }
}

/// <summary>A percentage off the order that grows with its sum.</summary>
public sealed record TieredPercentOffOrder : OrderEffect
{
    /// <summary>The percentage below the first step; may be 0.</summary>
    public required decimal Base { get; init; }

    /// <summary>The steps by sum.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }
}

/// <summary>An amount off the order that grows with its sum.</summary>
public sealed record TieredAmountOffOrder : OrderEffect
{
    /// <summary>The amount below the first step; may be 0.</summary>
    public required decimal Base { get; init; }

    /// <summary>The steps by sum.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }
}

/// <summary>A discount on delivery.</summary>
public abstract record ShippingEffect : Effect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Phase Phase => Phase.Shipping;
}

/// <summary>A percentage off delivery.</summary>
public sealed record PercentOffShipping : ShippingEffect
{
    /// <summary>More than 0, at most 100.</summary>
    public required decimal Percent { get; init; }
}

/// <summary>An amount off delivery.</summary>
public sealed record AmountOffShipping : ShippingEffect
{
    /// <summary>More than 0.</summary>
    public required decimal Amount { get; init; }
}
