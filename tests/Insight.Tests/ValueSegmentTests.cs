using FsCheck;
using FsCheck.Fluent;
using Insight.Value;

namespace Insight.Tests;

public sealed class ValueSegmentTests
{
    private static readonly ValueSettings Settings = new(ComplaintCost: 50_000);

    private static readonly Arbitrary<MemberYear[]> Crowds = Gen.ArrayOf(
        from sales in Gen.OneOf(Gen.Constant(0L), Gen.Choose(1, 5_000_000).Select(n => (long)n))
        from discount in Gen.Choose(0, 100)
        from refund in Gen.Choose(0, 100)
        from rewards in Gen.Choose(0, 400_000)
        from complaints in Gen.Choose(0, 4)
        from categories in Gen.Choose(1, 6)
        from months in Gen.Choose(0, 60)
        from quarter in Gen.Choose(0, 15)
        select Year(sales, sales * discount / 100, (sales - (sales * discount / 100)) * refund / 100, rewards, complaints, categories, months, quarter)).ToArbitrary();

    [Fact]
    public void A_value_is_the_revenue_less_goods_rewards_and_service()
    {
        var value = ValueSegments.Of([Year(1_000_000, 100_000, 90_000, 20_000, complaints: 1)], Settings)[0];

        // 900,000 were paid and a tenth of that was given back: of the goods at 1,000,000, nine tenths were kept.
        Assert.Equal((810_000, 540_000, 20_000, 50_000, 200_000), (value.Revenue, value.Goods, value.Rewards, value.Service, value.Value));
    }

    [Fact]
    public void What_was_given_back_whole_leaves_neither_revenue_nor_goods()
    {
        var value = ValueSegments.Of([Year(1_000_000, 200_000, 800_000)], Settings)[0];

        Assert.Equal((0, 0, 0), (value.Revenue, value.Goods, value.Value));
    }

    [Fact]
    public void Who_only_redeemed_and_complained_is_below_zero()
    {
        var value = ValueSegments.Of([Year(0, rewards: 30_000, complaints: 2)], Settings)[0];

        Assert.Equal((-130_000, Segment.BelowZero, null), (value.Value, value.Segment, value.Growth));
    }

    [Fact]
    public void A_fifth_of_ten_buyers_are_the_two_with_the_highest_value()
    {
        var values = ValueSegments.Of([.. Enumerable.Range(1, 10).Select(n => Year(n * 100_000, quarters: 0))], Settings with { MostGrowablePercent = 0 });

        Assert.Equal([8, 9], Enumerable.Range(0, 10).Where(i => values[i].Segment == Segment.MostValuable));
    }

    [Fact]
    public void Equal_values_at_the_border_are_all_in()
    {
        var values = ValueSegments.Of([.. Enumerable.Repeat(0, 10).Select(_ => Year(100_000))], Settings);

        Assert.All(values, v => Assert.Equal(Segment.MostValuable, v.Segment));
    }

    [Fact]
    public void The_regular_buyer_far_below_the_peers_is_growable_and_the_one_who_stayed_away_is_not()
    {
        var crowd = Enumerable.Range(0, 18).Select(n => Year(1_000_000 + (n * 10_000))).Append(Year(200_000)).Append(Year(200_000, quarters: 0b0011)).ToList();
        var values = ValueSegments.Of(crowd, Settings with { MostGrowablePercent = 5 });

        var growth = values[18].Growth!;
        Assert.Equal((20, 4, 4), (growth.PeerCount, growth.ActiveQuarters, growth.PossibleQuarters));
        Assert.Equal(1_120_000, growth.PeerRevenue); // the 15th of 20
        Assert.Equal(920_000, growth.Potential);
        Assert.Equal(Segment.MostGrowable, values[18].Segment);
        Assert.Equal((0, null), (values[19].Growth!.Potential, values[19].Segment));
    }

