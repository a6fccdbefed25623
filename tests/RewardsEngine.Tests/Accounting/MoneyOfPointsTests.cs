using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Accounting;

public class MoneyOfPointsTests
{
    private static readonly Currency Usd = Currency.Of("USD");
    private static readonly Currency WholeUnits = new("CUR", 0);

    [Fact]
    public void Points_are_used_in_whole_steps()
    {
        var paid = Redemption.ForDiscount(new PointsConversion(100, 5m, 100, Usd), new PointsPayment(1000m, 5000, 1050, MinimumPoints: 100));
        Assert.Equal((1000, 50m, 950m), (paid.PointsUsed, paid.Discount.Amount, paid.Payable.Amount));
    }

    [Fact]
    public void Points_earned_now_may_pay_if_the_programme_allows_it()
    {
        var conversion = new PointsConversion(1, 1.5m, 3, Usd);
        Assert.Equal(9, Redemption.ForDiscount(conversion, new PointsPayment(100m, 10, EarnedNow: 2, MayUseEarnedNow: false)).PointsUsed);
        Assert.Equal(12, Redemption.ForDiscount(conversion, new PointsPayment(100m, 10, EarnedNow: 2, MayUseEarnedNow: true)).PointsUsed);
    }

    [Fact]
    public void Never_more_than_the_order_or_its_allowed_share_and_never_less_than_the_minimum()
    {
        var conversion = new PointsConversion(100, 5m, 100, Usd);
        Assert.Equal(200, Redemption.ForDiscount(conversion, new PointsPayment(12m, 5000)).PointsUsed);
        Assert.Equal(100, Redemption.ForDiscount(conversion, new PointsPayment(12m, 5000, MaximumPercent: 50m)).PointsUsed);
        Assert.Equal(0, Redemption.ForDiscount(conversion, new PointsPayment(12m, 5000, MinimumPoints: 300)).PointsUsed);
        Assert.Equal(0, Redemption.ForDiscount(conversion, new PointsPayment(12m, -40)).PointsUsed);
    }

    [Fact]
    public void A_balance_is_worth_money() =>
        Assert.Equal(new Money(12_500m, Currency.Idr), new PointsConversion(1, 10m, 1, Currency.Idr).Worth(1250));

    [Fact]
    public void The_standards_loyalty_example_reproduces()
    {
        var sale = Liability.Allocate(new Money(100_000m, WholeUnits), 100_000m, Liability.Expected(10_000, 0.95m), 1m);
        Assert.Equal((91_324m, 8_676m), (sale.Delivered.Amount, sale.Points.Amount));

        var first = Liability.State(new LiabilityPosition(sale.Points, 10_000, 4_500, Liability.Expected(10_000, 0.95m), Money.Zero(WholeUnits)));
        Assert.Equal((4_110m, 4_566m, 500), (first.RecognisedNow.Amount, first.Liability.Amount, first.BreakagePoints));

        var second = Liability.State(new LiabilityPosition(sale.Points, 10_000, 8_500, Liability.Expected(10_000, 0.97m), first.RecognisedInAll));
        Assert.Equal((3_493m, 1_073m, 300), (second.RecognisedNow.Amount, second.Liability.Amount, second.BreakagePoints));
    }

    [Fact]
    public void When_nothing_more_is_expected_to_be_used_all_is_revenue()
    {
        var allocated = new Money(100m, WholeUnits);
        Assert.Equal(0m, Liability.State(new LiabilityPosition(allocated, 50, 20, 20, Money.Zero(WholeUnits))).Liability.Amount);
        Assert.Equal(100m, Liability.State(new LiabilityPosition(allocated, 50, 0, 0, Money.Zero(WholeUnits))).RecognisedInAll.Amount);
    }
}
