using System.Globalization;
using RewardsEngine.Rewards;

namespace Conformance.Rewards.Pricing;

/// <summary>Reads scopes: as what an effect works on, and as a test on lines.</summary>
internal static class ScopeWords
{
    /// <summary>The mark of lines whose price is already reduced, for conditions.</summary>
    public const string ReducedTag = "reduced";

    public static Scope Read(Words parent, string word = "scope")
    {
        if (!parent.Has(word)) return Scope.Everything;
        var words = parent.Object(word);
        var scope = new Scope
        {
            Skus = words.Texts("skus"),
            Categories = words.Texts("categories"),
            MinUnitPrice = words.NumberOrNone("unit_price_min"),
            MaxUnitPrice = words.NumberOrNone("unit_price_max"),
            ExcludeDiscounted = words.FlagOr("exclude_discounted", false),
        };
        words.Finish();
        return scope;
    }

    /// <summary>The scope as a test on a line; null when it is every line.</summary>
    public static string? Test(Scope scope)
    {
        var parts = new List<string>();
        if (scope.Skus.Count > 0) parts.Add($"sku in [{List(scope.Skus)}]");
        if (scope.Categories.Count > 0) parts.Add($"category in [{List(scope.Categories)}]");
        if (scope.MinUnitPrice is { } min) parts.Add($"unit_price >= {Number(min)}");
        if (scope.MaxUnitPrice is { } max) parts.Add($"unit_price <= {Number(max)}");
        if (scope.ExcludeDiscounted) parts.Add($"not tag = {Quoted(ReducedTag)}");
        return parts.Count == 0 ? null : string.Join(" and ", parts);
    }

    public static string List(IEnumerable<string> texts) => string.Join(", ", texts.Select(Quoted));

    public static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    public static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
