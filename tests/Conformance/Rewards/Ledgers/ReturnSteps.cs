using RewardsEngine.Accounting;

namespace Conformance.Rewards.Ledgers;

/// <summary>What returns take back.</summary>
public static class ReturnSteps
{
    public static Task<Answer> PartialReturn(RewardCase of, Words words, IBookkeeping books)
    {
        words.Ignore("current_rate_points_per_unit", "current_rule_state"); // what the rule says today has no bearing
        var method = words.OneOf<ReversalMethod>("method", null,
            ("per_line", ReversalMethod.PerLine), ("proportional_to_amount", ReversalMethod.ProportionalToAmount));
        var reversed = method == ReversalMethod.PerLine
            ? PerLine(words)
            : Reversals.Due(new SoldLine(words.Number("order_total"), (long)words.Number("points_earned")), words.Number("returned"), PointsRounding.Floor);
        return Task.FromResult(new Answer().Set("points_reversed", reversed));
    }

    public static Task<Answer> Sequence(RewardCase of, Words words, IBookkeeping books)
    {
        var sold = words.Object("line");
        var line = new SoldLine(sold.Number("amount"), (long)sold.Number("points_earned"));
        sold.Finish();
        var each = new List<long>();
        foreach (var returned in words.Numbers("returns"))
        {
            each.Add(Reversals.Due(line, returned));
            line = line with { Returned = line.Returned + returned };
        }
        return Task.FromResult(new Answer().Set("points_reversed_each", each).Set("points_reversed_total", each.Sum()));
    }

    private static long PerLine(Words words)
    {
        var returned = words.NumbersByName("returned_lines");
        var lines = words.Objects("lines").Select(line =>
        {
            var read = (Id: line.Text("id"), Line: new SoldLine(line.Number("amount"), (long)line.Number("points_earned")));
            line.Finish();
            return read;
        }).ToList();
        if (returned.Keys.Except(lines.Select(line => line.Id)).FirstOrDefault() is { } unsold)
            throw new InvalidOperationException($"returned_lines: no line \"{unsold}\" was sold");
        return Reversals.PerLine([.. lines.Select(line => line.Line)], [.. lines.Select(line => returned.GetValueOrDefault(line.Id))], PointsRounding.Floor).Sum();
    }
}
