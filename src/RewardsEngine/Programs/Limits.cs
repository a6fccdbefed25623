namespace RewardsEngine.Programs;

/// <summary>The span that a limit or cap counts over, in the programme's zone.</summary>
public enum Span
{
    /// <summary>One activity.</summary>
    Order,

    /// <summary>One day.</summary>
    Day,

    /// <summary>One week, from Monday.</summary>
    Week,

    /// <summary>One calendar month.</summary>
    Month,

    /// <summary>One calendar year.</summary>
    Year,

    /// <summary>For ever.</summary>
    Ever,
}

/// <summary>Whose uses are counted.</summary>
public enum CountedFor
{
    /// <summary>Each member's own.</summary>
    Member,

    /// <summary>Everybody's together; only over <see cref="Span.Ever"/>.</summary>
    Everyone,
}

/// <summary>How often a rule may be used.</summary>
/// <param name="Uses">At least 1.</param>
/// <param name="Span">Counted over.</param>
/// <param name="For">Whose uses.</param>
public sealed record UseLimit(long Uses, Span Span = Span.Ever, CountedFor For = CountedFor.Member);

/// <summary>What happens when a cap or budget does not hold the whole award.</summary>
public enum WhenExceeded
{
    /// <summary>Nothing is given.</summary>
    Reject,

    /// <summary>What still fits is given.</summary>
    Reduce,
}

/// <summary>How many points may be given to one member.</summary>
/// <param name="Points">At most, in points as shown.</param>
/// <param name="Span">Counted over.</param>
/// <param name="When">Only a cap on one order may reject; over longer spans the award is always reduced.</param>
public sealed record PointsCap(decimal Points, Span Span, WhenExceeded When = WhenExceeded.Reject);

/// <summary>What a rule may cost altogether. What is left stands in <see cref="Decisions.Resources"/>.</summary>
public sealed record Budget
{
    /// <summary>In discounts, in the programme's currency.</summary>
    public decimal? Spend { get; init; }

    /// <summary>In points as shown.</summary>
    public decimal? Points { get; init; }

    /// <summary>In uses.</summary>
    public long? Uses { get; init; }

    /// <summary>What happens to the award that does not fit.</summary>
    public WhenExceeded When { get; init; }
}
