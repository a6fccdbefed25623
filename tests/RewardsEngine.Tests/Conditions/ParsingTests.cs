using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Tests.Conditions;

public class ParsingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("order.total >= 250000 and any line (category in [\"coffee\"]) and customer.tier = \"gold\"")]
    [InlineData("order.total >= 250000 IDR or not (customer.segments in [\"vip\", \"new\"] and customer.consent.email = true)")]
    [InlineData("(order.total > 1 or order.quantity > 2) and not not order.channel != \"web\"")]
    [InlineData("order.total > 1 and (order.quantity > 2 and order.store = \"s1\")")]
    [InlineData("(order.total > 1 or order.quantity > 2) or order.store = \"s1\"")]
    [InlineData("sum(total where category in [\"coffee\"] and brand = \"Kopi\") >= 50000")]
    [InlineData("count(sku where is_reward = false) between 2 and 5 and max(unit_price where quantity > 0) < 12.5")]
    [InlineData("purchases.last(30 days).count >= 3 and purchases.last(1 year).total > 1000000")]
    [InlineData("today is customer.birthday or today is in 2026-12-20 .. 2026-12-31")]
    [InlineData("customer.joined >= 6 months and now.date < 2027-01-01")]
    [InlineData("no line (sku starts with \"GIFT-\\\"\\\\\") and all line (unit_price >= order.total)")]
    [InlineData("order.quantity in [1, 250, 1000] and points.available in [-1, 2.5]")]
    [InlineData("-5 < points.available and event.took <= 90 minutes")]
    public void Canonical_text_is_read_and_written_unchanged(string text) => Assert.Equal(text, Printer.Print(Tree(text)));

    [Fact]
    public void Spaces_brackets_and_the_word_line_do_not_change_what_is_said()
    {
        var plain = Tree("any line (category in [\"coffee\"]) and order.total >= 250000");
        Assert.Equal(plain, Tree("( ( any   line( line.category in [\"coffee\"]) ) )\nand\t(order.total>=250000.0)"));
        Assert.Equal(plain.GetHashCode(), Tree("(any line(category in [\"coffee\"])) and order.total >= 250000").GetHashCode());
    }

    [Fact]
    public void And_binds_stronger_than_or()
    {
        var or = Assert.IsType<OrExpr>(Tree("order.total > 1 or order.total > 2 and order.total > 3"));
        Assert.IsType<AndExpr>(or.Items[1]);
    }

    [Fact]
    public void A_test_knows_where_it_stands()
    {
        var and = Assert.IsType<AndExpr>(Tree("order.total > 1 and  customer.tier = \"gold\""));
        Assert.Equal((21, 22), (and.Items[1].Span.Start, and.Items[1].Span.Length));
    }

    [Theory]
    [InlineData("order.total >=", 14, 0, DiagnosticCode.Expected, null)]
    [InlineData("order.total >= 5 adn order.quantity > 1", 17, 3, DiagnosticCode.Expected, "and")]
    [InlineData("order.total betwen 1 and 2", 12, 6, DiagnosticCode.Expected, "between")]
    [InlineData("order.total between 1 2", 22, 1, DiagnosticCode.Expected, null)]
    [InlineData("(order.total > 1", 16, 0, DiagnosticCode.Expected, null)]
    [InlineData("order.total > 1)", 15, 1, DiagnosticCode.Expected, null)]
    [InlineData("order.total is 5", 12, 2, DiagnosticCode.Expected, "in")]
    [InlineData("order.total ! 5", 12, 1, DiagnosticCode.UnexpectedCharacter, null)]
    [InlineData("order.total > 5 € ", 16, 1, DiagnosticCode.UnexpectedCharacter, null)]
    [InlineData("customer.tier = \"gold", 16, 5, DiagnosticCode.UnclosedText, null)]
    [InlineData("customer.tier = \"go\\ld\"", 16, 4, DiagnosticCode.InvalidText, null)]
    [InlineData("customer.tier in []", 18, 1, DiagnosticCode.Expected, null)]
    [InlineData("customer.tier in \"gold\"", 17, 6, DiagnosticCode.Expected, null)]
    [InlineData("customer.city starts \"J\"", 21, 3, DiagnosticCode.Expected, null)]
    [InlineData("purchases.last(30 dayz).count > 1", 18, 4, DiagnosticCode.Expected, "days")]
    [InlineData("purchases.last(0 days).count > 1", 15, 1, DiagnosticCode.OutOfRange, null)]
    [InlineData("purchases.last(3 days).cuont > 1", 23, 5, DiagnosticCode.Expected, "count")]
    [InlineData("purchase.last(3 days).count > 1", 0, 13, DiagnosticCode.UnknownWord, "purchases.last")]
    [InlineData("summ(total where quantity > 1) > 5", 0, 4, DiagnosticCode.UnknownWord, "sum")]
    [InlineData("order.total >= 250.000", 15, 7, DiagnosticCode.GroupedNumber, null)]
    [InlineData("order.total >= 1,250,000", 15, 9, DiagnosticCode.GroupedNumber, null)]
    [InlineData("order.quantity >= 12.500", 18, 6, DiagnosticCode.GroupedNumber, null)]
    [InlineData("order.total >= 5 AND order.quantity > 1", 17, 3, DiagnosticCode.Expected, "and")]
    [InlineData("NOT order.total > 5", 0, 3, DiagnosticCode.Expected, "not")]
    [InlineData("any lines (sku = \"a\")", 4, 5, DiagnosticCode.Expected, "line")]
    [InlineData("customer.joined between 2 years and 1 month", 0, 43, DiagnosticCode.Reversed, null)]
    [InlineData("order.total >= 1.2.3", 15, 5, DiagnosticCode.InvalidNumber, null)]
    [InlineData("order.total >= 5x", 15, 2, DiagnosticCode.InvalidNumber, null)]
    [InlineData("order.total >= 1.00001", 15, 7, DiagnosticCode.TooManyDecimals, null)]
    [InlineData("order.total >= 100000000000001", 15, 15, DiagnosticCode.OutOfRange, null)]
    [InlineData("now.date > 2026-02-30", 11, 10, DiagnosticCode.InvalidDate, null)]
    [InlineData("now.date > 1026-02-20", 11, 10, DiagnosticCode.OutOfRange, null)]
    [InlineData("today is in 2026-12-20", 22, 0, DiagnosticCode.Expected, null)]
    public void A_mistake_is_shown_where_it_stands(string text, int start, int length, DiagnosticCode code, string? suggestion)
    {
        var error = Say.Error(text);
        Assert.Equal((code, start, length, suggestion), (error.Code, error.Span.Start, error.Span.Length, error.Suggestion));
    }

    [Fact]
    public void A_mistake_is_explained_in_both_languages()
    {
        var error = Say.Error("order.total >= 5 adn order.quantity > 1");
        Assert.Equal("Expected \"and\", \"or\" or the end here, found adn. Did you mean and?", error.In("en"));
        Assert.Equal("Di sini seharusnya \"and\", \"or\" atau akhir, bukan adn. Mungkin maksud Anda: and", error.In("id-ID"));
        Assert.Equal("250.000 has thousands separators. Write 250000 without them.", Say.Error("order.total >= 250.000").In("en"));
    }

    [Fact]
    public void A_character_that_cannot_be_seen_is_told_by_its_number() =>
        Assert.Equal("The character U+00A0 means nothing here.", Say.Error("order.total\u00A0>= 5").In("en"));

    [Fact]
    public void What_is_accepted_has_a_canonical_text_that_is_accepted_too()
    {
        var crowded = $"customer.city in [{string.Join(",", Enumerable.Range(0, 1_000).Select(i => $"\"{new string('x', 13)}{i:000}\""))}]";
        Assert.InRange(crowded.Length, ConditionLimits.MaxLength - 1_000, ConditionLimits.MaxLength);
        Assert.Equal(DiagnosticCode.TooLong, Say.Error(crowded).Code);

        Expr deep = new CompareExpr(new AggregateOperand(Aggregate.Sum, new("line.total"), new CompareExpr(new NameOperand("line.quantity"), CompareOperator.Greater, new NumberLiteral(1))), CompareOperator.Greater, new NumberLiteral(5));
        for (var level = 0; level < ConditionLimits.MaxDepth - 2; level++) deep = new NotExpr(deep);
        Assert.Equal(DiagnosticCode.TooDeep, Condition.Check(deep, Say.Words).Diagnostics[0].Code);

        var large = new OrExpr([.. Enumerable.Range(1, 900).Select(days => (Expr)new CompareExpr(new NameOperand("now.date"), CompareOperator.Greater, new DurationLiteral(new(days, TimeSpanUnit.Days))))]);
        Assert.Equal(DiagnosticCode.TooLong, Condition.Check(large, Say.Words).Diagnostics[0].Code);
    }

    [Fact]
    public void Size_and_depth_are_bounded()
    {
        Assert.Equal(DiagnosticCode.TooLong, Say.Error(new string(' ', ConditionLimits.MaxLength) + "order.total > 1").Code);
        Assert.Equal(DiagnosticCode.TooDeep, Say.Error(new string('(', 10_000)).Code);
        Assert.Equal(DiagnosticCode.TooDeep, Say.Error(string.Concat(Enumerable.Repeat("not ", 4_000))).Code);
        Assert.Equal(DiagnosticCode.TooLarge, Say.Error(string.Join(" or ", Enumerable.Repeat("now.hour>1", 1_300))).Code);
        Assert.Equal(DiagnosticCode.TooLarge, Say.Error($"now.hour in [{string.Join(",", Enumerable.Repeat("1", 1_001))}]").Code);
        var deepest = string.Concat(Enumerable.Repeat("not ", ConditionLimits.MaxDepth - 1)) + "now.hour > 1";
        Assert.Equal(deepest, Say.Condition(deepest).ToText());
    }

    private static Expr Tree(string text) => Say.Condition(text).Tree;
}
