using RewardsEngine.Activities;
using RewardsEngine.Rewards;

namespace RewardsEngine.Tests.Properties;

/// <summary>Effects of every kind with the smallest, the largest and the longest numbers.</summary>
internal static class EdgeEffects
{
    public static decimal Amount(Random random) => random.Next(2) == 0 ? random.Next(1, 1_000_000)
        : OneOf(random, 0.0001m, 0.01m, 0.5m, 99.99m, 1234.5678m, 1_000_000m, Intake.MaxAmount - 1, Intake.MaxAmount, 333333333333.3333m);

    public static decimal Points(Random random) => OneOf(random, 0.0001m, 0.5m, 1m, 7m, 123.4567m, 1_000_000m, 1_000_000_000m, 100_000_000_000m, 1_000_000_000_000m, 0.00000000000000000001m);

    public static Effect Any(Random random)
    {
        decimal Percent() => OneOf(random, 0.0001m, 0.01m, 1m, 33.3333m, 50m, 99.9999m, 100m, 0.000000000001m, 12.345678901234567890123m);
        int Units() => OneOf(random, 1, 2, 3, 7, 1_000, Intake.MaxQuantity - 1, Intake.MaxQuantity);
        int? SomeUnits() => random.Next(2) == 0 ? Units() : null;
        decimal? SomeAmount() => random.Next(2) == 0 ? Amount(random) : null;
        IReadOnlyList<Step> Steps(decimal most) => random.Next(2) == 0 ? [new(0, most)] : [new(0.0001m, most / 3), new(Intake.MaxAmount, most)];
        var (scope, other) = (AnyScope(random), AnyScope(random));
        return random.Next(23) switch
        {
            0 => new PercentOffLines { Percent = Percent(), Scope = scope, MaxAmount = SomeAmount(), MaxUnitsPerLine = SomeUnits() },
            1 => new AmountOffEachUnit { Amount = Amount(random), Scope = scope, MaxUnitsPerLine = SomeUnits() },
            2 => new PercentOffOrder { Percent = Percent(), Scope = scope, MaxAmount = SomeAmount() },
            3 => new AmountOffOrder { Amount = Amount(random), Scope = scope },
            4 => new AmountOffScopeTotal { Amount = Amount(random), Scope = scope },
            5 => new PercentOffShipping { Percent = Percent() },
            6 => new AmountOffShipping { Amount = Amount(random) },
            7 => new FreeUnits { Buy = Units(), Get = Units(), Scope = scope, GetScope = random.Next(2) == 0 ? other : null, Once = random.Next(3) == 0, Percent = Percent() },
            8 => new FreeUnitsOfOther { MinBuy = Units(), Get = Units(), Scope = scope, GetScope = other, Pick = (Pick)random.Next(2) },
            9 => new PercentOffCheapest { Percent = Percent(), Units = Units(), Scope = scope },
            10 => new PercentOffEveryNth { Percent = Percent(), Of = Units(), Scope = scope },
            11 => new OffFullGroups { GroupSize = Units(), Percent = Percent(), Scope = scope },
            12 => new OffFullGroups { GroupSize = Units(), Amount = Amount(random), Scope = scope },
            13 => new TieredPercentByQuantity { Base = OneOf(random, 0m, 100m, 33.333333333333333333m), Steps = Steps(100), Scope = scope },
            14 => new TieredPercentOffOrder { Base = 0, Steps = Steps(100), Scope = scope },
            15 => new TieredAmountOffOrder { Base = OneOf(random, 0m, Intake.MaxAmount), Steps = Steps(Intake.MaxAmount), Scope = scope },
            16 => new BundlePrice { Parts = [new(scope, Units()), new(other, Units())], Price = OneOf(random, 0m, 0.0001m, Intake.MaxAmount, 777m), MaxBundles = SomeUnits() },
            17 => new FreeItem { Sku = "gift", PerBought = Units(), Give = Units(), MaxGiven = SomeUnits(), UnitValue = OneOf(random, 0m, Intake.MaxAmount, 0.0001m), Scope = scope },
            18 or 19 => new PointsPerAmount { Points = Points(random), Per = Amount(random), Mode = (AmountMode)random.Next(3), OnRewards = random.Next(3) == 0, OnShipping = random.Next(3) == 0, OnTax = random.Next(3) == 0, Scope = scope },
            20 => new FixedPoints { Points = Points(random), PerUnit = random.Next(2) == 0, Scope = scope },
            21 => new PointsMultiplier { Factor = OneOf(random, 1.0001m, 1.5m, 999.9999m, 1_000m, 1.0000000000000000000000001m), Base = (MultiplierBase)random.Next(2), Scope = scope },
            _ => new GiveVoucher { Voucher = new() { Key = "v", Name = new("Voucher", "Voucher"), Discounts = [new AmountOffOrder { Amount = Amount(random) }], ValidDays = 36_500, StartsAfterDays = 36_500 }, Count = 100 },
        };
    }

    private static Scope AnyScope(Random random) => random.Next(6) switch
    {
        0 => new() { Skus = ["a", "b"] },
        1 => new() { Categories = ["x"] },
        2 => new() { MinUnitPrice = OneOf(random, 0m, 1m, Intake.MaxAmount) },
        3 => new() { ExcludeDiscounted = true },
        _ => Scope.Everything,
    };

    private static T OneOf<T>(Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
