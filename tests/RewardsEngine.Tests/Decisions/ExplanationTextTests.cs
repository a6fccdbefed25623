using RewardsEngine.Decisions;
using RewardsEngine.Rewards;

namespace RewardsEngine.Tests.Decisions;

public sealed class ExplanationTextTests
{
    private static readonly Explanation Why = Sample.Decide(
        Sample.Rules(
            Sample.OnPurchase("off", new PercentOffOrder { Percent = 20 }),
            Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 10_000, Mode = AmountMode.FullSteps }),
            Sample.OnPurchase("bonus", new FixedPoints { Points = 50 }) with { Condition = "order.total >= 250000" },
            Sample.OnPurchase("vip", new FixedPoints { Points = 900 }) with { Condition = "customer.segments = \"mvp\"" }),
        Sample.Purchase(Sample.Line("beans", 265_000))).Explanation;

    [Fact]
    public void Customers_read_the_arithmetic_and_what_was_missing_in_Indonesian()
    {
        var text = new ExplanationText(Sample.Programme, "id").ForCustomer(Why, "purchase");

        Assert.Equal(["20% × Rp265.000 = Rp53.000"], text.Applied[0].Steps.Where(step => step.Contains('%')));
        Assert.Equal("21 poin", text.Applied[1].Result);
        Assert.Contains("Rp212.000 ÷ Rp10.000 = 21 kelipatan penuh × 1 = 21 poin", text.Applied[1].Steps);
        Assert.Equal(["pembelian minimal Rp250.000 (saat itu Rp212.000)"], Assert.Single(text.Missed).Needs);
        Assert.All(text.Applied, rule => Assert.Null(rule.Rule));
    }

    [Fact]
    public void Staff_read_everything_in_English()
    {
        var text = new ExplanationText(Sample.Programme, "en").ForStaff(Why, "purchase");

        Assert.Equal(["bonus v1", "vip v1"], text.Missed.Select(miss => miss.Rule).Order());
        Assert.Contains("order total at least Rp250,000 (was Rp212,000)", text.Missed.SelectMany(miss => miss.Needs));
    }
}
