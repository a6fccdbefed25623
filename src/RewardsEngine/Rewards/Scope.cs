using RewardsEngine.Activities;

namespace RewardsEngine.Rewards;

/// <summary>Which lines an effect works on. All given parts must hold; an empty scope is every line.</summary>
public sealed record Scope
{
    /// <summary>Every line.</summary>
    public static Scope Everything { get; } = new();

    /// <summary>Any of these products.</summary>
    public IReadOnlyList<string> Skus { get; init; } = [];

    /// <summary>Any of these category paths, or what lies below them.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Any of these brands.</summary>
    public IReadOnlyList<string> Brands { get; init; } = [];

    /// <summary>Any of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Unit price before rules at least this.</summary>
    public decimal? MinUnitPrice { get; init; }

    /// <summary>Unit price before rules at most this.</summary>
    public decimal? MaxUnitPrice { get; init; }

    /// <summary>Leave out lines whose catalogue price is already reduced.</summary>
    public bool ExcludeDiscounted { get; init; }

    /// <summary>No part is given.</summary>
    public bool IsEverything() => Skus.Count + Categories.Count + Brands.Count + Tags.Count == 0
        && MinUnitPrice is null && MaxUnitPrice is null && !ExcludeDiscounted;

    /// <summary>Whether the line is in the scope.</summary>
    public bool Contains(PurchaseLine line) =>
        (Skus.Count == 0 || Skus.Contains(line.Sku, StringComparer.Ordinal))
        && (Categories.Count == 0 || IsWithinAny(line))
        && (Brands.Count == 0 || (line.Brand is not null && Brands.Contains(line.Brand, StringComparer.Ordinal)))
        && (Tags.Count == 0 || line.Tags.Any(tag => Tags.Contains(tag, StringComparer.Ordinal)))
        && (MinUnitPrice is null || line.UnitPrice >= MinUnitPrice)
        && (MaxUnitPrice is null || line.UnitPrice <= MaxUnitPrice)
        && !(ExcludeDiscounted && line.IsDiscounted);

    private bool IsWithinAny(PurchaseLine line)
    {
        for (var wanted = 0; wanted < Categories.Count; wanted++)
        {
            if (line.Category is { } path && IsWithin(path, Categories[wanted])) return true;
            for (var other = 0; other < line.OtherCategories.Count; other++)
                if (IsWithin(line.OtherCategories[other], Categories[wanted])) return true;
        }
        return false;
    }

    private static bool IsWithin(string path, string wanted) =>
        path.StartsWith(wanted, StringComparison.Ordinal) && (path.Length == wanted.Length || path[wanted.Length] == '/');
}
