using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>How the price of a sale divides between what was delivered and the points that are still owed.</summary>
/// <param name="Delivered">Revenue now.</param>
/// <param name="Points">Contract liability: revenue when the points are used.</param>
public readonly record struct SaleAllocation(Money Delivered, Money Points);

/// <summary>Where the points of a group of sales stand at the end of a period.</summary>
/// <param name="Allocated">What was set aside for them at the sale.</param>
/// <param name="Issued">Points issued.</param>
/// <param name="Redeemed">Points used so far.</param>
/// <param name="ExpectedRedeemed">Points expected to be used in all, by the estimate of today.</param>
/// <param name="RecognisedBefore">Revenue taken in earlier periods.</param>
public sealed record LiabilityPosition(Money Allocated, long Issued, long Redeemed, long ExpectedRedeemed, Money RecognisedBefore);

/// <summary>Revenue and liability of points at the end of a period.</summary>
/// <param name="RecognisedInAll">Revenue from the points so far.</param>
/// <param name="RecognisedNow">Of that, what this period adds; negative when the estimate rises more than was used.</param>
/// <param name="Liability">What stays owed.</param>
/// <param name="BreakagePoints">Points expected never to be used.</param>
public sealed record LiabilityStatement(Money RecognisedInAll, Money RecognisedNow, Money Liability, long BreakagePoints);

/// <summary>Points as a contract liability under IFRS 15: breakage is an estimate, made anew and cumulatively in each period.</summary>
public static class Liability
{
    /// <summary>Divides the price of a sale by stand-alone selling prices; points count for what is expected to be used.</summary>
    /// <param name="price">What was paid.</param>
    /// <param name="standAloneGoods">What the goods would cost alone.</param>
    /// <param name="expectedRedeemed">Points expected to be used.</param>
    /// <param name="valueOfPoint">What one point buys.</param>
    public static SaleAllocation Allocate(Money price, decimal standAloneGoods, long expectedRedeemed, decimal valueOfPoint)
    {
        var standAlonePoints = expectedRedeemed * valueOfPoint;
        var whole = standAloneGoods + standAlonePoints;
        var points = whole <= 0 ? 0 : price.Currency.Round(price.Amount * standAlonePoints / whole);
        return new SaleAllocation(new Money(price.Amount - points, price.Currency), new Money(points, price.Currency));
    }

    /// <summary>Revenue so far = allocated × used ÷ expected to be used; the period takes the difference.</summary>
    public static LiabilityStatement State(LiabilityPosition position)
    {
        var currency = position.Allocated.Currency;
        var expected = Math.Max(position.ExpectedRedeemed, position.Redeemed);
        var inAll = expected == 0
            ? position.Allocated
            : new Money(currency.Round(position.Allocated.Amount * position.Redeemed / expected), currency);
        return new LiabilityStatement(inAll, inAll - position.RecognisedBefore, position.Allocated - inAll, Math.Max(0, position.Issued - expected));
    }

    /// <summary>Points expected to be used by a rate, rounded half-up.</summary>
    /// <param name="issued">Points issued.</param>
    /// <param name="rate">0 to 1.</param>
    public static long Expected(long issued, decimal rate) => Reversals.Round(issued * Math.Clamp(rate, 0m, 1m), PointsRounding.HalfUp);
}
