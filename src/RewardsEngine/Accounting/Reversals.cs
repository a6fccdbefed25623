using System.Collections.Immutable;

namespace RewardsEngine.Accounting;

/// <summary>How a fraction of a point is rounded.</summary>
public enum PointsRounding
{
    /// <summary>Down.</summary>
    Floor,

    /// <summary>To the nearest, halves up.</summary>
    HalfUp,

    /// <summary>Up.</summary>
    Ceil,
}

/// <summary>How a return finds what to take back.</summary>
public enum ReversalMethod
{
    /// <summary>Line by line, what each line earned.</summary>
    PerLine,

    /// <summary>In proportion to the amount of the whole sale.</summary>
    ProportionalToAmount,
}

/// <summary>What a sold line earned and how much of it has come back.</summary>
/// <param name="Sold">Amount (or quantity) sold.</param>
/// <param name="Earned">Points it earned at the sale, its share of order-level points included.</param>
/// <param name="Returned">Amount (or quantity) returned before.</param>
public readonly record struct SoldLine(decimal Sold, long Earned, decimal Returned = 0);

/// <summary>
/// How much of an award a return takes back. What was earned at the sale decides, never the rule of today; and since each
/// return is the difference of two rounded running totals, any sequence of partial returns sums to the full reversal.
/// </summary>
public static class Reversals
{
    /// <summary>What has to be reversed in all once so much has come back: rounded(earned × share).</summary>
    /// <param name="earned">What was earned.</param>
    /// <param name="returned">Amount (or quantity) returned so far, this return included.</param>
    /// <param name="sold">Amount (or quantity) sold; zero counts as wholly returned.</param>
    /// <param name="rounding">Of the part that is not a whole point.</param>
    public static long Cumulative(long earned, decimal returned, decimal sold, PointsRounding rounding = PointsRounding.HalfUp)
    {
        if (sold <= 0 || returned >= sold) return earned;
        return returned <= 0 ? 0 : Round(earned * returned / sold, rounding);
    }

    /// <summary>What this return takes back of one line.</summary>
    public static long Due(SoldLine line, decimal returnedNow, PointsRounding rounding = PointsRounding.HalfUp) =>
        returnedNow <= 0 ? 0
        : Cumulative(line.Earned, line.Returned + returnedNow, line.Sold, rounding) - BeforeReturn(line, rounding);

    /// <summary>What this return takes back of each line.</summary>
    /// <exception cref="ArgumentException">Not one returned amount for each line.</exception>
    public static ImmutableArray<long> PerLine(IReadOnlyList<SoldLine> lines, IReadOnlyList<decimal> returnedNow, PointsRounding rounding = PointsRounding.HalfUp) =>
        lines.Count == returnedNow.Count
            ? [.. lines.Select((line, index) => Due(line, returnedNow[index], rounding))]
            : throw new ArgumentException("One returned amount is needed for each line.", nameof(returnedNow));

    /// <summary>Rounds points.</summary>
    public static long Round(decimal points, PointsRounding rounding) => (long)(rounding switch
    {
        PointsRounding.Floor => Math.Floor(points),
        PointsRounding.Ceil => Math.Ceiling(points),
        _ => Math.Floor(points + 0.5m),
    });

    private static long BeforeReturn(SoldLine line, PointsRounding rounding) =>
        line.Returned <= 0 ? 0 : Cumulative(line.Earned, line.Returned, line.Sold, rounding);
}
