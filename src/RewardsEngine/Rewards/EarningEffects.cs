using System.Text.Json.Serialization;

namespace RewardsEngine.Rewards;

/// <summary>An effect that gives points. Point numbers are in points as shown; the award is in the wallet's smallest unit.</summary>
public abstract record EarningEffect : Effect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Phase Phase => Phase.Earning;

    /// <summary>The lines it works on.</summary>
    public Scope Scope { get; init; } = Scope.Everything;
}

/// <summary>How an amount becomes points.</summary>
public enum AmountMode
{
    /// <summary>In proportion: 25 at 1 per 10 is 2.5 before rounding.</summary>
    Proportional,

    /// <summary>Per full step: 25 at 1 per 10 is 2.</summary>
    FullSteps,

    /// <summary>In proportion, whole points only, whatever decimals the wallet has: 25 at 3 per 10 is 7.</summary>
    WholePoints,
}

/// <summary>Points for money spent.</summary>
public sealed record PointsPerAmount : EarningEffect
{
    /// <summary>Points for each <see cref="Per"/>.</summary>
    public required decimal Points { get; init; }

    /// <summary>The amount, in the programme's currency.</summary>
    public required decimal Per { get; init; }

    /// <summary>In proportion or per full step.</summary>
    public AmountMode Mode { get; init; }

    /// <summary>Reward lines earn too.</summary>
    public bool OnRewards { get; init; }

    /// <summary>Delivery earns too.</summary>
    public bool OnShipping { get; init; }

    /// <summary>Tax earns too.</summary>
    public bool OnTax { get; init; }
}

/// <summary>A fixed number of points, once or for each unit in the scope.</summary>
public sealed record FixedPoints : EarningEffect
{
    /// <summary>How many.</summary>
    public required decimal Points { get; init; }

    /// <summary>For each unit in the scope.</summary>
    public bool PerUnit { get; init; }
}

/// <summary>What a multiplier multiplies.</summary>
public enum MultiplierBase
{
    /// <summary>The points of the other rules, each already rounded.</summary>
    Rounded,

    /// <summary>The points of the other rules before rounding.</summary>
    Unrounded,
}

/// <summary>Multiplies the points of the purchase's other earning rules.</summary>
public sealed record PointsMultiplier : EarningEffect
{
    /// <summary>More than 1: 2 doubles.</summary>
    public required decimal Factor { get; init; }

    /// <summary>What is multiplied.</summary>
    public MultiplierBase Base { get; init; }
}

/// <summary>The points that the activity itself names in its field <c>points</c>, as decided by a person within their limit.</summary>
public sealed record PointsAsRequested : EarningEffect
{
    /// <summary>At most this many.</summary>
    public decimal? Max { get; init; }
}
