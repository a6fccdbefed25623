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
    public static async Task<Answer> Evaluate(RewardCase of, Words step, IBookkeeping books)
    {
        var checkout = Shop(of).Read(of, step);
        return PricedAnswer.Of(HasOrders(of) ? await Orders(of, books).QuoteAsync(checkout) : CaseShop.Decide(checkout));
    }

    /// <summary>The cart alone: no use is counted.</summary>
    public static Task<Answer> Apply(RewardCase of, Words step, IBookkeeping books)
    {
        step.Ignore("order");
        return Evaluate(of, step, books);
    }

    public static async Task<Answer> PlaceOrder(RewardCase of, Words step, IBookkeeping books) =>
        PricedAnswer.Of(await Orders(of, books).PlaceAsync(step.Text("order"), Shop(of).Read(of, step)));

    public static async Task<Answer> CancelOrder(RewardCase of, Words step, IBookkeeping books)
    {
        await Orders(of, books).CancelAsync(step.Text("order"), step.TimeOr("now") ?? CartWords.Now);
        return new();
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

    /// <summary>Orders that are placed count uses: then the database says what is left.</summary>
    private static bool HasOrders(RewardCase of) => of.Steps.Any(step => step.GetProperty("do").GetString() is "place_order" or "reopen_and_place");

    private static OrderShop Orders(RewardCase of, IBookkeeping books) => of.State(() => new OrderShop((DatabaseBookkeeping)books));

    private static CaseShop Shop(RewardCase of) => of.State(() => new CaseShop());
}
