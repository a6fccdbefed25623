using System.Globalization;

namespace Benchmarks.Rules;

/// <summary>A line of an event as it arrives, before anything is encoded.</summary>
public sealed record EventLine(string Sku, string Category, string Brand, decimal Price, int Quantity)
{
    public decimal Total { get; } = Price * Quantity;
}

/// <summary>A purchase as it arrives: texts are instances of their own, as after parsing.</summary>
public sealed record PurchaseEvent(string Tier, string Channel, string Country, string Segment, string Store, string Weekday, int Hour, EventLine[] Lines)
{
    public decimal Total { get; } = Lines.Sum(l => l.Total);
}

/// <summary>The shapes of the benchmark's rules.</summary>
public enum RuleShape
{
    TierChannelDay,
    CategorySpend,
    SkuQuantity,
    StoreHours,
    SegmentCategory,
    ChannelBrand,
    TierCountry,
}

/// <summary>What a rule gives: fixed points, points per unit of currency, or a factor (the largest wins).</summary>
public enum EffectKind
{
    Fixed,
    PerUnit,
    Multiplier,
}

/// <summary>A rule of the benchmark; only the members of its shape count.</summary>
public sealed record BenchmarkRule(RuleShape Shape, EffectKind Effect, int Points)
{
    public string[] Tiers { get; init; } = [];
    public string Channel { get; init; } = "";
    public string Country { get; init; } = "";
    public string Segment { get; init; } = "";
    public string Store { get; init; } = "";
    public string[] Days { get; init; } = [];
    public string[] Categories { get; init; } = [];
    public string Key { get; init; } = "";
    public int AtLeast { get; init; }
    public int FromHour { get; init; }
    public int ToHour { get; init; }

    /// <summary>The rule in the condition language.</summary>
    public string Text => Shape switch
    {
        RuleShape.TierChannelDay => $"customer.tier = {Quoted(Tiers[0])} and order.channel = {Quoted(Channel)} and now.weekday = {Quoted(Days[0])} and order.total >= {AtLeast} and any line (category in {List(Categories)})",
        RuleShape.CategorySpend => $"customer.tier in {List(Tiers)} and order.channel = {Quoted(Channel)} and sum(total where category in {List(Categories)}) >= {AtLeast}",
        RuleShape.SkuQuantity => $"sum(quantity where sku = {Quoted(Key)}) >= {AtLeast}",
        RuleShape.StoreHours => $"order.store = {Quoted(Store)} and now.weekday in {List(Days)} and now.hour >= {FromHour} and now.hour < {ToHour}",
        RuleShape.SegmentCategory => $"customer.segments = {Quoted(Segment)} and order.total >= {AtLeast} and any line (category in {List(Categories)})",
        RuleShape.ChannelBrand => $"order.channel = {Quoted(Channel)} and sum(quantity where brand = {Quoted(Key)}) >= {AtLeast}",
        _ => $"customer.tier = {Quoted(Tiers[0])} and event.country = {Quoted(Country)} and order.total >= {AtLeast}",
    };

    private static string Quoted(string text) => $"\"{text}\"";

    private static string List(string[] texts) => $"[{string.Join(", ", texts.Select(Quoted))}]";
}

/// <summary>The rules and events of the workload, made from seeds.</summary>
public static class Workload
{
    internal static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly string[] Tiers = ["none", "bronze", "silver", "gold", "platinum"];

    private sealed record Article(string Sku, string Category, string Brand, decimal Price);

    public static PurchaseEvent[] Events(int count, int seed, int? lines = null)
    {
        var random = new Random(seed);
        var articles = Enumerable.Range(0, 5_000)
            .Select(i => new Article($"sku{i}", $"cat{random.Next(50)}", $"brand{random.Next(300)}", random.Next(199, 4_999) / 100m)).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => new PurchaseEvent(
            random.Next(100) switch { < 40 => Fresh("none"), < 65 => Fresh("bronze"), < 85 => Fresh("silver"), < 95 => Fresh("gold"), _ => Fresh("platinum") },
            Named("channel", random.Next(4)), Named("country", random.Next(8)), Named("segment", random.Next(20)), Named("store", random.Next(200)),
            Fresh(Weekdays[random.Next(7)]), random.Next(7, 23),
            [.. Enumerable.Range(0, lines ?? random.Next(1, 11)).Select(_ => Line(articles[random.Next(articles.Length)], random.Next(1, 4)))]))];
    }

    public static BenchmarkRule[] Rules(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Rule(random, i))];
    }

    private static BenchmarkRule Rule(Random random, int index)
    {
        var shape = random.Next(100) switch
        {
            < 25 => RuleShape.TierChannelDay,
            < 45 => RuleShape.CategorySpend,
            < 60 => RuleShape.SkuQuantity,
            < 75 => RuleShape.StoreHours,
            < 85 => RuleShape.SegmentCategory,
            < 95 => RuleShape.ChannelBrand,
            _ => RuleShape.TierCountry,
        };
        var rule = new BenchmarkRule(shape, (EffectKind)(index % 3), random.Next(1, 10));
        var from = random.Next(7, 21);
        var spend = 5 * random.Next(1, 60);
        return shape switch
        {
            RuleShape.TierChannelDay => rule with { Tiers = Some(random, Tiers, 1), Channel = Named("channel", random.Next(4)), Days = Some(random, Weekdays, 1), AtLeast = spend, Categories = Categories(random) },
            RuleShape.CategorySpend => rule with { Tiers = Some(random, Tiers, 2), Channel = Named("channel", random.Next(4)), Categories = [Named("cat", random.Next(50))], AtLeast = 5 * random.Next(2, 20) },
            RuleShape.SkuQuantity => rule with { Key = Named("sku", random.Next(5_000)), AtLeast = random.Next(1, 4) },
            RuleShape.StoreHours => rule with { Store = Named("store", random.Next(200)), Days = Some(random, Weekdays, 2), FromHour = from, ToHour = random.Next(from + 1, 24) },
            RuleShape.SegmentCategory => rule with { Segment = Named("segment", random.Next(20)), AtLeast = spend, Categories = Categories(random) },
            RuleShape.ChannelBrand => rule with { Channel = Named("channel", random.Next(4)), Key = Named("brand", random.Next(300)), AtLeast = random.Next(1, 5) },
            _ => rule with { Tiers = Some(random, Tiers, 1), Country = Named("country", random.Next(8)), AtLeast = spend },
        };
    }

    private static string[] Categories(Random random) => Some(random, [.. Enumerable.Range(0, 50).Select(i => Named("cat", i))], random.Next(1, 4));

    private static string[] Some(Random random, string[] from, int count)
    {
        var pool = from.ToList();
        var some = new string[count];
        for (var i = 0; i < count; i++)
        {
            var at = random.Next(pool.Count);
            some[i] = pool[at];
            pool.RemoveAt(at);
        }
        return some;
    }

    private static EventLine Line(Article article, int quantity) => new(Fresh(article.Sku), Fresh(article.Category), Fresh(article.Brand), article.Price, quantity);

    private static string Named(string kind, int number) => kind + number.ToString(CultureInfo.InvariantCulture);

    private static string Fresh(string text) => new(text.AsSpan());
}
