namespace RewardsEngine.Accounting;

/// <summary>How a programme's points behave. The defaults are the product's.</summary>
public sealed record PointsSettings
{
    /// <summary>Digits after the point in a wallet; points are kept as whole numbers of the smallest unit.</summary>
    public int Decimals { get; init; }

    /// <summary>When points expire. Default: never.</summary>
    public ExpiryPolicy Expiry { get; init; } = new ExpiryPolicy.Never();

    /// <summary>What the last day means. Default: usable through the last valid day in the programme's zone.</summary>
    public ExpiryBoundary Boundary { get; init; } = ExpiryBoundary.UsableOnExpiryDay;

    /// <summary>How long points wait for the end of the return window. Default: none.</summary>
    public TimeSpan ReturnWindow { get; init; } = TimeSpan.Zero;

    /// <summary>How long a reservation stands. Default: 15 minutes.</summary>
    public TimeSpan HoldTimeLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How a return finds what to take back. Default: per line.</summary>
    public ReversalMethod Reversal { get; init; } = ReversalMethod.PerLine;

    /// <summary>Rounding of what a return takes back. Default: half-up.</summary>
    public PointsRounding ReversalRounding { get; init; } = PointsRounding.HalfUp;

    /// <summary>What a return does about points already spent. Default: the member owes them.</summary>
    public SpentPointsPolicy WhenSpent { get; init; } = SpentPointsPolicy.NegativeAllowed;

    /// <summary>How long returned points live on whose lot has expired meanwhile. Default: not at all.</summary>
    public TimeSpan ReturnGrace { get; init; } = TimeSpan.Zero;

    /// <summary>Who gets the unit that does not divide. Default: the largest remainder.</summary>
    public RemainderMethod Remainder { get; init; } = RemainderMethod.LargestRemainder;

    /// <summary>The award as the ledger takes it: activation and expiry by these settings.</summary>
    /// <param name="lot">Id of the new lot.</param>
    /// <param name="points">More than zero.</param>
    /// <param name="earnedAt">UTC.</param>
    /// <param name="zone">The programme's zone.</param>
    public Accrual Award(Values.LotId lot, long points, DateTime earnedAt, TimeZoneInfo zone)
    {
        DateTime? activatesAt = ReturnWindow > TimeSpan.Zero ? earnedAt + ReturnWindow : null;
        var expiresAt = Expiry.ExpiresAt(earnedAt, zone, Boundary);
        if (expiresAt <= activatesAt) expiresAt = Expiry.ExpiresAt(activatesAt.Value, zone, Boundary); // never dead before free
        return new Accrual(lot, points, activatesAt, expiresAt, Expiry.IsSliding);
    }
}
