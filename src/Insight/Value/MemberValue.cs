namespace Insight.Value;

/// <summary>What a member was worth in the period, with the sum behind it, and the segment that follows. Amounts are minor units.</summary>
/// <remarks>
/// <c>Value = Revenue − Goods − Rewards − Service</c>. Profit by customer instead of by product: R. S. Kaplan and R. Cooper,
/// "Cost and Effect", Harvard Business School Press 1998, chapter 10; segments by value and by what may still be bought:
/// D. Peppers and M. Rogers, "The One to One Future", Doubleday 1993.
/// </remarks>
public sealed record MemberValue
{
    /// <summary>The member.</summary>
    public required Guid Member { get; init; }

    /// <summary>What was paid and kept: sales less discounts and refunds.</summary>
    public required long Revenue { get; init; }

    /// <summary>Discounts given; <see cref="Revenue"/> is already less them.</summary>
    public required long Discounts { get; init; }

    /// <summary>Money given back; <see cref="Revenue"/> is already less it.</summary>
    public required long Refunds { get; init; }

    /// <summary>What the goods that were kept cost: a share of their price before discounts.</summary>
    public required long Goods { get; init; }

    /// <summary>What rewards and payments with points cost.</summary>
    public required long Rewards { get; init; }

    /// <summary>What serving cost: complaints.</summary>
    public required long Service { get; init; }

    /// <summary>Complaints behind <see cref="Service"/>.</summary>
    public required int Complaints { get; init; }

    /// <summary>Revenue less all costs.</summary>
    public long Value => checked(Revenue - Goods - Rewards - Service);

    /// <summary>What comparable members buy, and how far this one is from it; null when nothing was bought.</summary>
    public Growth? Growth { get; init; }

    /// <summary>The segment; null when the member is in none.</summary>
    public Segment? Segment { get; init; }
}

/// <summary>How much more comparable members buy.</summary>
/// <param name="Peers">Who they are.</param>
/// <param name="PeerCount">How many they are, this member included.</param>
/// <param name="PeerRevenue">What the upper quarter of them reaches: the revenue that a quarter of them have or exceed.</param>
/// <param name="ActiveQuarters">In how many quarters of the period the member paid something.</param>
/// <param name="PossibleQuarters">In how many quarters the member could: four, fewer for who joined later.</param>
/// <param name="Potential">The gap to <paramref name="PeerRevenue"/> times the share of active quarters; 0 without a gap, or without a purchase in the newer half.</param>
public sealed record Growth(PeerGroup Peers, int PeerCount, long PeerRevenue, int ActiveQuarters, int PossibleQuarters, long Potential);

/// <summary>Members who are compared: bands of breadth and of time as a member.</summary>
/// <param name="Breadth">1: one category, 2: two or three, 3: four and more; 0: any.</param>
/// <param name="Tenure">1: under half a year, 2: up to two years, 3: longer; 0: any.</param>
public readonly record struct PeerGroup(int Breadth, int Tenure)
{
    /// <summary>Everybody who bought.</summary>
    public static readonly PeerGroup Everybody = default;

    /// <summary>The group of a member.</summary>
    public static PeerGroup Of(MemberYear year) => new(
        year.Categories switch { <= 1 => 1, <= 3 => 2, _ => 3 },
        year.MonthsSinceJoining switch { < 6 => 1, <= 24 => 2, _ => 3 });
}

/// <summary>A value segment. Nobody is in two.</summary>
public enum Segment
{
    /// <summary>Among those with the highest value.</summary>
    MostValuable = 1,

    /// <summary>Buys regularly and much less than comparable members do.</summary>
    MostGrowable = 2,

    /// <summary>Costs more than comes in.</summary>
    BelowZero = 3,
}

/// <summary>The names by which rules know the segments.</summary>
public static class SegmentKeys
{
    /// <summary>All of them, in the order of <see cref="Segment"/>.</summary>
    public static readonly IReadOnlyList<string> All = ["most-valuable", "most-growable", "below-zero"];

    /// <summary>The name of one.</summary>
    public static string Key(this Segment segment) => All[(int)segment - 1];
}
