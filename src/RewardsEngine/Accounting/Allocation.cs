using System.Collections.Immutable;

namespace RewardsEngine.Accounting;

/// <summary>Who gets the units that do not divide.</summary>
public enum RemainderMethod
{
    /// <summary>The largest fractions first, ties to the first line.</summary>
    LargestRemainder,

    /// <summary>One each to the first lines that carry weight.</summary>
    FloorThenFirstLines,
}

/// <summary>Divides whole units (minor units of money, points) over lines so that the shares sum to the total exactly.</summary>
public static class Allocation
{
    /// <summary>Shares in proportion to weights.</summary>
    /// <param name="weights">None below zero. If all are zero, the lines count alike.</param>
    /// <param name="total">May be negative: then the shares are.</param>
    /// <param name="method">Who gets the remainder.</param>
    /// <exception cref="ArgumentException">A weight below zero, or something to divide over no line.</exception>
    public static ImmutableArray<long> Prorate(IReadOnlyList<long> weights, long total, RemainderMethod method = RemainderMethod.LargestRemainder)
    {
        Int128 sum = 0;
        foreach (var weight in weights) sum += weight >= 0 ? weight : throw new ArgumentException("A weight is below zero.", nameof(weights));
        if (weights.Count == 0) return total == 0 ? [] : throw new ArgumentException("There is no line to take a share.", nameof(weights));
        var even = sum == 0;
        if (even) sum = weights.Count;

        var shares = new long[weights.Count];
        var fractions = new Int128[weights.Count];
        var sign = total < 0 ? -1 : 1;
        var rest = Int128.Abs(total);
        for (var line = 0; line < shares.Length; line++)
        {
            var (share, fraction) = Int128.DivRem(Int128.Abs(total) * (even ? 1 : weights[line]), sum);
            shares[line] = sign * (long)share;
            fractions[line] = fraction;
            rest -= share;
        }
        // Fewer units are left than lines with a fraction, so each gets at most one.
        var order = Enumerable.Range(0, shares.Length).Where(line => even || weights[line] > 0);
        if (method == RemainderMethod.LargestRemainder) order = order.OrderByDescending(line => fractions[line]);
        foreach (var line in order.Take((int)rest)) shares[line] += sign;
        return [.. shares];
    }

    /// <summary>A fixed amount over parts, none of which takes more than it is: what exceeds their sum is not given.</summary>
    public static ImmutableArray<long> SplitFixed(IReadOnlyList<long> parts, long amount, RemainderMethod method = RemainderMethod.LargestRemainder) =>
        Prorate(parts, (long)Int128.Min(amount, Sum(parts)), method);

    /// <summary>A percentage of the sum of the parts, rounded half-up once, divided over them.</summary>
    public static ImmutableArray<long> SplitPercent(IReadOnlyList<long> parts, decimal percent, RemainderMethod method = RemainderMethod.LargestRemainder) =>
        Prorate(parts, (long)Math.Round((decimal)Sum(parts) * percent / 100m, MidpointRounding.AwayFromZero), method);

    private static Int128 Sum(IReadOnlyList<long> parts) => parts.Aggregate((Int128)0, (sum, part) => sum + part);
}
