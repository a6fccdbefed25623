using RewardsEngine.Rewards;

namespace RewardsEngine.Tests.Properties;

/// <summary>Effects of every kind that prices, points or gives something, small enough for a person to follow.</summary>
internal static class RandomEffects
{
    public static readonly string[] Skus = ["s0", "s1", "s2", "s3", "s4", "s5"];
    public static readonly string[] Categories = ["drinks", "drinks/coffee", "drinks/tea", "food", "food/cake"];

    public static Effect Any(Random random) => random.Next(10) switch
    {
        < 6 => Discount(random),
        < 9 => Earning(random),
        _ => Other(random),
    };

    public static Effect Discount(Random random)
    {
        var scope = AnyScope(random);
        decimal Percent() => random.Next(8) == 0 ? 100m : random.Next(1, 100) + random.Next(2) * 0.5m;
        decimal Amount() => random.Next(1, 10_000) / 100m;
        return random.Next(17) switch
        {
            0 => new PercentOffLines { Percent = Percent(), Scope = scope, MaxAmount = random.Next(3) == 0 ? Amount() : null, MaxUnitsPerLine = random.Next(4) == 0 ? random.Next(1, 4) : null },
            1 => new AmountOffEachUnit { Amount = Amount(), Scope = scope, MaxUnitsPerLine = random.Next(3) == 0 ? random.Next(1, 4) : null },
            2 => new PercentOffOrder { Percent = Percent(), Scope = scope, MaxAmount = random.Next(2) == 0 ? Amount() : null },
            3 => new AmountOffOrder { Amount = Amount(), Scope = scope },
            4 => new AmountOffScopeTotal { Amount = Amount(), Scope = scope },
            5 => new PercentOffShipping { Percent = Percent() },
            6 => new AmountOffShipping { Amount = Amount() },
            7 => new FreeUnits { Buy = random.Next(1, 4), Get = random.Next(1, 3), Scope = scope, GetScope = random.Next(3) == 0 ? AnyScope(random) : null, Once = random.Next(3) == 0, Percent = random.Next(3) == 0 ? 50m : 100m },
            8 => new FreeUnitsOfOther { MinBuy = random.Next(1, 4), Get = random.Next(1, 3), Scope = scope, GetScope = AnyScope(random), Pick = random.Next(2) == 0 ? Pick.CheapestFirst : Pick.MostExpensiveFirst },
            9 => new PercentOffCheapest { Percent = Percent(), Units = random.Next(1, 4), Scope = scope },
            10 => new PercentOffEveryNth { Percent = Percent(), Of = random.Next(2, 4), Scope = scope },
            11 => new OffFullGroups { GroupSize = random.Next(2, 4), Percent = Percent(), Scope = scope },
            12 => new OffFullGroups { GroupSize = random.Next(2, 4), Amount = Amount(), Scope = scope },
            13 => new TieredPercentByQuantity { Base = random.Next(0, 5), Steps = [new(3, 10), new(6, 20)], Scope = scope },
            14 => new TieredPercentOffOrder { Base = 0, Steps = [new(50, 5), new(200, 12.5m)], Scope = scope },
            15 => new TieredAmountOffOrder { Base = 0, Steps = [new(50, 5), new(200, 25)], Scope = scope },
            _ => new BundlePrice
            {
                Parts = [new(AnyScope(random), random.Next(1, 3)), new(AnyScope(random), random.Next(1, 3))],
                Price = Amount() * 2,
                MaxBundles = random.Next(3) == 0 ? random.Next(1, 3) : null,
            },
        };
    }

    public static Effect Earning(Random random) => random.Next(6) switch
    {
        0 => new PointsPerAmount { Points = random.Next(1, 5), Per = random.Next(1, 20), Scope = AnyScope(random) },
        1 => new PointsPerAmount { Points = random.Next(1, 5), Per = random.Next(5, 50), Mode = AmountMode.FullSteps, OnShipping = random.Next(4) == 0, OnTax = random.Next(2) == 0 },
        2 => new FixedPoints { Points = random.Next(1, 200), Scope = AnyScope(random) },
        3 => new FixedPoints { Points = random.Next(1, 10), PerUnit = true, Scope = AnyScope(random) },
        _ => new PointsMultiplier { Factor = random.Next(11, 40) / 10m, Base = random.Next(2) == 0 ? MultiplierBase.Rounded : MultiplierBase.Unrounded, Scope = AnyScope(random) },
    };

    public static Effect Other(Random random) => random.Next(4) switch
    {
        0 => new GiveBadge { Badge = "badge", Name = new("Lencana", "Badge") },
        1 => new Notify { Template = "hello" },
        2 => new FreeItem { Sku = "gift", PerBought = random.Next(1, 4), Give = 1, MaxGiven = random.Next(2) == 0 ? 2 : null, UnitValue = random.Next(1, 20), Scope = AnyScope(random) },
        _ => new GiveVoucher { Voucher = new() { Key = "v", Name = new("Voucher", "Voucher"), Discounts = [new PercentOffOrder { Percent = 10 }] } },
    };

    public static Scope AnyScope(Random random) => random.Next(6) switch
    {
        0 => new() { Categories = [Categories[random.Next(Categories.Length)]] },
        1 => new() { Categories = [Categories[random.Next(Categories.Length)], Categories[random.Next(Categories.Length)]] },
        2 => new() { Skus = [Skus[random.Next(Skus.Length)], Skus[random.Next(Skus.Length)]] },
        3 => new() { MinUnitPrice = random.Next(1, 60), ExcludeDiscounted = random.Next(2) == 0 },
        _ => Scope.Everything,
    };
}
