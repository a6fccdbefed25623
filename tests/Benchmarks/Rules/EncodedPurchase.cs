namespace Benchmarks.Rules;

/// <summary>An event in hand-picked integers, for the hand-written limit.</summary>
public sealed class EncodedPurchase
{
    public int Tier;
    public int Channel;
    public int Country;
    public int Segment;
    public int Store;
    public int Day;
    public int Hour;
    public long Total;
    public ulong Categories;
    public int[] Sku = [];
    public int[] Category = [];
    public int[] Brand = [];
    public int[] Quantity = [];
    public long[] LineTotal = [];

    /// <summary>The number of a text such as <c>store12</c>: 13; the names of tiers and days have their own.</summary>
    public static int Code(string text) => text switch
    {
        "" => 0,
        "none" => 8,
        "bronze" or "monday" => 1,
        "silver" or "tuesday" => 2,
        "gold" or "wednesday" => 3,
        "platinum" or "thursday" => 4,
        "friday" => 5,
        "saturday" => 6,
        "sunday" => 7,
        _ => int.Parse(text.AsSpan(text.AsSpan().IndexOfAnyInRange('0', '9'))) + 1,
    };

    public static EncodedPurchase Of(PurchaseEvent purchase) => new()
    {
        Tier = Code(purchase.Tier),
        Channel = Code(purchase.Channel),
        Country = Code(purchase.Country),
        Segment = Code(purchase.Segment),
        Store = Code(purchase.Store),
        Day = Code(purchase.Weekday),
        Hour = purchase.Hour,
        Total = (long)(purchase.Total * 100),
        Categories = purchase.Lines.Aggregate(0UL, (mask, l) => mask | 1UL << Code(l.Category)),
        Sku = [.. purchase.Lines.Select(l => Code(l.Sku))],
        Category = [.. purchase.Lines.Select(l => Code(l.Category))],
        Brand = [.. purchase.Lines.Select(l => Code(l.Brand))],
        Quantity = [.. purchase.Lines.Select(l => l.Quantity)],
        LineTotal = [.. purchase.Lines.Select(l => (long)(l.Total * 100))],
    };
}
