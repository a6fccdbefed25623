using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Conditions;

public class CheckingTests
{
    [Theory]
    [InlineData("order.totl >= 1", "order.total")]
    [InlineData("total >= 1", "order.total")]
    [InlineData("customer.brithday = 2000-01-01", "customer.birthday")]
    [InlineData("any line (categry in [\"coffee\"])", "category")]
    [InlineData("any line (customer.teir = \"gold\")", "customer.tier")]
    [InlineData("sum(totl where quantity > 1) > 5", "total")]
    [InlineData("customer.consent.emial = true", "customer.consent.email")]
    [InlineData("event.scor > 3", "event.score")]
    [InlineData("Order.Total > 3", "order.total")]
    public void An_unknown_name_is_refused_with_the_nearest_known_one(string text, string suggestion)
    {
        var error = Say.Error(text);
        Assert.Equal((DiagnosticCode.UnknownName, suggestion), (error.Code, error.Suggestion));
    }

    [Fact]
    public void A_name_that_resembles_nothing_is_refused_without_a_guess() => Assert.Null(Say.Error("weather.sunshine = true").Suggestion);

    [Fact]
    public void Fields_of_another_event_are_unknown() =>
        Assert.Equal(DiagnosticCode.UnknownName, Say.Error("event.score > 3", new Vocabulary(Currency.Idr, EventSchema.Of("purchase"))).Code);

    [Theory]
    [InlineData("order.total >= \"much\"", DiagnosticCode.WrongType)]
    [InlineData("customer.tier >= \"gold\"", DiagnosticCode.WrongOperator)]
    [InlineData("customer.tier between \"a\" and \"b\"", DiagnosticCode.WrongOperator)]
    [InlineData("customer.tier = 5", DiagnosticCode.WrongType)]
    [InlineData("customer.company > true", DiagnosticCode.WrongOperator)]
    [InlineData("customer.company in [true]", DiagnosticCode.WrongOperator)]
    [InlineData("order.total starts with \"2\"", DiagnosticCode.WrongOperator)]
    [InlineData("customer.city starts with \"\"", DiagnosticCode.WrongType)]
    [InlineData("order.total >= points.available", DiagnosticCode.DifferentUnits)]
    [InlineData("order.quantity >= points.available", DiagnosticCode.DifferentUnits)]
    [InlineData("order.total >= 5 USD", DiagnosticCode.WrongCurrency)]
    [InlineData("order.total >= 5.5", DiagnosticCode.TooManyDecimals)]
    [InlineData("points.available >= 5 IDR", DiagnosticCode.WrongType)]
    [InlineData("1 = 1", DiagnosticCode.NothingToTest)]
    [InlineData("5 in [5]", DiagnosticCode.NothingToTest)]
    [InlineData("customer.tier in [\"gold\", 5]", DiagnosticCode.WrongType)]
    [InlineData("order.total between 5 and 3", DiagnosticCode.Reversed)]
    [InlineData("today is in 2026-12-31 .. 2026-12-20", DiagnosticCode.Reversed)]
    [InlineData("now.weekday = \"mondy\"", DiagnosticCode.NotAChoice)]
    [InlineData("now.hour >= 25", DiagnosticCode.OutOfRange)]
    [InlineData("line.total > 5", DiagnosticCode.LineFieldOutside)]
    [InlineData("any line (any line (total > 5))", DiagnosticCode.NestedLineTest)]
    [InlineData("any line (sum(total where quantity > 1) > 5)", DiagnosticCode.NestedLineTest)]
    [InlineData("sum(order.total where quantity > 1) > 5", DiagnosticCode.NotALineField)]
    [InlineData("sum(brand where quantity > 1) > 5", DiagnosticCode.NotALineField)]
    [InlineData("visits.last(3 days).total > 5", DiagnosticCode.NoSuchMeasure)]
    [InlineData("event.took > 2 months", DiagnosticCode.CalendarSpan)]
    [InlineData("customer.joined > 2 hours", DiagnosticCode.WrongType)]
    [InlineData("today is customer.tier", DiagnosticCode.WrongType)]
    [InlineData("customer.joined in [30 days]", DiagnosticCode.WrongType)]
    public void What_makes_no_sense_is_refused(string text, DiagnosticCode code) => Assert.Equal(code, Say.Error(text).Code);

