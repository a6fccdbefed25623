using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Conformance.Rewards.Ledgers;

/// <summary>Expiry dates, allocation and points as payment.</summary>
public static class PointsSteps
{
    private static readonly Currency Money = new("XXX", 2);

    public static Task<Answer> ExpiryDate(RewardCase of, Words words, IBookkeeping books)
    {
        var policy = words.Object("policy");
        var span = new CalendarSpan(policy.WholeOr("days", 0), policy.WholeOr("months", 0));
        var round = policy.OneOf("round_to", PeriodEnd.None, ("end_of_month", PeriodEnd.Month));
        var last = new ExpiryPolicy.Rolling(span, round).LastValidDay(words.Day("earned_at"));
        policy.Finish();
        return Task.FromResult(new Answer().Set("last_valid_day", last));
    }

    public static Task<Answer> Prorate(RewardCase of, Words words, IBookkeeping books)
    {
        var weights = words.List("weights").Select(weight => weight.ToString());
        var weightUnit = Unit.Of(weights);
        var totalUnit = Unit.Of([words.Text("total")]);
        var shares = Allocation.Prorate([.. words.Numbers("weights").Select(weightUnit.Of)], totalUnit.Of(words.Number("total")), Method(words));
        return Task.FromResult(new Answer().Set("shares", shares.Select(totalUnit.Back)));
    }

    public static Task<Answer> Split(RewardCase of, Words words, IBookkeeping books)
    {
        var parts = words.Numbers("parts").Select(Money.ToMinor).ToList();
        var percent = words.OneOf<bool>("value_type", null, ("fixed", false), ("percent", true));
        var shares = percent
            ? Allocation.SplitPercent(parts, words.Number("value"))
            : Allocation.SplitFixed(parts, Money.ToMinor(words.Number("value")));
        return Task.FromResult(new Answer().Set("shares", shares.Select(Money.FromMinor)));
    }

    public static Task<Answer> RedeemForDiscount(RewardCase of, Words words, IBookkeeping books)
    {
        var terms = words.Object("conversion");
        string[] points = ["balance", "requested", "earned_now", "min_points"];
        var unit = Unit.Of([.. points.Select(words.TextOr), terms.TextOr("points"), terms.TextOr("step_points")]);
        var conversion = new PointsConversion(unit.In(terms, "points"), terms.Number("amount"), unit.Of(terms.NumberOr("step_points", 1)), Money);
        terms.Finish();
        var paid = Redemption.ForDiscount(conversion, new PointsPayment(
            words.Number("order_total"),
            unit.In(words, "balance"),
            words.Has("requested") ? unit.In(words, "requested") : null,
            unit.Of(words.NumberOr("earned_now", 0)),
            words.FlagOr("allow_points_of_current_order", false),
            unit.Of(words.NumberOr("min_points", 0)),
            words.NumberOr("max_percent_of_order", 100)));
        return Task.FromResult(new Answer()
            .Set("points_used", unit.Back(paid.PointsUsed))
            .Set("discount", paid.Discount.Amount)
            .Set("payable", paid.Payable.Amount));
    }

    private static RemainderMethod Method(Words words) => words.OneOf("method", RemainderMethod.LargestRemainder,
        ("largest_remainder", RemainderMethod.LargestRemainder), ("floor_then_first_lines", RemainderMethod.FloorThenFirstLines));
}
