namespace RewardsEngine.Programs;

/// <summary>What becomes of the smallest units that a proportional share leaves over.</summary>
public enum Remainder
{
    /// <summary>To the largest fractions, ties to the first line.</summary>
    LargestRemainder,

    /// <summary>Shares are cut off, the rest goes to the first lines.</summary>
    FloorThenFirstLines,
}

/// <summary>How points are rounded to the wallet's smallest unit.</summary>
public enum PointsRounding
{
    /// <summary>Down.</summary>
    Floor,

    /// <summary>Half up.</summary>
    HalfUp,

    /// <summary>Up.</summary>
    Ceiling,
}

/// <summary>How a partial refund takes points back.</summary>
public enum RefundMethod
{
    /// <summary>What each returned line earned.</summary>
    PerLine,

    /// <summary>All points of the sale in proportion to the amount returned.</summary>
    ProportionalToAmount,
}
