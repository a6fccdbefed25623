using RewardsEngine.Activities;

namespace RewardsEngine.Decisions;

/// <summary>Units of a member's earlier sale that have not come back.</summary>
/// <param name="Sale">The sale's reference.</param>
/// <param name="OccurredAt">When it was sold (UTC).</param>
/// <param name="LineId">The line.</param>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">Units not returned yet.</param>
public sealed record OpenLine(string Sale, DateTime OccurredAt, string LineId, string Sku, int Quantity);

/// <summary>Returned units that found their sale.</summary>
/// <param name="Sale">The sale's reference.</param>
/// <param name="Line">The line and units.</param>
public sealed record MatchedLine(string Sale, ReturnedLine Line);

/// <summary>What a refund that names no sale takes.</summary>
/// <param name="Matched">Sale by sale, line by line.</param>
/// <param name="Unmatched">What found no sale: it is recorded and moves no points.</param>
public sealed record RefundMatch(IReadOnlyList<MatchedLine> Matched, IReadOnlyList<ReturnedLine> Unmatched);

/// <summary>Finds the sales for a refund that names none: the newest earlier unreturned units of the same member and product.</summary>
public static class RefundMatching
{
    /// <summary>Matches returned lines with the member's open lines.</summary>
    public static RefundMatch Match(IReadOnlyList<ReturnedLine> returned, IReadOnlyList<OpenLine> open, DateTime refundedAt)
    {
        var matched = new List<MatchedLine>();
        var unmatched = new List<ReturnedLine>();
        var left = open.Select(line => line.Quantity).ToArray();
        foreach (var wanted in returned)
        {
            var missing = wanted.Quantity;
            var newestFirst = Enumerable.Range(0, open.Count)
                .Where(index => open[index].Sku == wanted.Sku && open[index].OccurredAt <= refundedAt && left[index] > 0)
                .OrderByDescending(index => open[index].OccurredAt).ThenBy(index => open[index].Sale, StringComparer.Ordinal).ThenBy(index => open[index].LineId, StringComparer.Ordinal);
            foreach (var index in newestFirst)
            {
                if (missing == 0) break;
                var units = Math.Min(missing, left[index]);
                left[index] -= units;
                missing -= units;
                matched.Add(new(open[index].Sale, new(wanted.Sku, units, open[index].LineId, Part(wanted, units))));
            }
            if (missing > 0) unmatched.Add(wanted with { Quantity = missing, Amount = Part(wanted, missing) });
        }
        return new(matched, unmatched);
    }

    private static decimal? Part(ReturnedLine line, int units) => line.Amount * units / line.Quantity;
}
