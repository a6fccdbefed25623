using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Buy some, get some; gifts; bundles. Units that one of them has used are not used again.</summary>
internal static class BuyAndGet
{
    public static void FreeUnits(Cart cart, FreeUnits effect, DiscountContext context, DiscountResult result)
    {
        var buyLines = Discounts.LinesIn(cart, effect.Scope);
        var getLines = effect.GetScope is null ? buyLines : Discounts.LinesIn(cart, effect.GetScope);
        var pool = new UnitPool(cart, context.Basis);
        var given = new int[cart.Count];
        // The dearest are bought, so that the cheapest are left to be free; what cannot be free anyway is bought first.
        List<int> toBuy = [.. buyLines.OrderBy(getLines.Contains).ThenByDescending(pool.Price)];
        List<int> toGet = [.. getLines.OrderBy(pool.Price)];
        do
        {
            if (pool.Reserve(toBuy, effect.Buy) is not { } bought) break;
            var free = pool.Upto(toGet, effect.Get);
            if (free.Count == 0)
            {
                pool.Return(bought);
                break;
            }
            foreach (var (line, units) in free) given[line] += units;
            // As long as the same lines give whole sets, every further set is the same: they are taken at once.
            if (!effect.Once && bought.Count == 1 && free is [(var from, var got)] && got == effect.Get)
                given[from] += pool.Repeat([.. bought, .. free], int.MaxValue) * got;
        }
        while (!effect.Once);
        TakeUnits(cart, pool, given, effect.Percent, context, result);
    }

    public static void OfOther(Cart cart, FreeUnitsOfOther effect, DiscountContext context, DiscountResult result)
    {
        var buyLines = Discounts.LinesIn(cart, effect.Scope);
        var getLines = Discounts.LinesIn(cart, effect.GetScope);
        var pool = new UnitPool(cart, context.Basis);
        var given = new int[cart.Count];
        if (pool.Reserve(buyLines.OrderBy(getLines.Contains).ThenByDescending(pool.Price), effect.MinBuy) is null) return;
        var order = effect.Pick == Pick.CheapestFirst ? getLines.OrderBy(pool.Price) : getLines.OrderByDescending(pool.Price);
        foreach (var (line, units) in pool.Upto(order, effect.Get)) given[line] += units;
        TakeUnits(cart, pool, given, 100m, context, result);
    }

    public static void Gift(Cart cart, FreeItem effect, DiscountContext context, DiscountResult result)
    {
        var bought = Discounts.LinesIn(cart, effect.Scope).Where(line => !cart.Line(line).IsReward).Sum(line => (long)cart.Line(line).Quantity);
        var given = bought / effect.PerBought * effect.Give;
        if (effect.MaxGiven is { } most) given = Math.Min(given, most);
        var (wanted, left) = (given, context.StockLeft(effect.Sku));
        given = Math.Min(given, left ?? given);
        if (given <= 0)
        {
            result.OutOfStock = wanted > 0;
            return;
        }
        result.Steps.Add(new BasisStep(BasisKind.Units, bought, []));
        if (given < wanted) result.Steps.Add(new CapStep(CapKind.Stock, null, given, 0m, wanted, given, false));
        result.Steps.Add(new GivenStep("item", effect.Sku, null, given, null));
        result.Given.Add((effect.Sku, given, effect.UnitValue));
        cart.GivenValue += given * effect.UnitValue;
    }

    public static void Bundle(Cart cart, BundlePrice effect, DiscountContext context, DiscountResult result)
    {
        var pool = new UnitPool(cart, context.Basis);
        var parts = effect.Parts.Select(part => (Lines: (List<int>)[.. Discounts.LinesIn(cart, part.Scope).OrderByDescending(pool.Price)], part.Quantity)).ToList();
        var value = new decimal[cart.Count];
        var (bundles, saved) = (0, 0m);
        while (bundles < (effect.MaxBundles ?? int.MaxValue))
        {
            var taken = new List<(int Line, int Units)>();
            foreach (var (lines, quantity) in parts)
            {
                var reserved = pool.Reserve(lines, quantity);
                if (reserved is null) break;
                taken.AddRange(reserved);
            }
            var price = taken.Sum(part => pool.Price(part.Line) * part.Units);
            if (taken.Sum(part => (long)part.Units) < parts.Sum(part => (long)part.Quantity) || price <= effect.Price)
            {
                pool.Return(taken);
                break;
            }
            var times = 1;
            // As long as each part is filled from one line, every further bundle is the same: they are taken at once.
            if (taken.Count == parts.Count) times += pool.Repeat(taken, (effect.MaxBundles ?? int.MaxValue) - bundles - 1);
            bundles += times;
            saved += (price - effect.Price) * times;
            foreach (var (line, units) in taken) value[line] += pool.Price(line) * units * times;
        }
        if (bundles == 0) return;
        var total = cart.Currency.Round(saved);
        result.Steps.Add(new BasisStep(BasisKind.Units, bundles, [.. Enumerable.Range(0, cart.Count).Where(line => value[line] > 0).Select(line => cart.Line(line).Id)]));
        result.Steps.Add(new FixedStep(total / bundles, bundles, total, false));
        var wished = Shares.OfMoney(total, value, [.. Enumerable.Range(0, cart.Count).Select(line => Math.Min(cart.Currency.Round(value[line]), cart[line].Room))],
            cart.Currency, context.Reckoning.Remainder, FloorOverflow.Redistribute);
        Discounts.TakeWished(cart, wished, context, result);
        pool.MarkUsed();
    }

    private static void TakeUnits(Cart cart, UnitPool pool, int[] given, decimal percent, DiscountContext context, DiscountResult result)
    {
        if (given.Sum() == 0) return;
        var wished = new decimal[cart.Count];
        var product = 0m;
        for (var line = 0; line < given.Length; line++)
        {
            var part = pool.Price(line) * given[line] * percent / 100m;
            product += part;
            wished[line] = Discounts.Off(cart, cart[line].Left, part, context);
        }
        result.Steps.Add(new BasisStep(BasisKind.Units, given.Sum(), [.. Enumerable.Range(0, cart.Count).Where(line => given[line] > 0).Select(line => cart.Line(line).Id)]));
        if (wished.Sum() != product) result.Steps.Add(new RoundingStep(product, wished.Sum(), "half_up", false));
        Discounts.TakeWished(cart, wished, context, result);
        pool.MarkUsed(given, percent);
    }
}
