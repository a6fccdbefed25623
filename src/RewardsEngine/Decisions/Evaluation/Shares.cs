using System.Runtime.InteropServices;
using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Shares of money and points over lines, on top of the ledger's allocation.</summary>
internal static class Shares
{
    private const decimal MostWeight = 100_000_000_000_000m;

    /// <summary>Shares of an amount in proportion to weights; no line takes more than its room, and what it cannot take goes to the others or is dropped.</summary>
    public static decimal[] OfMoney(decimal total, IReadOnlyList<decimal> weights, IReadOnlyList<decimal> room, Currency currency, RemainderMethod remainder, FloorOverflow overflow)
    {
        var shares = new decimal[weights.Count];
        var open = Enumerable.Range(0, weights.Count).Where(line => weights[line] > 0 && room[line] > 0).ToList();
        var left = Math.Min(total, open.Sum(line => room[line]));
        if (overflow == FloorOverflow.Drop) left = total;
        while (left > 0 && open.Count > 0)
        {
            var parts = Allocation.Prorate([.. open.Select(line => currency.ToMinor(weights[line]))], currency.ToMinor(left), remainder);
            var full = new List<int>();
            for (var index = 0; index < open.Count; index++)
            {
                var share = currency.FromMinor(parts[index]);
                if (share > room[open[index]]) full.Add(open[index]);
                shares[open[index]] = Math.Min(share, room[open[index]]);
            }
            if (full.Count == 0 || overflow == FloorOverflow.Drop) break;
            foreach (var line in full)
            {
                left -= room[line];
                open.Remove(line);
            }
        }
        return shares;
    }

    /// <summary>Shares of points in proportion to weights; without any weight the first line takes them.</summary>
    public static long[] OfPoints(long total, IReadOnlyList<decimal> weights, RemainderMethod remainder)
    {
        var shares = new long[weights.Count];
        if (shares.Length == 0 || total == 0) return shares;
        var scaled = new long[shares.Length];
        var isAny = false;
        var (largest, scale) = (0m, 10_000m);
        foreach (var weight in weights) largest = Math.Max(largest, weight);
        // Weights only weigh: the largest are brought down to what a whole number holds.
        while (largest * scale > MostWeight) scale /= 10m;
        for (var line = 0; line < scaled.Length; line++)
        {
            if (weights[line] > 0) scaled[line] = (long)Math.Round(weights[line] * scale);
            isAny |= scaled[line] != 0;
        }
        if (!isAny) scaled[0] = 1;
        return ImmutableCollectionsMarshal.AsArray(Allocation.Prorate(scaled, total, remainder))!;
    }
}
