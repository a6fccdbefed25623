using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Discounts on the order: rounded once, then allocated to the lines by what is left of each.</summary>
internal static class OrderDiscounts
{
    public static void Apply(Cart cart, OrderEffect effect, DiscountContext context, DiscountResult result)
    {
        var lines = Discounts.LinesIn(cart, effect.Scope);
        var basis = lines.Sum(line => Discounts.BasisOf(cart, line, context.Basis));
        if (basis <= 0) return;
        result.Steps.Add(new BasisStep(lines.Count == cart.Count ? BasisKind.Order : BasisKind.Lines, basis, Discounts.Names(cart, lines)));
        var wished = effect switch
        {
            PercentOffOrder percent => Capped(Percent(cart, lines, basis, percent.Percent, context, result), percent.MaxAmount, result),
            TieredPercentOffOrder tiered => Percent(cart, lines, basis, Reached(tiered.Base, tiered.Steps, basis), context, result),
            AmountOffOrder amount => Fixed(amount.Amount, result),
            TieredAmountOffOrder tiered => Fixed(Reached(tiered.Base, tiered.Steps, basis), result),
            _ => 0m,
        };
        Spread(cart, cart.Currency.Round(wished), lines, context, result);
    }

    /// <summary>The value of the highest step that is reached.</summary>
    public static decimal Reached(decimal low, IReadOnlyList<Step> steps, decimal value)
    {
        foreach (var step in steps)
            if (value >= step.From) low = step.Value;
        return low;
    }

    public static decimal Capped(decimal amount, decimal? most, DiscountResult result)
    {
        if (most is not { } limit || amount <= limit) return amount;
        result.Steps.Add(new CapStep(CapKind.Effect, null, limit, 0m, amount, limit, false));
        return limit;
    }

    private static void Spread(Cart cart, decimal wished, List<int> lines, DiscountContext context, DiscountResult result)
    {
        if (context.Most is { } most && wished > most)
        {
            result.Steps.Add(new CapStep(CapKind.Budget, null, most, 0m, wished, most, false));
            wished = most;
        }
        var shares = Shares.OfMoney(wished, [.. lines.Select(line => cart[line].Left)], [.. lines.Select(line => cart[line].Room)],
            cart.Currency, context.Reckoning.Remainder, context.Reckoning.FloorOverflow);
        for (var index = 0; index < lines.Count; index++)
            result.Lines[lines[index]] = cart.Take(lines[index], shares[index], orderDiscount: true);
        var taken = result.Lines.Sum();
        if (taken < wished) result.Steps.Add(new CapStep(CapKind.Price, null, taken, 0m, wished, taken, false));
        if (taken > 0) result.Steps.Add(result.Allocation(cart));
    }

    private static decimal Percent(Cart cart, List<int> lines, decimal basis, decimal percent, DiscountContext context, DiscountResult result) =>
        percent <= 0 ? 0m : Discounts.Rounded(cart, lines.Sum(line => cart[line].Left), basis * percent / 100m, basis, percent, context, result);

    private static decimal Fixed(decimal amount, DiscountResult result)
    {
        if (amount > 0) result.Steps.Add(new FixedStep(amount, 1, amount, false));
        return amount;
    }
}
