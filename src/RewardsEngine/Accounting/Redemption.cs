using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>What points are worth: so many points are so much money, in whole steps.</summary>
/// <param name="Points">This many points …</param>
/// <param name="Amount">… are worth this much.</param>
/// <param name="StepPoints">Only multiples of this many points can be used.</param>
/// <param name="Currency">The programme's currency.</param>
public sealed record PointsConversion(long Points, decimal Amount, long StepPoints, Currency Currency)
{
    /// <summary>What an amount of points is worth, fractions of steps included: for showing a balance in money.</summary>
    public Money Worth(long points) => new(Currency.Round(points * Amount / Points), Currency);

    /// <summary>The largest number of points in whole steps that is worth no more than an amount.</summary>
    public long StepsWithin(decimal amount)
    {
        if (amount <= 0 || Amount <= 0) return 0;
        var points = Math.Min((decimal)Ledger.MaxPoints, Math.Floor(amount * Points / Amount));
        return (long)points / StepPoints * StepPoints;
    }
}

/// <summary>Points to be used as payment of an order.</summary>
/// <param name="OrderTotal">What is to be paid.</param>
/// <param name="Balance">What can be spent.</param>
/// <param name="Requested">How many the member wants to use; null: as many as possible.</param>
/// <param name="EarnedNow">What this order itself will earn.</param>
/// <param name="MayUseEarnedNow">Whether those may already pay for it.</param>
/// <param name="MinimumPoints">Fewer are not accepted.</param>
/// <param name="MaximumPercent">The largest share of the order that points may pay.</param>
public sealed record PointsPayment(decimal OrderTotal, long Balance, long? Requested = null, long EarnedNow = 0,
    bool MayUseEarnedNow = false, long MinimumPoints = 0, decimal MaximumPercent = 100m);

/// <summary>The outcome of a points payment.</summary>
/// <param name="PointsUsed">Whole steps.</param>
/// <param name="Discount">What they pay.</param>
/// <param name="Payable">What is left to pay.</param>
public sealed record PointsPaid(long PointsUsed, Money Discount, Money Payable);

/// <summary>Points as money.</summary>
public static class Redemption
{
    /// <summary>How many points pay how much of an order: never more than there are, than wanted, or than the order allows.</summary>
    public static PointsPaid ForDiscount(PointsConversion conversion, PointsPayment payment)
    {
        var balance = Math.Max(0, payment.Balance) + (payment.MayUseEarnedNow ? Math.Max(0, payment.EarnedNow) : 0);
        var wanted = Math.Min(balance, Math.Max(0, payment.Requested ?? balance)) / conversion.StepPoints * conversion.StepPoints;
        var most = conversion.StepsWithin(payment.OrderTotal * Math.Clamp(payment.MaximumPercent, 0m, 100m) / 100m);
        var used = Math.Min(wanted, most);
        if (used < payment.MinimumPoints) used = 0;
        var discount = conversion.Worth(used);
        if (discount.Amount > payment.OrderTotal) discount = new Money(Math.Max(0, payment.OrderTotal), conversion.Currency);
        return new PointsPaid(used, discount, new Money(payment.OrderTotal, conversion.Currency) - discount);
    }
}
