using Conformance.Rewards.Ledgers;
using Conformance.Rewards.Pricing;

namespace Conformance.Rewards;

/// <summary>Every step of the format, by its word.</summary>
public static class Steps
{
    public static IReadOnlyDictionary<string, Step> Known { get; } = new Dictionary<string, Step>(StringComparer.Ordinal)
    {
        ["ledger"] = LedgerStep.RunAsync,
        ["parallel"] = ParallelStep.RunAsync,
        ["expiry_date"] = PointsSteps.ExpiryDate,
        ["tier_window"] = TierSteps.Window,
        ["tier_at_review"] = TierSteps.AtReview,
        ["tier_by_earned"] = TierSteps.ByEarned,
        ["prorate"] = PointsSteps.Prorate,
        ["split"] = PointsSteps.Split,
        ["partial_return"] = ReturnSteps.PartialReturn,
        ["partial_return_sequence"] = ReturnSteps.Sequence,
        ["redeem_for_discount"] = PointsSteps.RedeemForDiscount,
        ["evaluate"] = PricingSteps.Evaluate,
        ["apply"] = PricingSteps.Apply,
        ["place_order"] = PricingSteps.PlaceOrder,
        ["reopen_and_place"] = PricingSteps.Reopen,
        ["cancel_order"] = PricingSteps.CancelOrder,
        ["earn_calc"] = PricingSteps.EarnCalc,
        ["issue_check"] = CouponSteps.IssueCheck,
        ["use_issued"] = CouponSteps.UseIssued,
        ["confirm_order"] = CouponSteps.ConfirmOrder,
        ["property"] = PropertySteps.Run,
    };
}
