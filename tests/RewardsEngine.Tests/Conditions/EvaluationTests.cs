using RewardsEngine.Conditions;
using static RewardsEngine.Tests.Conditions.Say;

namespace RewardsEngine.Tests.Conditions;

public class EvaluationTests
{
    private static FactsBuilder Cart() => Facts()
        .Set(Fields.OrderTotal, 212_000m).Set(Fields.OrderQuantity, 4m).Set(Fields.OrderChannel, "web")
        .Set(Fields.CustomerTier, "gold").Set(Fields.CustomerSegments, ["vip", "jakarta"])
        .Line("A1", "coffee/beans", "Kopi", 2, 120_000m)
        .Line("B2", "tea", "Teh", 1, 52_000m)
        .Line("C3", "coffeehouse", null, 1, 40_000m);

    [Theory]
    [InlineData("", true)]
    [InlineData("order.total >= 212000", true)]
    [InlineData("order.total > 212000", false)]
    [InlineData("212000 <= order.total", true)]
    [InlineData("250000 < order.total", false)]
    [InlineData("order.total != 5 and order.total = 212000 IDR", true)]
    [InlineData("order.total between 212000 and 212000", true)]
    [InlineData("order.quantity in [1, 4]", true)]
    [InlineData("customer.tier = \"Gold\"", false)]
    [InlineData("customer.segments = \"vip\"", true)]
    [InlineData("customer.segments != \"vip\"", false)]
    [InlineData("customer.segments in [\"new\", \"jakarta\"]", true)]
    [InlineData("order.channel starts with \"we\"", true)]
    [InlineData("any line (category in [\"coffee\"])", true)]
    [InlineData("any line (category in [\"coffee\"] and quantity = 1)", false)]
    [InlineData("any line (category = \"coffee\")", false)]
    [InlineData("any line (category in [\"cof\"])", false)]
    [InlineData("any line (category in [\"coffee/beans/light\"])", false)]
    [InlineData("any line (category starts with \"coffee\" and total = 40000)", true)]
    [InlineData("all line (quantity >= 1)", true)]
    [InlineData("all line (quantity >= 2)", false)]
    [InlineData("no line (category in [\"milk\"])", true)]
    [InlineData("no line (category in [\"tea\"])", false)]
    [InlineData("sum(total where category in [\"coffee\"]) = 120000", true)]
    [InlineData("sum(quantity where category in [\"coffee\", \"tea\"]) = 3", true)]
    [InlineData("count(sku where total > 45000) = 2", true)]
    [InlineData("count(brand where total > 0) = 2", true)]
    [InlineData("sum(total where category in [\"milk\"]) = 0", true)]
    [InlineData("min(unit_price where quantity > 0) = 40000", true)]
    [InlineData("max(unit_price where quantity > 0) = 60000", true)]
    [InlineData("max(unit_price where quantity > 9) >= 0", false)]
    [InlineData("any line (total > order.total)", false)]
    public void A_cart_is_judged(string text, bool expected) => Assert.Equal(expected, Holds(text, Cart()));

    [Theory]
    [InlineData("customer.city = \"Jakarta\"")]
    [InlineData("not customer.city = \"Jakarta\"")]
    [InlineData("customer.city != \"Jakarta\"")]
    [InlineData("not (customer.city = \"Jakarta\" and order.total > 1)")]
    [InlineData("not (customer.city = \"Jakarta\" or order.total < 1)")]
    [InlineData("not customer.city in [\"Jakarta\"]")]
    [InlineData("customer.consent.email = false")]
    [InlineData("not purchases.last(30 days).count > 5")]
    [InlineData("not order.total > event.spent")]
    [InlineData("not today is customer.birthday")]
    [InlineData("not event.took between 1 hour and 2 hours")]
    [InlineData("not points.available between 1 and 5")]
    [InlineData("not max(unit_price where quantity > 9) > 0")]
    [InlineData("all line (brand != \"X\")")]
    [InlineData("no line (brand = \"X\")")]
    public void A_missing_value_satisfies_neither_a_comparison_nor_its_opposite(string text) => Assert.False(Holds(text, Cart()));

    [Theory]
    [InlineData("not (customer.city = \"Jakarta\" and order.total < 1)")]
    [InlineData("customer.city = \"Jakarta\" or order.total > 1")]
    [InlineData("any line (brand = \"Teh\")")]
    public void A_missing_value_does_not_matter_where_the_rest_decides(string text) => Assert.True(Holds(text, Cart()));

