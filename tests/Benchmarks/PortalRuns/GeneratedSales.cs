using RewardsEngine.Activities;
using RewardsEngine.Backtesting;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Benchmarks.PortalRuns;

/// <summary>Purchases of a coffee shop, 1 to 4 lines each, from a seed, and a draft that changes what many of them give.</summary>
internal static class GeneratedSales
{
    private static readonly (string Sku, string Category, decimal Price)[] Goods =
        [("kopi-susu", "drinks/coffee", 28_000), ("americano", "drinks/coffee", 25_000), ("teh-tarik", "drinks/tea", 22_000), ("croissant", "pastry", 30_000), ("biji-gayo", "beans/gayo", 120_000)];

    public static Rule Draft { get; } = new()
    {
        Id = new("draft"),
        Name = new("Biji ganda", "Beans double"),
        Trigger = ActivityTypes.Purchase,
        Condition = "order.total >= 100000 and any line (category in [\"beans\"]) and purchases.last(60 days).count >= 2",
        Effects = [new FixedPoints { Points = 40 }, new PercentOffOrder { Percent = 3 }],
    };

    /// <summary>In the order in which they happen, over the same year whatever their number.</summary>
    public static IEnumerable<Purchase> Of(IReadOnlyList<MemberId> members, int count)
    {
        var random = new Random(1);
        var at = new DateTime(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc);
        var most = Math.Max(2, (int)(TimeSpan.FromDays(365).TotalSeconds * 2 / count));
        for (var number = 0; number < count; number++)
        {
            at = at.AddSeconds(random.Next(1, most));
            var member = members[random.Next(members.Count)];
            var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Goods[random.Next(Goods.Length)])
                .Select(g => A.Line(g.Price, g.Sku, random.Next(1, 4), g.Category)).ToArray();
            yield return A.Purchase(member, at: at, reference: $"b{number}", lines: lines);
        }
    }

    public static BacktestInput History(int count)
    {
        var members = Enumerable.Range(1, Math.Max(10, count / 20)).Select(number => new MemberId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))).ToList();
        return new() { Events = [.. Of(members, count).Select(purchase => new BacktestEvent(purchase))] };
    }
}
