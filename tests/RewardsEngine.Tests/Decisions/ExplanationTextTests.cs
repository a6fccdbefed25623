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

public sealed class HintTests
{
    [Fact]
    public void What_would_make_it_apply_is_shown_when_spending_more_suffices_and_it_is_true()
    {
        var rules = Sample.Rules(
            Sample.OnPurchase("off", new PercentOffOrder { Percent = 20 }),
            Sample.OnPurchase("bonus", new FixedPoints { Points = 50 }) with { Condition = "order.total >= 250000" });
        var cart = Sample.Purchase(Sample.Line("beans", 265_000));

        var hint = Sample.Decide(rules, cart).Explanation.Missed.Single().Hint!;

        Assert.Equal((47_500m, 50L), (hint.Missing!.Number, hint.Points));
        var after = Sample.Decide(rules, cart with { Lines = [.. cart.Lines, Sample.Line("more", hint.Missing!.Number!.Value)] });
        Assert.Contains(after.Explanation.Applied, rule => rule.Rule.Value == "bonus");
        Assert.Equal("Belanja Rp47.500 lagi untuk mendapat 50 poin.", new ExplanationText(Sample.Programme, "id").ForCustomer(Sample.Decide(rules, cart).Explanation, "purchase").Missed[0].Hint);
    }

    [Fact]
    public void One_more_unit_is_suggested_when_it_suffices()
    {
        var rules = Sample.Rules(Sample.OnPurchase("three", new PercentOffLines { Percent = 10 }) with { Condition = "sum(quantity where category in [\"coffee\"]) >= 3" });

        var hint = Sample.Decide(rules, Sample.Purchase(Sample.Line("cake", 20_000), Sample.Line("latte", 30_000, 2, "coffee/hot"))).Explanation.Missed.Single().Hint!;

        Assert.Equal((1m, 11_000m), (hint.Missing!.Number, hint.Discount));
    }

    [Fact]
    public void No_hint_is_given_when_two_things_are_missing()
    {
        var rules = Sample.Rules(Sample.OnPurchase("both", new FixedPoints { Points = 50 }) with { Condition = "order.total >= 250000 and customer.tier = \"gold\"" });

        Assert.Null(Sample.Decide(rules, Sample.Purchase(Sample.Line("beans", 100_000))).Explanation.Missed.Single().Hint);
    }
}
