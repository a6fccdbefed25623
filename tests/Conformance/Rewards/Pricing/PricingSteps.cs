using System.Globalization;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>Steps on carts and orders.</summary>
internal static class PricingSteps
{
    public static Task<Answer> Evaluate(RewardCase of, Words step, IBookkeeping books)
    {
        var priced = Shop(of).Decide(of, step);
        return Task.FromResult(PricedAnswer.Of(priced));
    }

    /// <summary>The cart alone: no use is counted.</summary>
    public static Task<Answer> Apply(RewardCase of, Words step, IBookkeeping books) => Evaluate(of, step, books);

    public static Task<Answer> PlaceOrder(RewardCase of, Words step, IBookkeeping books)
    {
        var shop = Shop(of);
        var priced = shop.Decide(of, step);
        shop.Count(step.Text("order"), priced);
        return Task.FromResult(PricedAnswer.Of(priced));
    }

    public static Task<Answer> CancelOrder(RewardCase of, Words step, IBookkeeping books)
    {
        Shop(of).Cancel(step.Text("order"));
        return Task.FromResult(new Answer());
    }

    public static Task<Answer> EarnCalc(RewardCase of, Words step, IBookkeeping books)
    {
        var rounding = EarningWords.Rounding(step);
        var rules = EarningWords.Read(step.Objects("rules"), rounding);
        var units = (int)step.NumberOr("units", 1);
        var programme = CaseShop.ProgrammeOf(of);
        programme = programme with { Points = programme.Points with { Decimals = rounding is null ? EarningWords.Unrounded : 0 } };
        // One unit carries the amount, the others are there to be counted.
        PurchaseLine[] lines = [new() { Id = "amount", Sku = "item", Quantity = 1, UnitPrice = step.Number("amount") }];
        if (units > 1) lines = [.. lines, new() { Id = "units", Sku = "item", Quantity = units - 1, UnitPrice = 0 }];
        var member = Shop(of).Member(null);
        var compiled = CompiledRuleSet.Compile(new(1, programme, [.. rules.Select(rule => rule.Rule)]));
        if (!compiled.Ok) throw new UnknownWordException(string.Join("; ", compiled.Faults.Select(fault => $"{fault.Path}: {fault.Message.En}")));
        var decision = Engine.Decide(compiled.Rules, new() { Id = member, Joined = CartWords.Now.AddYears(-1) },
            new Purchase { Reference = "earn", Member = member, OccurredAt = step.TimeOr("now") ?? CartWords.Now, Currency = CartWords.Money, Lines = units > 0 ? lines : [] }, Resources.None);
        var scale = (decimal)Math.Pow(10, programme.Points.Decimals);
        return Task.FromResult(new Answer()
            .Set("points", decision.PointsAwarded() / scale)
            .Set("breakdown", decision.Effects.OfType<AwardPoints>().Select(award => (rules.Single(rule => rule.Rule.Id == award.Rule), award.Points))
                .Where(award => award.Item1.Rule.Effects.All(effect => effect is not PointsMultiplier)).ToDictionary(award => award.Item1.Name, award => award.Points / scale)));
    }

    private static CaseShop Shop(RewardCase of) => of.State(() => new CaseShop());
}
