using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Applies one discount effect to the cart. The only place where prices go down.</summary>
internal static class Discounts
{
    public static DiscountResult Apply(Cart cart, Effect effect, DiscountContext context)
    {
        var result = new DiscountResult(cart.Count);
        switch (effect)
        {
            case PercentOffLines lines:
                LineDiscounts.Percent(cart, lines.Scope, lines.Percent, lines.MaxUnitsPerLine, lines.MaxAmount, context, result);
                break;
            case TieredPercentByQuantity tiered: LineDiscounts.ByQuantity(cart, tiered, context, result); break;
            case AmountOffEachUnit each: LineDiscounts.EachUnit(cart, each, context, result); break;
            case PercentOffCheapest cheapest: UnitDiscounts.Cheapest(cart, cheapest, context, result); break;
            case PercentOffEveryNth nth: UnitDiscounts.EveryNth(cart, nth, context, result); break;
            case OffFullGroups groups: UnitDiscounts.FullGroups(cart, groups, context, result); break;
            case FreeUnits free: BuyAndGet.FreeUnits(cart, free, context, result); break;
            case FreeUnitsOfOther other: BuyAndGet.OfOther(cart, other, context, result); break;
            case FreeItem item: BuyAndGet.Gift(cart, item, context, result); break;
            case BundlePrice bundle: BuyAndGet.Bundle(cart, bundle, context, result); break;
            case AmountOffScopeTotal total: ScopeTotals.Apply(cart, total, context, result); break;
            case OrderEffect order: OrderDiscounts.Apply(cart, order, context, result); break;
            case PercentOffShipping shipping: Shipping(cart, shipping.Percent, null, context, result); break;
            case AmountOffShipping shipping: Shipping(cart, null, shipping.Amount, context, result); break;
        }
        return result;
    }

    /// <summary>The lines of a scope, in their order.</summary>
    public static List<int> LinesIn(Cart cart, Scope scope)
    {
        var lines = new List<int>(cart.Count);
        for (var index = 0; index < cart.Count; index++)
            if (scope.Contains(cart.Line(index))) lines.Add(index);
        return lines;
    }

    /// <summary>What a percentage or threshold looks at on a line.</summary>
    public static decimal BasisOf(Cart cart, int line, Basis basis) => basis == Basis.Initial ? cart[line].Gross : cart[line].Left;

    /// <summary>The price of one unit that a unit discount looks at.</summary>
    public static decimal UnitBasis(Cart cart, int line, Basis basis) =>
        basis == Basis.Initial ? cart[line].Gross / cart.Line(line).Quantity : cart.UnitLeft(line);

    /// <summary>The names of lines for the explanation; empty when it is all of them.</summary>
    public static IReadOnlyList<string> Names(Cart cart, List<int> lines) =>
        lines.Count == cart.Count ? [] : [.. lines.Select(line => cart.Line(line).Id)];

    /// <summary>Takes wished amounts off lines, bounded by what is left and by the budget.</summary>
    public static void TakeWished(Cart cart, decimal[] wished, DiscountContext context, DiscountResult result, bool orderDiscount = false)
    {
        var sum = wished.Sum();
        if (context.Most is { } most && sum > most)
        {
            result.Steps.Add(new CapStep(CapKind.Budget, null, most, 0m, sum, most, false));
            wished = Shares.OfMoney(most, wished, wished, cart.Currency, context.Reckoning.Remainder, FloorOverflow.Redistribute);
        }
        for (var line = 0; line < wished.Length; line++)
            result.Lines[line] = cart.Take(line, wished[line], orderDiscount);
        var taken = result.Lines.Sum();
        if (taken < wished.Sum()) result.Steps.Add(new CapStep(CapKind.Price, null, taken, 0m, wished.Sum(), taken, false));
        if (taken > 0) result.Steps.Add(result.Allocation(cart));
    }

    private static void Shipping(Cart cart, decimal? percent, decimal? amount, DiscountContext context, DiscountResult result)
    {
        var basis = context.Basis == Basis.Initial ? cart.ShippingGross : cart.ShippingLeft;
        if (basis <= 0) return;
        result.Steps.Add(new BasisStep(BasisKind.Shipping, basis, []));
        var wished = amount is { } given ? cart.Currency.Round(given) : Rounded(cart, cart.ShippingLeft, basis * percent!.Value / 100m, basis, percent.Value, context, result);
        if (amount is { } each) result.Steps.Add(new FixedStep(each, 1, each, false));
        if (context.Most is { } most && wished > most)
        {
            result.Steps.Add(new CapStep(CapKind.Budget, null, most, 0m, wished, most, false));
            wished = most;
        }
        result.Shipping = cart.TakeShipping(wished);
        if (result.Shipping < wished) result.Steps.Add(new CapStep(CapKind.Price, null, result.Shipping, 0m, wished, result.Shipping, false));
    }

    /// <summary>A discount as it is rounded: itself, or the price that it leaves.</summary>
    public static decimal Off(Cart cart, decimal price, decimal exact, DiscountContext context)
    {
        exact = Earning.Clean(exact); // a price of a third of something, three times, is that again
        return context.Reckoning.LineRounding == LineRounding.Discount ? cart.Currency.Round(exact) : price - cart.Currency.Round(price - exact);
    }

    /// <summary>Rounds a percentage and writes down both steps.</summary>
    public static decimal Rounded(Cart cart, decimal price, decimal product, decimal basis, decimal percent, DiscountContext context, DiscountResult result)
    {
        result.Steps.Add(new PercentStep(basis, percent, product));
        var rounded = Off(cart, price, product, context);
        if (rounded != product) result.Steps.Add(new RoundingStep(product, rounded, "half_up", false));
        return rounded;
    }
}