    [Theory]
    [InlineData("any line (unit_price < 0.0125)")]
    [InlineData("order.total >= sum(total where quantity > 1)")]
    [InlineData("purchases.last(1 year).total > order.total")]
    [InlineData("customer.interests = line.tag", false)]
    [InlineData("any line (tag = customer.interests)")]
    [InlineData("5 < points.available")]
    [InlineData("event.on in [2026-01-01, 2026-02-01]")]
    [InlineData("event.topics starts with \"a\" and event.agreed = false and event.spent = 5 IDR")]
    public void What_makes_sense_is_accepted(string text, bool ok = true) => Assert.Equal(ok, Condition.Parse(text, Say.Words).Ok);

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        var result = Condition.Parse("order.totl > 1 and customer.tier = 5 and now.hour > 99", Say.Words);
        Assert.Equal([DiagnosticCode.UnknownName, DiagnosticCode.WrongType, DiagnosticCode.OutOfRange], result.Diagnostics.Select(d => d.Code));
        Assert.Equal([0, 35, 52], result.Diagnostics.Select(d => d.Span.Start));
    }

    [Fact]
    public void A_tree_from_elsewhere_is_checked_like_a_text()
    {
        Assert.False(Condition.Check(new AndExpr([]), Say.Words).Ok);
        Assert.False(Condition.Check(new NotExpr(new AlwaysExpr()), Say.Words).Ok);
        Assert.False(Condition.Check(new CompareExpr(new NameOperand("order.total"), CompareOperator.Less, new NumberLiteral(decimal.MaxValue)), Say.Words).Ok);
        Assert.False(Condition.Check(new CompareExpr(new NameOperand("order.total"), CompareOperator.Less, new MoneyLiteral(decimal.MinValue, "IDR")), Say.Words).Ok);
        Assert.False(Condition.Check(new CompareExpr(new NameOperand("customer.tier"), CompareOperator.Equal, new TextLiteral("a\nb")), Say.Words).Ok);
        Assert.False(Condition.Check(new CompareExpr(new NameOperand("customer.tier"), CompareOperator.Equal, new TextLiteral("\ud800")), Say.Words).Ok);
        Assert.False(Condition.Check(new CompareExpr(new NameOperand("now.date"), CompareOperator.Equal, new DateLiteral(DateOnly.MaxValue)), Say.Words).Ok);
        Assert.False(Condition.Check(new CompareExpr(new NameOperand("customer.joined"), CompareOperator.Less, new DurationLiteral(new(int.MaxValue, TimeSpanUnit.Years))), Say.Words).Ok);
        Assert.False(Condition.Check(Enumerable.Range(0, 40).Aggregate((Expr)new TodayIsExpr(new("customer.birthday")), (inner, _) => new NotExpr(inner)), Say.Words).Ok);
    }

    [Fact]
    public void A_condition_names_the_counters_it_needs() => Assert.Equal(
        ["purchases.last(1 year).total", "visits.last(7 days).count"],
        Say.Condition("visits.last(7 days).count > 1 or purchases.last(1 year).total > 5 and visits.last(7 days).count > 2").Counters.Select(c => c.ToString()));

    [Fact]
    public void Two_fields_of_one_name_cannot_be_declared() =>
        Assert.Throws<ArgumentException>(() => new Vocabulary(Currency.Idr, new("custom.x", [new("a", FactType.Number, new("a", "a")), new("a", FactType.Text, new("a", "a"))])));
}
