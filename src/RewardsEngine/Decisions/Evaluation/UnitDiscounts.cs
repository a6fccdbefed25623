using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Discounts on single units: the cheapest, every n-th, those in complete groups.</summary>
internal static class UnitDiscounts
{
    public static void Cheapest(Cart cart, PercentOffCheapest effect, DiscountContext context, DiscountResult result)
    {
        var left = effect.Units;
        var chosen = new int[cart.Count];
        var cheapestFirst = Discounts.LinesIn(cart, effect.Scope).Where(line => cart[line].Gross > 0)
            .OrderBy(line => Discounts.UnitBasis(cart, line, context.Basis)).ToList();
        foreach (var line in cheapestFirst)
        {
            chosen[line] = Math.Min(left, cart.Line(line).Quantity);
            left -= chosen[line];
        }
        Percent(cart, chosen, effect.Percent, context, result);
    }

    public static void EveryNth(Cart cart, PercentOffEveryNth effect, DiscountContext context, DiscountResult result)
    {
        var chosen = new int[cart.Count];
        foreach (var line in Discounts.LinesIn(cart, effect.Scope)) chosen[line] = cart.Line(line).Quantity / effect.Of * effect.Units;
        Percent(cart, chosen, effect.Percent, context, result);
    }

    public static void FullGroups(Cart cart, OffFullGroups effect, DiscountContext context, DiscountResult result)
    {
        var lines = Discounts.LinesIn(cart, effect.Scope);
        var left = lines.Sum(line => cart.Line(line).Quantity) / effect.GroupSize * effect.GroupSize;
        var chosen = new int[cart.Count];
        foreach (var line in lines)
        {
            chosen[line] = Math.Min(left, cart.Line(line).Quantity);
            left -= chosen[line];
        }
        if (effect.Percent is { } percent) Percent(cart, chosen, percent, context, result);
        else Amount(cart, chosen, effect.Amount ?? 0m, context, result);
    }

    private static void Percent(Cart cart, int[] chosen, decimal percent, DiscountContext context, DiscountResult result)
    {
        if (chosen.Sum() == 0) return;
        var wished = new decimal[cart.Count];
        var (basis, product) = (0m, 0m);
        for (var line = 0; line < chosen.Length; line++)
        {
            var part = chosen[line] == 0 ? 0m : Discounts.UnitBasis(cart, line, context.Basis) * chosen[line];
            basis += part;
            product += part * percent / 100m;
            wished[line] = Discounts.Off(cart, cart[line].Left, part * percent / 100m, context);
        }
        result.Steps.Add(new BasisStep(BasisKind.Units, chosen.Sum(), NamesOf(cart, chosen)));
        result.Steps.Add(new PercentStep(basis, percent, product));
        if (wished.Sum() != product) result.Steps.Add(new RoundingStep(product, wished.Sum(), "half_up", false));
        Discounts.TakeWished(cart, wished, context, result);
    }

    private static void Amount(Cart cart, int[] chosen, decimal amount, DiscountContext context, DiscountResult result)
    {
        var units = chosen.Sum();
        if (units == 0) return;
        var wished = new decimal[cart.Count];
        for (var line = 0; line < chosen.Length; line++)
            if (chosen[line] > 0) wished[line] = cart.Currency.Round(Earning.Clean(Math.Min(amount, Discounts.UnitBasis(cart, line, context.Basis)) * chosen[line]));
        result.Steps.Add(new BasisStep(BasisKind.Units, units, NamesOf(cart, chosen)));
        result.Steps.Add(new FixedStep(amount, units, amount * units, false));
        Discounts.TakeWished(cart, wished, context, result);
    }

    private static List<string> NamesOf(Cart cart, int[] chosen) =>
        [.. Enumerable.Range(0, chosen.Length).Where(line => chosen[line] > 0).Select(line => cart.Line(line).Id)];
}
