namespace Complaints.Desk;

/// <summary>What of a case counts when looking for the same complaint filed twice.</summary>
/// <param name="Customer">The account or address; null when unknown.</param>
/// <param name="Purchase">The purchase it is about.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Text">The words.</param>
/// <param name="At">When it was filed.</param>
public sealed record LikenessKey(string? Customer, Guid? Purchase, string Category, string Text, DateTime At);

/// <summary>How much two complaints look like one.</summary>
public static class Likeness
{
    /// <summary>From this on a case is worth a look.</summary>
    public const int Worth = 40;

    /// <summary>0 to 100: the same purchase counts 40, the same customer 20, the category 10, the words up to 30; less by a point for each day between them.</summary>
    public static int Of(LikenessKey a, LikenessKey b)
    {
        var score = 0;
        if (a.Purchase is not null && a.Purchase == b.Purchase) score += 40;
        if (a.Customer is not null && a.Customer == b.Customer) score += 20;
        if (a.Category == b.Category) score += 10;
        score += SharedWords(a.Text, b.Text) * 30 / 100;
        var days = (int)(a.At - b.At).Duration().TotalDays;
        return Math.Max(0, score - Math.Min(days, 30));
    }

    /// <summary>How many of the words of both stand in both, in per cent. Short words do not count.</summary>
    public static int SharedWords(string a, string b)
    {
        var (first, second) = (Words(a), Words(b));
        var all = first.Union(second).Count();
        return all == 0 ? 0 : first.Intersect(second).Count() * 100 / all;
    }

    private static HashSet<string> Words(string text) =>
        [.. new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 3)];
}