    [Fact]
    public void A_small_group_of_peers_is_compared_with_everybody()
    {
        var values = ValueSegments.Of([.. Enumerable.Range(0, 12).Select(_ => Year(500_000, months: 30)), Year(100_000, months: 2)], Settings);

        Assert.Equal((PeerGroup.Everybody, 13, 500_000, 1), (values[12].Growth!.Peers, values[12].Growth!.PeerCount, values[12].Growth!.PeerRevenue, values[12].Growth!.PossibleQuarters));
        Assert.Equal(new(1, 3), values[0].Growth!.Peers);
    }

    [Fact]
    public void Shares_out_of_range_are_refused() =>
        Assert.All((ValueSettings[])[new(GoodsPercent: 101), new(MostValuablePercent: -1), new(Months: 0), new(ComplaintCost: -1)],
            settings => Assert.Throws<ArgumentOutOfRangeException>(() => ValueSegments.Of([], settings)));

    [Fact]
    public void The_sums_are_exact_and_nobody_is_below_zero_and_valuable_at_once() =>
        Prop.ForAll(Crowds, crowd => ValueSegments.Of(crowd, Settings).Zip(crowd).All(m =>
            m.First.Member == m.Second.Member
            && m.First.Revenue == m.Second.Sales - m.Second.Discounts - m.Second.Refunds
            && m.First.Value == m.First.Revenue - m.First.Goods - m.First.Rewards - m.First.Service
            && m.First.Goods >= 0 && m.First.Goods <= m.Second.Sales
            && (m.First.Segment == Segment.BelowZero) == (m.First.Value < 0)
            && (m.First.Segment is not Segment.MostValuable || m.First.Value > 0)
            && (m.First.Segment is not Segment.MostGrowable || m.First.Growth!.Potential > 0))).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_is_worth_more_than_one_of_the_most_valuable_is_among_them() =>
        Prop.ForAll(Crowds, crowd =>
        {
            var values = ValueSegments.Of(crowd, Settings);
            var least = values.Where(v => v.Segment == Segment.MostValuable).Select(v => (long?)v.Value).Min();
            return least is null || values.All(v => v.Value < least || v.Segment == Segment.MostValuable);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Segments_hold_no_more_than_their_share_but_for_equal_ones() =>
        Prop.ForAll(Crowds, crowd =>
        {
            var values = ValueSegments.Of(crowd, Settings);
            var places = (int)decimal.Round(crowd.Count(m => m.Bought) * 0.2m, 0, MidpointRounding.AwayFromZero);
            return Fits(values.Where(v => v.Segment == Segment.MostValuable).Select(v => v.Value), places)
                && Fits(values.Where(v => v.Segment == Segment.MostGrowable).Select(v => v.Growth!.Potential), places);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_in_which_members_are_read_decides_nothing() =>
        Prop.ForAll(Crowds, crowd =>
        {
            var forth = ValueSegments.Of(crowd, Settings).ToDictionary(v => v.Member);
            return ValueSegments.Of([.. crowd.Reverse()], Settings).All(v => forth[v.Member] == v);
        }).QuickCheckThrowOnFailure();

    // Without those who share the border there is at least one place left.
    private static bool Fits(IEnumerable<long> taken, int places)
    {
        var sorted = taken.Order().ToList();
        return sorted.Count <= places || (places > 0 && sorted.Count(t => t > sorted[0]) < places);
    }

    private static int _count;

    private static MemberYear Year(
        long sales, long discounts = 0, long refunds = 0, long rewards = 0, int complaints = 0, int categories = 1, int months = 30, int quarters = 0b1111) => new()
        {
            Member = new Guid(Interlocked.Increment(ref _count), 0, 0, new byte[8]),
            Sales = sales,
            Discounts = discounts,
            Refunds = refunds,
            Rewards = rewards,
            Complaints = complaints,
            Categories = categories,
            MonthsSinceJoining = months,
            Paid = new((quarters & 1) * sales, (quarters >> 1 & 1) * sales, (quarters >> 2 & 1) * sales, (quarters >> 3 & 1) * sales),
        };
}
