using RewardsEngine.Conditions;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Conditions;

/// <summary>Short ways to read conditions and build facts in tests.</summary>
internal static class Say
{
    public static readonly Vocabulary Words = new(Currency.Idr, new("custom.survey",
    [
        new("score", FactType.Number, new("nilai", "score")),
        new("spent", FactType.Money, new("belanja", "spent")),
        new("on", FactType.Date, new("tanggal", "day")),
        new("took", FactType.Duration, new("lama", "time taken")),
        new("topics", FactType.TextList, new("topik", "topics")),
        new("agreed", FactType.Flag, new("setuju", "agreed")),
    ]));

    public static Condition Condition(string text)
    {
        var result = RewardsEngine.Conditions.Condition.Parse(text, Words);
        Assert.True(result.Ok, string.Join("; ", result.Diagnostics));
        return result.Condition;
    }

    public static Diagnostic Error(string text, Vocabulary? words = null)
    {
        var result = RewardsEngine.Conditions.Condition.Parse(text, words ?? Words);
        Assert.False(result.Ok, $"'{text}' should have been refused.");
        return result.Diagnostics[0];
    }

    public static FactsBuilder Facts() => new(Words);

    public static FactsBuilder Line(this FactsBuilder facts, string? sku = null, string? category = null, string? brand = null, decimal quantity = 1, decimal total = 0)
    {
        var line = facts.AddLine();
        return facts.SetLine(line, Fields.LineSku, sku)
            .SetLine(line, Fields.LineCategory, category)
            .SetLine(line, Fields.LineBrand, brand)
            .SetLine(line, Fields.LineQuantity, quantity)
            .SetLine(line, Fields.LineTotal, total)
            .SetLine(line, Fields.LineUnitPrice, total / quantity)
            .SetLine(line, Fields.LineIsReward, false);
    }

    public static bool Holds(string text, FactsBuilder facts) => Condition(text).Test(facts.Build());
}
