using RewardsEngine.Conditions;

namespace RewardsEngine.Tests.Conditions.Matching;

/// <summary>Rules such as programmes have, over few enough texts that they often hold.</summary>
internal sealed class TypicalRules(int seed)
{
    private static readonly string[] Categories = ["coffee", "coffee/beans", "coffee/beans/light", "tea", "tea/green", "milk", "cake"];

    private readonly Random _random = new(seed);

    /// <summary>A rule made only of tests that the index has a pattern for.</summary>
    public string IndexedRule() => string.Join(" and ", Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Part(14)));

    public string Rule()
    {
        var parts = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Part()).ToList();
        var text = string.Join(" and ", parts);
        return _random.Next(8) switch
        {
            0 => $"{text} or {Part()}",
            1 => $"({Part()} or {Part()}) and ({Part()} or {Part()}) and {text}",
            2 => $"{text} and not {Part()}",
            _ => text,
        };
    }

    public Facts Facts()
    {
        var facts = Say.Facts().Set(Fields.CustomerTier, _random.Next(5) == 0 ? null : Text("t", 4))
            .Set(Fields.OrderChannel, Text("c", 3)).Set(Fields.OrderStore, Text("s", 5)).Set(Fields.CustomerCompany, _random.Next(3) == 0 ? null : _random.Next(2) == 0)
            .Set(Fields.CustomerSegments, Enumerable.Range(0, _random.Next(4)).Select(_ => Text("g", 5)))
            .SetNow(new DateTime(2026, 11, _random.Next(1, 29), _random.Next(24), 0, 0, DateTimeKind.Utc), TimeZoneInfo.Utc);
        if (_random.Next(3) > 0) facts.Set(new CounterKey(Counter.Purchases, new(30, RewardsEngine.Conditions.Syntax.TimeSpanUnit.Days), Measure.Count), _random.Next(6));
        var total = 0;
        for (var i = _random.Next(6); i > 0; i--)
        {
            var (line, price) = (facts.LineCount, _random.Next(100));
            facts.Line(Text("k", 30), null, _random.Next(5) == 0 ? null : Text("b", 6), _random.Next(1, 4), price);
            total += price;
            if (_random.Next(6) > 0) facts.SetLine(line, Fields.LineCategory, Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Category()));
        }
        return facts.Set(Fields.OrderTotal, total).Build();
    }

    private string Part(int kinds = 15) => _random.Next(kinds) switch
    {
        0 => $"customer.tier = \"{Text("t", 4)}\"",
        1 => $"customer.tier in [\"{Text("t", 4)}\", \"{Text("t", 4)}\"]",
        2 => $"order.channel = \"{Text("c", 3)}\"",
        3 => $"order.total {(_random.Next(3) == 0 ? "<" : ">=")} {_random.Next(300)}",
        4 => $"any line (category in [\"{Category()}\", \"{Category()}\"])",
        5 => $"sum(total where category in [\"{Category()}\"]) >= {_random.Next(kinds == 15 ? 0 : 1, 120)}",
        6 => $"sum(quantity where sku = \"{Text("k", 30)}\") > {_random.Next(3)}",
        7 => $"sum(quantity where brand = \"{Text("b", 6)}\") >= {_random.Next(kinds == 15 ? 0 : 1, 4)}",
        8 => $"customer.segments {(_random.Next(2) == 0 ? $"= \"{Text("g", 5)}\"" : $"in [\"{Text("g", 5)}\", \"{Text("g", 5)}\"]")}",
        9 => $"now.weekday in [\"monday\", \"{(_random.Next(2) == 0 ? "friday" : "sunday")}\"] and now.hour >= {_random.Next(12)} and now.hour < {_random.Next(12, 24)}",
        10 => $"order.store = \"{Text("s", 5)}\"",
        11 => $"purchases.last(30 days).count >= {_random.Next(5)}",
        12 => $"customer.company = {(_random.Next(2) == 0 ? "true" : "false")}",
        13 => $"any line (brand = \"{Text("b", 6)}\")",
        _ => $"no line (category in [\"{Category()}\"])",
    };

    private string Text(string prefix, int count) => prefix + _random.Next(count);

    private string Category() => Categories[_random.Next(Categories.Length)];
}
