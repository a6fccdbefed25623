using FsCheck;
using FsCheck.Fluent;
using RewardsEngine.Accounting;

namespace RewardsEngine.Tests.Accounting;

public class AllocationTests
{
    [Fact]
    public void Shares_go_to_the_largest_remainder_and_ties_to_the_first_line()
    {
        Assert.Equal([40L, 0], Allocation.Prorate([10, 0], 40));
        Assert.Equal([4L, 3, 3], Allocation.Prorate([1, 1, 1], 10));
        Assert.Equal([1L, 5, 4], Allocation.Prorate([10, 50, 40], 10));
        Assert.Equal([0L, 1], Allocation.Prorate([1, 2], 1));
        Assert.Equal([1L, 0], Allocation.Prorate([1, 2], 1, RemainderMethod.FloorThenFirstLines));
        Assert.Equal([-4L, -3, -3], Allocation.Prorate([1, 1, 1], -10));
        Assert.Equal([3L, 2], Allocation.Prorate([0, 0], 5));
    }

    [Fact]
    public void A_fixed_amount_never_exceeds_the_parts_and_a_percentage_is_rounded_once()
    {
        Assert.Equal([0L, 1000], Allocation.SplitFixed([0, 1000], 2000));
        Assert.Equal([1500L, 500], Allocation.SplitPercent([3000, 1000], 50));
        Assert.Equal([1L, 1, 0], Allocation.SplitPercent([5, 5, 5], 10));
    }

    [Fact]
    public void The_largest_numbers_divide_exactly() =>
        Assert.Equal([long.MaxValue / 2 + 1, long.MaxValue / 2], Allocation.Prorate([long.MaxValue, long.MaxValue], long.MaxValue));

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Allocation.Prorate([-1, 2], 5));
        Assert.Throws<ArgumentException>(() => Allocation.Prorate([], 5));
        Assert.Empty(Allocation.Prorate([], 0));
    }

    [Fact]
    public void Shares_sum_to_the_total_and_differ_from_the_exact_share_by_less_than_one() =>
        Prop.ForAll<uint[], int, bool>((weights, total, floor) =>
        {
            if (weights.Length == 0) return true;
            var lines = weights.Select(weight => (long)weight).ToArray();
            var shares = Allocation.Prorate(lines, total, floor ? RemainderMethod.FloorThenFirstLines : RemainderMethod.LargestRemainder);
            var sum = (decimal)lines.Sum();
            return shares.Sum() == total && shares.Zip(lines).All(pair =>
                Math.Abs(pair.First - (sum == 0 ? total / (decimal)lines.Length : total * pair.Second / sum)) < 1.0000001m
                && (sum == 0 || pair.Second > 0 || pair.First == 0));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Partial_returns_take_back_what_the_line_earned_whatever_the_rule_says_today()
    {
        Assert.Equal([11L, 11, 11], Each(33, 100m, [33.33m, 33.33m, 33.34m]));
        Assert.Equal([0L, 40], Reversals.PerLine([new(60m, 60), new(40m, 80)], [0m, 20m]));
        Assert.Equal(7, Reversals.Due(new SoldLine(0m, 7), 1m));
        Assert.Equal(0, Reversals.Due(new SoldLine(10m, 7, Returned: 10m), 5m));
    }

    [Fact]
    public void Any_sequence_of_partial_returns_sums_to_the_full_reversal() =>
        Prop.ForAll<int, PositiveInt[]>((points, parts) =>
        {
            if (parts.Length == 0) return true;
            var earned = (long)points;
            var returns = parts.Select(part => part.Get / 100m).ToList();
            return new[] { PointsRounding.Floor, PointsRounding.HalfUp, PointsRounding.Ceil }.All(rounding =>
                Each(Math.Abs(earned), returns.Sum(), returns, rounding) is var each && each.Sum() == Math.Abs(earned) && each.All(part => part >= 0));
        }).QuickCheckThrowOnFailure();

    private static List<long> Each(long earned, decimal sold, IReadOnlyList<decimal> returns, PointsRounding rounding = PointsRounding.HalfUp)
    {
        var before = 0m;
        var each = new List<long>();
        foreach (var amount in returns)
        {
            each.Add(Reversals.Due(new SoldLine(sold, earned, before), amount, rounding));
            before += amount;
        }
        return each;
    }
}
