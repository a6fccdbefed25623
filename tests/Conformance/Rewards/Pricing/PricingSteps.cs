using System.Text.Json;
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
        return PricedAnswer.Of(HasOrders(of) || checkout.IsCounted ? await Orders(of, books).QuoteAsync(checkout) : CaseShop.Decide(checkout));
    }

    /// <summary>The cart alone: no use is counted.</summary>
    public static Task<Answer> Apply(RewardCase of, Words step, IBookkeeping books)
    {
        if (step.TextOr("order") is { } order) Carts(of)[order] = step.Element;
        return Evaluate(of, step, books);
    }

    public static async Task<Answer> PlaceOrder(RewardCase of, Words step, IBookkeeping books)
    {
        var order = step.Text("order");
        Carts(of)[order] = step.Element;
        return PricedAnswer.Of(await Orders(of, books).PlaceAsync(order, Content(step.Element), Shop(of).Read(of, step)));
    }

    /// <summary>The order as it was, apart from what the step says anew, checked as any other.</summary>
    public static async Task<Answer> Reopen(RewardCase of, Words step, IBookkeeping books)
    {
        var order = step.Text("order");
        if (step.Has("cart") || !Carts(of).TryGetValue(order, out var before)) return await PlaceOrder(of, step, books);
        var whole = step.Over(before, "do", "expect");
        var answer = await PlaceOrder(of, whole, books);
        whole.Finish();
        return answer;
    }

    public static async Task<Answer> CancelOrder(RewardCase of, Words step, IBookkeeping books)
    {
        await Orders(of, books).CancelAsync(step.Text("order"), step.TimeOr("now"));
        return new();
    }

    public static Task<Answer> EarnCalc(RewardCase of, Words step, IBookkeeping books)
    {
        var rounding = EarningWords.Rounding(step);
        var rules = EarningWords.Read(step.Objects("rules"), rounding, units: new() { Skus = ["unit"] });
        var units = step.WholeOr("units", 1);
        var programme = CaseShop.ProgrammeOf(of);
        programme = programme with { Points = programme.Points with { Decimals = rounding is null ? EarningWords.Unrounded : 0 } };
        // One line carries the amount, the other is there to be counted.
        PurchaseLine[] lines = [new() { Id = "amount", Sku = "amount", Quantity = 1, UnitPrice = step.Number("amount") }];
        if (units > 0) lines = [.. lines, new() { Id = "units", Sku = "unit", Quantity = units, UnitPrice = 0 }];
        var member = Shop(of).Member(null);
        var compiled = CompiledRuleSet.Compile(new(1, programme, [.. rules.Select(rule => rule.Rule)]));
        if (!compiled.Ok) throw new UnknownWordException(string.Join("; ", compiled.Faults.Select(fault => $"{fault.Path}: {fault.Message.En}")));
        var decision = Engine.Decide(compiled.Rules, new() { Id = member, Joined = CartWords.Now.AddYears(-1) },
            new Purchase { Reference = "earn", Member = member, OccurredAt = step.TimeOr("now") ?? CartWords.Now, Currency = CartWords.Money, Lines = lines }, Resources.None);
        var scale = (decimal)Math.Pow(10, programme.Points.Decimals);
        return Task.FromResult(new Answer()
            .Set("points", decision.PointsAwarded() / scale)
            .Set("breakdown", asked => Breakdown(decision, rules, asked).ToDictionary(rule => rule.Name, rule => rule.Points / scale)));
    }

    /// <summary>Points by rule before multipliers; a rule that gave none stands there only when asked for.</summary>
    private static IEnumerable<(string Name, long Points)> Breakdown(Decision decision, List<(string Name, Rule Rule)> rules, JsonElement asked) =>
        from rule in rules
        where rule.Rule.Effects.All(effect => effect is not PointsMultiplier)
        let points = decision.Effects.OfType<AwardPoints>().Where(award => award.Rule == rule.Rule.Id).Sum(award => award.Points)
        where points != 0 || asked.TryGetProperty(rule.Name, out _)
        select (rule.Name, points);

    /// <summary>What an order says, without the name of the step and what is expected of it.</summary>
    public static string Content(JsonElement step) =>
        string.Join('\n', step.EnumerateObject().Where(word => word.Name is not ("do" or "expect")).Select(word => $"{word.Name}={word.Value.GetRawText()}"));

    /// <summary>The carts of the case by order.</summary>
    private static Dictionary<string, JsonElement> Carts(RewardCase of) => of.State(() => new Dictionary<string, JsonElement>(StringComparer.Ordinal));

    /// <summary>Orders that are placed count uses: then the database says what is left.</summary>
    private static bool HasOrders(RewardCase of) => of.Steps.Any(step => step.GetProperty("do").GetString() is "place_order" or "reopen_and_place" or "issue_check");

    public static OrderShop Orders(RewardCase of, IBookkeeping books) => of.State(() => new OrderShop((DatabaseBookkeeping)books));

    public static CaseShop Shop(RewardCase of) => of.State(() => new CaseShop());
}
