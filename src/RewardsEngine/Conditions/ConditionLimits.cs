namespace RewardsEngine.Conditions;

/// <summary>The bounds within which every condition evaluates without failing. Whatever lies outside is refused when it is written or taken in.</summary>
public static class ConditionLimits
{
    /// <summary>Longest text of a condition, in characters.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Deepest nesting of brackets, <c>not</c> and line tests.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most tests, groups and values in one condition.</summary>
    public const int MaxNodes = 2_000;

    /// <summary>Most values in one list.</summary>
    public const int MaxListItems = 1_000;

    /// <summary>Longest text value, in characters.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Most decimals of a number or an amount: unit prices have four.</summary>
    public const int MaxDecimals = 4;

    /// <summary>Largest amount or number, either side of zero. In ten-thousandths it still fits 64 bits.</summary>
    public const decimal MaxNumber = 100_000_000_000_000m;

    /// <summary>First day a condition may name.</summary>
    public static readonly DateOnly FirstDate = new(1900, 1, 1);

    /// <summary>Last day a condition may name.</summary>
    public static readonly DateOnly LastDate = new(2199, 12, 31);

    /// <summary>Longest time span, in years.</summary>
    public const int MaxYears = 100;
}
