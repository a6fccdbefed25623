using System.Text.Json.Serialization;

namespace RewardsEngine.Rewards;

/// <summary>A discount on lines or units.</summary>
public abstract record ItemEffect : Effect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Phase Phase => Phase.Items;

    /// <summary>The lines it works on.</summary>
    public Scope Scope { get; init; } = Scope.Everything;
}

/// <summary>A percentage off each line, rounded per line.</summary>
public sealed record PercentOffLines : ItemEffect
{
    /// <summary>More than 0, at most 100.</summary>
    public required decimal Percent { get; init; }

    /// <summary>Only so many units of each line.</summary>
    public int? MaxUnitsPerLine { get; init; }

    /// <summary>At most this over all lines, shared in proportion.</summary>
    public decimal? MaxAmount { get; init; }
}

/// <summary>A fixed amount off each unit.</summary>
public sealed record AmountOffEachUnit : ItemEffect
{
    /// <summary>More than 0.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Only so many units of each line.</summary>
    public int? MaxUnitsPerLine { get; init; }
}

/// <summary>A percentage off each line that grows with the units bought in the scope.</summary>
public sealed record TieredPercentByQuantity : ItemEffect
{
    /// <summary>The percentage below the first step; may be 0.</summary>
    public required decimal Base { get; init; }

    /// <summary>The steps by quantity.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }
}

/// <summary>A percentage off the cheapest units.</summary>
public sealed record PercentOffCheapest : ItemEffect
{
    /// <summary>More than 0, at most 100.</summary>
    public required decimal Percent { get; init; }

    /// <summary>How many units.</summary>
    public int Units { get; init; } = 1;
}

/// <summary>A percentage off <see cref="Units"/> of each full <see cref="Of"/> units of a line.</summary>
public sealed record PercentOffEveryNth : ItemEffect
{
    /// <summary>More than 0, at most 100.</summary>
    public required decimal Percent { get; init; }

    /// <summary>Reduced units of each full set.</summary>
    public int Units { get; init; } = 1;

    /// <summary>The size of a set.</summary>
    public required int Of { get; init; }
}

/// <summary>A percentage or an amount off each unit that stands in a complete group, lines in order. Exactly one of the two is given.</summary>
public sealed record OffFullGroups : ItemEffect
{
    /// <summary>Units in a group.</summary>
    public required int GroupSize { get; init; }

    /// <summary>The percentage off each unit.</summary>
    public decimal? Percent { get; init; }

    /// <summary>The amount off each unit.</summary>
    public decimal? Amount { get; init; }
}

/// <summary>Buy some units, get others that are in the cart free: the cheapest first; units used are not used again. <see cref="ItemEffect.Scope"/> says what must be bought.</summary>
public sealed record FreeUnits : ItemEffect
{
    /// <summary>Units to buy.</summary>
    public required int Buy { get; init; }

    /// <summary>Units free.</summary>
    public required int Get { get; init; }

    /// <summary>What is free; null: the same as what is bought.</summary>
    public Scope? GetScope { get; init; }

    /// <summary>Only one time per purchase.</summary>
    public bool Once { get; init; }

    /// <summary>The percentage off the units that are "free".</summary>
    public decimal Percent { get; init; } = 100m;
}

/// <summary>Buy enough of one thing, get units of another free. <see cref="ItemEffect.Scope"/> says what must be bought.</summary>
public sealed record FreeUnitsOfOther : ItemEffect
{
    /// <summary>Units to buy.</summary>
    public required int MinBuy { get; init; }

    /// <summary>Units free.</summary>
    public required int Get { get; init; }

    /// <summary>What is free.</summary>
    public required Scope GetScope { get; init; }

    /// <summary>Which units are free first.</summary>
    public Pick Pick { get; init; }
}

/// <summary>Items added to the purchase without charge.</summary>
public sealed record FreeItem : ItemEffect
{
    /// <summary>The product given.</summary>
    public required string Sku { get; init; }

    /// <summary>Units to buy in the scope for each gift.</summary>
    public int PerBought { get; init; } = 1;

    /// <summary>Units given each time.</summary>
    public int Give { get; init; } = 1;

    /// <summary>At most so many units given in one purchase.</summary>
    public int? MaxGiven { get; init; }

    /// <summary>What one unit is worth, for reports and "best of".</summary>
    public decimal UnitValue { get; init; }
}

/// <summary>Parts that cost a fixed price together.</summary>
public sealed record BundlePrice : ItemEffect
{
    /// <summary>The parts; a unit fills one part only.</summary>
    public required IReadOnlyList<BundlePart> Parts { get; init; }

    /// <summary>The price of one complete bundle.</summary>
    public required decimal Price { get; init; }

    /// <summary>At most so many bundles in one purchase.</summary>
    public int? MaxBundles { get; init; }
}

/// <summary>A part of a bundle.</summary>
/// <param name="Scope">What fills it.</param>
/// <param name="Quantity">Units needed.</param>
public sealed record BundlePart(Scope Scope, int Quantity = 1);

/// <summary>A fixed amount off the total of the scope, charged first to lines that no other such discount wants.</summary>
public sealed record AmountOffScopeTotal : ItemEffect
{
    /// <summary>More than 0.</summary>
    public required decimal Amount { get; init; }
}
