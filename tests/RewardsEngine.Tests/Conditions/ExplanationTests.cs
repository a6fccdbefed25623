using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Wording;
using static RewardsEngine.Tests.Conditions.Say;

namespace RewardsEngine.Tests.Conditions;

public class ExplanationTests
{
    private static readonly Facts Cart = Facts().Set(Fields.OrderTotal, 212_000m).Set(Fields.CustomerTier, "silver").Set(Fields.OrderChannel, "web")
        .Line("A1", "tea", "Teh", 1, 212_000m).Build();

    [Fact]
    public void All_failed_tests_are_told_with_what_was_needed_and_what_there_was()
    {
        var why = Why("order.total >= 250000 and customer.tier = \"gold\" and order.channel = \"web\" and any line (category in [\"coffee\"]) and customer.city = \"Solo\"");
        Assert.False(why.Satisfied);
        Assert.Equal(4, why.Distance);
        Assert.Equal(["order.channel = \"web\""], why.Passed.Select(p => p.Test.ToText()));
        var total = why.Failed[0];
        Assert.Equal((FactValue.OfMoney(250_000), FactValue.OfMoney(212_000)), (total.Needed[0], total.Actual));
        Assert.Equal(["pembelian minimal Rp250.000 (saat ini Rp212.000)", "tingkat Anda gold (saat ini silver)", "ada produk kategori coffee", "kota Solo (belum ada data)"], why.Failed.Select(f => Text("id").Of(f)));
        Assert.Equal(["order total at least Rp250,000 (was Rp212,000)", "your tier is gold (was silver)", "at least one product in category coffee", "city is Solo (not given)"], why.Failed.Select(f => Text("en").Of(f)));
        Assert.Equal([false, false, false, true], why.Failed.Select(f => f.IsNotGiven));
    }

    [Fact]
    public void What_stands_under_not_is_told_as_its_opposite()
    {
        var why = Why("not (order.channel = \"web\" or order.total < 250000)");
        Assert.Equal(2, why.Distance);
        Assert.All(why.Failed, f => Assert.True(f.Negated));
        Assert.Equal(["sales channel is not web (was web)", "order total at least Rp250,000 (was Rp212,000)"], why.Failed.Select(f => Text("en").Of(f)));
    }

    [Fact]
    public void Of_alternatives_the_nearest_counts()
    {
        var why = Why("order.total >= 250000 and customer.tier = \"gold\" or order.total >= 300000");
        Assert.Equal(1, why.Distance);
        Assert.Equal(3, why.Failed.Length);
    }

    [Fact]
    public void Nothing_failed_when_one_alternative_holds()
    {
        var why = Why("(order.channel = \"web\" and customer.tier = \"gold\") or order.total >= 200000");
        Assert.True(why.Satisfied);
        Assert.Empty(why.Failed);
        Assert.Equal(["order.total >= 200000"], why.Passed.Select(p => p.Test.ToText()));
    }

    [Fact]
    public void The_explanation_agrees_with_the_judgement()
    {
        foreach (var text in new[] { "", "order.total > 1", "not customer.city = \"x\"", "all line (brand = \"Teh\")", "no line (brand = \"Teh\")" })
            Assert.Equal(Condition(text).Test(Cart), Why(text).Satisfied);
    }

    private static Explanation Why(string text) => Condition(text).Explain(Cart);

    private static ConditionText Text(string language) => new(Words, language);
}