    [Theory]
    [InlineData("any line (quantity > 0)")]
    [InlineData("all line (quantity > 0)")]
    [InlineData("no line (quantity > 0)")]
    [InlineData("count(sku where quantity > 0) = 0")]
    public void An_event_without_lines_satisfies_no_line_test(string text) => Assert.False(Holds(text, Facts()));

    [Theory]
    [InlineData("2000-02-29", "2027-02-28", true)]
    [InlineData("2000-02-29", "2028-02-28", false)]
    [InlineData("2000-02-29", "2028-02-29", true)]
    [InlineData("2000-02-28", "2028-02-28", true)]
    [InlineData("2000-02-28", "2027-03-01", false)]
    [InlineData("2000-12-31", "2026-12-31", true)]
    public void A_birthday_is_kept_on_its_day_or_on_28_February(string born, string today, bool expected) =>
        Assert.Equal(expected, Holds("today is customer.birthday", Facts().Set(Fields.CustomerBirthday, DateOnly.Parse(born)).Set(Fields.NowDate, DateOnly.Parse(today))));

    [Theory]
    [InlineData("2026-01-31", "2026-02-27", false)]
    [InlineData("2026-01-31", "2026-02-28", true)]
    [InlineData("1900-01-01", "2199-12-31", true)]
    public void Time_since_a_date_follows_the_calendar(string joined, string today, bool expected) =>
        Assert.Equal(expected, Holds("customer.joined >= 1 month", Facts().Set(Fields.CustomerJoined, DateOnly.Parse(joined)).Set(Fields.NowDate, DateOnly.Parse(today))));

    [Fact]
    public void Now_is_the_programmes_local_time()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("WIB", TimeSpan.FromHours(7), "WIB", "WIB");
        var facts = Facts().SetNow(new DateTime(2026, 11, 22, 18, 30, 0, DateTimeKind.Utc), zone);
        Assert.True(Holds("now.weekday = \"monday\" and now.hour = 1 and now.date = 2026-11-23 and today is in 2026-11-23 .. 2026-11-23", facts));
    }

    [Fact]
    public void Counters_and_event_fields_are_read()
    {
        var key = Condition("purchases.last(30 days).total > 5").Counters[0];
        var facts = Facts().Set(key, 1_000_000m).Set(Words["event.score"], 9m).Set(Words["event.took"], FactValue.OfMinutes(2880)).Set(Words["event.topics"], ["a", "b"]);
        Assert.True(Holds("purchases.last(30 days).total >= 1000000 and event.score = 9 and event.took = 2 days and event.topics = \"b\"", facts));
        Assert.False(Holds("purchases.last(31 days).total >= 1", facts));
    }

    [Fact]
    public void The_largest_amounts_are_judged_exactly()
    {
        var cart = Facts().Set(Fields.OrderTotal, ConditionLimits.MaxNumber).Set(Fields.PointsAvailable, -ConditionLimits.MaxNumber);
        for (var i = 0; i < 50; i++) cart.Line("S", "c", "b", 1, ConditionLimits.MaxNumber);
        Assert.True(Holds("order.total >= 100000000000000 and points.available = -100000000000000 and sum(total where quantity = 1) >= 100000000000000", cart));
        Assert.Throws<ArgumentOutOfRangeException>(() => FactValue.Of(ConditionLimits.MaxNumber + 0.0001m));
        Assert.Throws<ArgumentOutOfRangeException>(() => FactValue.OfMoney(decimal.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => FactValue.OfMinutes(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => FactValue.Of((DateOnly?)DateOnly.MaxValue));
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_a_programming_error()
    {
        Assert.Throws<ArgumentException>(() => Facts().Set(Fields.CustomerTier, 5m));
        Assert.Throws<ArgumentException>(() => Facts().Set(Fields.LineTotal, 5m));
        Assert.Throws<ArgumentException>(() => Facts().WithLines().SetLine(0, Fields.OrderTotal, 5m));
    }

    [Fact]
    public void Facts_can_be_changed_without_touching_the_first()
    {
        var first = Cart().Build();
        var second = first.ToBuilder().Set(Fields.OrderTotal, 1m).SetLine(0, Fields.LineTotal, 7m).Build();
        Assert.Equal((212_000m, 1m), (first[Fields.OrderTotal].Number, second[Fields.OrderTotal].Number));
        Assert.Equal((120_000m, 7m), (first.Lines[0][Fields.LineTotal].Number, second.Lines[0][Fields.LineTotal].Number));
    }
}
