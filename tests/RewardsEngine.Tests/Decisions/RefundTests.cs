using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Tests.Decisions;

public sealed class RefundTests
{
    private static readonly Rule Base = Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 3_000 });

    private static Refund Back(Returned what) => new() { Reference = "r-1", Member = Sample.Ani, OccurredAt = Sample.Noon.AddDays(3), PurchaseReference = "p-1", Returned = what };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Any_split_into_partial_refunds_sums_to_the_full_reversal(int units)
    {
        var decision = Sample.Decide(Sample.Rules(Base, Sample.OnPurchase("off", new AmountOffOrder { Amount = 7_777 })), Sample.Purchase(Sample.Line("a", 10_001, 10), Sample.Line("b", 33_333)));
        var returned = new List<LineReturn>();
        var (points, amount) = (0L, 0m);
        for (var left = 10; left > 0; left -= units)
        {
            var refund = Engine.DecideRefund(Sample.Programme, new(decision, returned), Back(new SomeLines([new("a", Math.Min(units, left))])));
            (points, amount) = (points + refund.PointsReversed(), amount + refund.Amount);
            returned.AddRange(refund.Lines);
        }
        var rest = Engine.DecideRefund(Sample.Programme, new(decision, returned), Back(new WholeSale()));

        Assert.True(rest.WholeSaleReturned);
        Assert.Equal(decision.PointsAwarded(), points + rest.PointsReversed());
        Assert.Equal(decision.Totals!.Total, amount + rest.Amount);
    }

    [Fact]
    public void A_repeated_refund_changes_nothing()
    {
        var decision = Sample.Decide(Sample.Rules(Base), Sample.Purchase(Sample.Line("a", 30_000, 2)));
        var first = Engine.DecideRefund(Sample.Programme, new(decision, []), Back(new WholeSale()));

        var again = Engine.DecideRefund(Sample.Programme, new(decision, first.Lines), Back(new WholeSale()));

        Assert.Equal(20, first.PointsReversed());
        Assert.Empty(again.Effects);
        Assert.Equal(RefundReason.AlreadyReturned, again.Reason);
    }

    [Fact]
    public void A_fully_returned_sale_gives_codes_uses_and_vouchers_back()
    {
        var voucher = Sample.OnPurchase("gift", new GiveVoucher { Voucher = new() { Key = "next", Name = new("Berikutnya", "Next"), Discounts = [new PercentOffOrder { Percent = 5 }] } });
        var kept = Sample.OnPurchase("kept", new FixedPoints { Points = 1 }) with { ReleaseUseOnCancel = false };
        var decision = Sample.Decide(Sample.Rules(Base, voucher, kept), Sample.Purchase(Sample.Line("a", 30_000, 2)));

        var half = Engine.DecideRefund(Sample.Programme, new(decision, []), Back(new SomeLines([new("a", 1)])));
        var whole = Engine.DecideRefund(Sample.Programme, new(decision, []), Back(new WholeSale()));

        Assert.All(half.Effects, effect => Assert.IsType<ReversePoints>(effect));
        Assert.Contains(whole.Effects, effect => effect is RevokeVouchers);
        Assert.Equal(["base", "gift"], whole.Effects.OfType<ReleaseUse>().Select(use => use.Rule.Value).Order());
    }

    [Fact]
    public void A_refund_by_amount_is_spread_over_what_is_left()
    {
        var decision = Sample.Decide(Sample.Rules(Base), Sample.Purchase(Sample.Line("a", 60_000), Sample.Line("b", 30_000)));

        var refund = Engine.DecideRefund(Sample.Programme, new(decision, []), Back(new SomeAmount(45_000)));

        Assert.Equal([30_000m, 15_000m], refund.Lines.Select(line => line.Amount));
        Assert.Equal(15, refund.PointsReversed());
    }

    [Fact]
    public void In_proportion_to_the_amount_all_points_of_the_sale_are_shared()
    {
        var perUnit = Sample.OnPurchase("b-bonus", new FixedPoints { Points = 30, Scope = new() { Skus = ["b"] } });
        var decision = Sample.Decide(Sample.Rules(Base, perUnit), Sample.Purchase(Sample.Line("a", 30_000), Sample.Line("b", 30_000)));
        var programme = Sample.Programme with { Points = Sample.Programme.Points with { Reversal = RewardsEngine.Accounting.ReversalMethod.ProportionalToAmount } };

        var byLine = Engine.DecideRefund(Sample.Programme, new(decision, []), Back(new SomeLines([new("a", 1)])));
        var byAmount = Engine.DecideRefund(programme, new(decision, []), Back(new SomeLines([new("a", 1)])));

        Assert.Equal((10L, 25L), (byLine.PointsReversed(), byAmount.PointsReversed()));
    }

    [Fact]
    public void A_refund_without_a_sale_takes_the_newest_earlier_unreturned_units()
    {
        OpenLine[] open =
        [
            new("old", Sample.Noon.AddDays(-9), "1", "tea", 5),
            new("new", Sample.Noon.AddDays(-2), "1", "tea", 2),
            new("later", Sample.Noon.AddDays(1), "1", "tea", 9),
        ];

        var match = RefundMatching.Match([new("tea", 8), new("cup", 1)], open, Sample.Noon);

        Assert.Equal([("new", 2), ("old", 5)], match.Matched.Select(line => (line.Sale, line.Line.Quantity)));
        Assert.Equal([("tea", 1), ("cup", 1)], match.Unmatched.Select(line => (line.Sku, line.Quantity)));
    }
}
