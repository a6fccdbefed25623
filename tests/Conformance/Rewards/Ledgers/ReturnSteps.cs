using RewardsEngine.Accounting;

namespace Conformance.Rewards.Ledgers;

/// <summary>What returns take back.</summary>
public static class ReturnSteps
{
    public static Task<Answer> PartialReturn(RewardCase of, Words words, IBookkeeping books)
    {
        words.Ignore("current_rate_points_per_unit", "current_rule_state"); // what the rule says today has no bearing
        var perLine = words.OneOf<bool>("method", null, ("per_line", true), ("proportional_to_amount", false));
        var unit = Unit.Of([words.TextOr("points_earned"), .. words.Objects("lines").Select(line => line.TextOr("points_earned"))]);
        var lines = words.Objects("lines").Select(line => Read(line, unit)).ToList();
        var returned = words.Has("returned_lines") ? words.NumbersByName("returned_lines") : new Dictionary<string, decimal>();
        if (returned.Keys.Except(lines.Select(line => line.Id)).FirstOrDefault() is { } unsold)
            throw new InvalidOperationException($"returned_lines: no line \"{unsold}\" was sold");
        // The whole order is what its lines are, where it is not said.
        var order = new SoldLine(
            words.NumberOr("order_total", lines.Sum(line => line.Sold.Sold)),
            words.Has("points_earned") ? unit.In(words, "points_earned") : lines.Sum(line => line.Sold.Earned));
        var amount = words.NumberOr("returned", returned.Values.Sum());
        var reversed = perLine
            ? Reversals.PerLine([.. lines.Select(line => line.Sold)], [.. lines.Select(line => returned.GetValueOrDefault(line.Id))], PointsRounding.Floor).Sum()
            : Reversals.Due(order, amount, PointsRounding.Floor);
        return Task.FromResult(new Answer().Set("points_reversed", unit.Back(reversed)));
    }

    public static Task<Answer> Sequence(RewardCase of, Words words, IBookkeeping books)
    {
        var sold = words.Object("line");
        var unit = Unit.Of([sold.Text("points_earned")]);
        var line = new SoldLine(sold.Number("amount"), unit.In(sold, "points_earned"));
        sold.Finish();
        var each = new List<long>();
        foreach (var returned in words.Numbers("returns"))
        {
            each.Add(Reversals.Due(line, returned));
            line = line with { Returned = line.Returned + returned };
        }
        return Task.FromResult(new Answer().Set("points_reversed_each", each.Select(unit.Back)).Set("points_reversed_total", unit.Back(each.Sum())));
    }

    private static (string Id, SoldLine Sold) Read(Words line, Unit unit)
    {
        var read = (line.Text("id"), new SoldLine(line.Number("amount"), unit.In(line, "points_earned")));
        line.Finish();
        return read;
    }
}
