using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Discounts reckoned and rounded line by line.</summary>
internal static class LineDiscounts
{
    public static void Percent(Cart cart, Scope scope, decimal percent, int? maxUnits, decimal? maxAmount, DiscountContext context, DiscountResult result)
    {
        var lines = Discounts.LinesIn(cart, scope);
        if (lines.Count == 0 || percent <= 0) return;
        var wished = new decimal[cart.Count];
        var (basis, product) = (0m, 0m);
        foreach (var line in lines)
        {
            var part = Portion(cart, line, maxUnits, context.Basis);
            basis += part;
            product += part * percent / 100m;
            wished[line] = Discounts.Off(cart, cart[line].Left, part * percent / 100m, context);
        }
        if (basis <= 0) return;
        result.Steps.Add(new BasisStep(BasisKind.Lines, basis, Discounts.Names(cart, lines)));
        result.Steps.Add(new PercentStep(basis, percent, product));
        if (wished.Sum() != product) result.Steps.Add(new RoundingStep(product, wished.Sum(), "half_up", false));
        if (maxAmount is { } most && wished.Sum() > most)
        {
            result.Steps.Add(new CapStep(CapKind.Effect, null, most, 0m, wished.Sum(), most, false));
            wished = Shares.OfMoney(cart.Currency.Round(most), wished, wished, cart.Currency, context.Reckoning.Remainder, FloorOverflow.Redistribute);
        }
        Discounts.TakeWished(cart, wished, context, result);
    }

    public static void ByQuantity(Cart cart, TieredPercentByQuantity effect, DiscountContext context, DiscountResult result)
    {
        var units = Discounts.LinesIn(cart, effect.Scope).Sum(line => (decimal)cart.Line(line).Quantity);
        if (units <= 0) return;
        result.Steps.Add(new BasisStep(BasisKind.Units, units, []));
        Percent(cart, effect.Scope, OrderDiscounts.Reached(effect.Base, effect.Steps, units), null, null, context, result);
    }

    public static void EachUnit(Cart cart, AmountOffEachUnit effect, DiscountContext context, DiscountResult result)
    {
        var lines = Discounts.LinesIn(cart, effect.Scope);
        var wished = new decimal[cart.Count];
        var units = 0;
        foreach (var line in lines)
        {
            var count = Math.Min(effect.MaxUnitsPerLine ?? int.MaxValue, cart.Line(line).Quantity);
            units += count;
            wished[line] = cart.Currency.Round(Math.Min(effect.Amount * count, Portion(cart, line, effect.MaxUnitsPerLine, context.Basis)));
        }
        if (units == 0) return;
        result.Steps.Add(new BasisStep(BasisKind.Units, units, Discounts.Names(cart, lines)));
        result.Steps.Add(new FixedStep(effect.Amount, units, effect.Amount * units, false));
        Discounts.TakeWished(cart, wished, context, result);
    }

    private static decimal Portion(Cart cart, int line, int? maxUnits, Basis basis)
    {
        var whole = Discounts.BasisOf(cart, line, basis);
        var quantity = cart.Line(line).Quantity;
        return maxUnits is { } most && most < quantity ? whole * most / quantity : whole;
    }
}
