using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

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
        for (var line = 0; line < weights.Count; line++) sum += weights[line] >= 0 ? weights[line] : throw new ArgumentException("A weight is below zero.", nameof(weights));
        if (weights.Count == 0) return total == 0 ? [] : throw new ArgumentException("There is no line to take a share.", nameof(weights));
        var even = sum == 0;
        if (even) sum = weights.Count;

        var shares = new long[weights.Count];
        var rest = total == 0 ? 0
            : sum <= long.MaxValue && sum * Int128.Abs(total) <= long.MaxValue ? Floors(weights, even, Math.Abs(total), (long)sum, method, shares)
            : Floors(weights, even, Int128.Abs(total), sum, method, shares);
        if (method == RemainderMethod.FloorThenFirstLines)
            for (var line = 0; line < shares.Length && rest > 0; line++)
                if (even || weights[line] > 0) (shares[line], rest) = (shares[line] + 1, rest - 1);
        if (total < 0)
            for (var line = 0; line < shares.Length; line++) shares[line] = -shares[line];
        return ImmutableCollectionsMarshal.AsImmutableArray(shares);
    }

    /// <summary>Whole shares; by the largest-remainder method the rest too. Returns what is left to give.</summary>
    private static long Floors<T>(IReadOnlyList<long> weights, bool even, T total, T sum, RemainderMethod method, long[] shares) where T : IBinaryInteger<T>
    {
        var fractions = new T[shares.Length];
        var rest = total;
        for (var line = 0; line < shares.Length; line++)
        {
            var (share, fraction) = T.DivRem(even ? total : total * T.CreateChecked(weights[line]), sum);
            shares[line] = long.CreateChecked(share);
            fractions[line] = fraction;
            rest -= share;
        }
        var left = int.CreateChecked(rest);
        if (method != RemainderMethod.LargestRemainder || left == 0) return left;
        // Fewer units are left than lines with a fraction, so each gets at most one: those above the last fraction served, then the first ones at it.
        var sorted = fractions.ToArray();
        Array.Sort(sorted);
        var last = sorted[^left];
        foreach (var fraction in fractions)
            if (fraction > last) left--;
        for (var line = 0; line < shares.Length; line++)
        {
            if (fractions[line] > last) shares[line]++;
            else if (fractions[line] == last && left > 0) (shares[line], left) = (shares[line] + 1, left - 1);
        }
        return 0;
    }

    /// <summary>A fixed amount over parts, none of which takes more than it is: what exceeds their sum is not given.</summary>
    public static ImmutableArray<long> SplitFixed(IReadOnlyList<long> parts, long amount, RemainderMethod method = RemainderMethod.LargestRemainder) =>
        Prorate(parts, (long)Int128.Min(amount, Sum(parts)), method);

    /// <summary>A percentage of the sum of the parts, rounded half-up once, divided over them.</summary>
    public static ImmutableArray<long> SplitPercent(IReadOnlyList<long> parts, decimal percent, RemainderMethod method = RemainderMethod.LargestRemainder) =>
        Prorate(parts, (long)Math.Round((decimal)Sum(parts) * percent / 100m, MidpointRounding.AwayFromZero), method);

    private static Int128 Sum(IReadOnlyList<long> parts) => parts.Aggregate((Int128)0, (sum, part) => sum + part);
}
