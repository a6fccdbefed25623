namespace Insight.Value;

/// <summary>What one member did in the period. Amounts are minor units of one currency.</summary>
public sealed record MemberYear
{
    /// <summary>The member.</summary>
    public required Guid Member { get; init; }

    /// <summary>Goods and delivery bought, at the prices before discounts.</summary>
    public long Sales { get; init; }

    /// <summary>Discounts on these.</summary>
    public long Discounts { get; init; }

    /// <summary>Money given back.</summary>
    public long Refunds { get; init; }

    /// <summary>What rewards and payments with points cost the company.</summary>
    public long Rewards { get; init; }

    /// <summary>Complaints filed.</summary>
    public int Complaints { get; init; }

    /// <summary>In how many categories the member bought.</summary>
    public int Categories { get; init; }

    /// <summary>Whole months since joining, at the end of the period.</summary>
    public int MonthsSinceJoining { get; init; }

    /// <summary>What was paid in each quarter of the period, the oldest first.</summary>
    public required QuarterPayments Paid { get; init; }

    /// <summary>Bought something in the period.</summary>
    public bool Bought => Sales > 0;
}

/// <summary>Payments by quarter of the period, the oldest first.</summary>
/// <param name="First">The oldest quarter.</param>
/// <param name="Second">The second.</param>
/// <param name="Third">The third.</param>
/// <param name="Last">The newest.</param>
public readonly record struct QuarterPayments(long First, long Second, long Third, long Last)
{
    /// <summary>In how many quarters something was paid.</summary>
    public int Active => (First > 0 ? 1 : 0) + (Second > 0 ? 1 : 0) + (Third > 0 ? 1 : 0) + (Last > 0 ? 1 : 0);

    /// <summary>Paid in the newer half of the period.</summary>
    public long NewerHalf => checked(Third + Last);

    /// <summary>Paid in the older half of the period.</summary>
    public long OlderHalf => checked(First + Second);
}
