using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>What a rule would be worth to the customer if it applied now; nothing is changed.</summary>
internal static class Trial
{
    /// <summary>Discounts, worth of items given, and points at what they are worth; something else counts as the smallest amount.</summary>
    public static decimal ValueOf(Run run, Candidate candidate)
    {
        var value = run.Cart is null ? 0m : DiscountOf(run, candidate, out var cart) + (cart!.GivenValue - run.Cart.GivenValue);
        if (!run.Situation.IsGuest && candidate.Rule.Has(Family.Earning)) value += WorthOf(run, Earning.Expected(run, candidate));
        return value == 0m && candidate.Rule.Has(Family.Other) ? run.Situation.Programme.Currency.MinorUnit : value;
    }

    /// <summary>What the rule would take off now.</summary>
    public static decimal DiscountOf(Run run, Candidate candidate, out Cart? after)
    {
        var cart = run.Cart!.Copy();
        var context = run.ContextFor(candidate, null);
        for (var time = 0; time < candidate.Times; time++)
            foreach (var effect in candidate.Rule.DiscountsBy(run.Reckoning.Order)) Discounts.Apply(cart, effect, context);
        after = cart;
        return run.Cart.Total - cart.Total;
    }

    private static decimal WorthOf(Run run, decimal points)
    {
        var worth = run.Situation.Programme.Conversion is { } conversion && conversion.Points > 0 ? conversion.Amount / conversion.Points : 0m;
        return points * (worth > 0 ? worth : run.Situation.Programme.Currency.MinorUnit);
    }
}
