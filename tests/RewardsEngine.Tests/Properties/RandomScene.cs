using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Properties;

/// <summary>A programme, its rules, a member and a cart, all from one seed.</summary>
internal sealed class RandomScene
{
    private static readonly DateTime Monday = new(2026, 9, 7, 5, 0, 0, DateTimeKind.Utc);
    private static readonly MemberId Somebody = new(Guid.Parse("018f3c00-0000-7000-8000-000000000001"));

    private readonly Random _random;

    public RandomScene(int seed, int? rules = null)
    {
        Seed = seed;
        _random = new(seed);
        Programme = AnyProgramme();
        Rules = [.. Enumerable.Range(0, rules ?? _random.Next(1, 9)).Select(AnyRule)];
        Cart = AnyCart();
        Member = AnyMember();
        Resources = AnyResources();
    }

    /// <summary>Another member with another cart under the same rules.</summary>
    public void NextCart()
    {
        Cart = AnyCart();
        Member = AnyMember();
        Resources = AnyResources();
    }

    public int Seed { get; }

    public Programme Programme { get; }

    public Rule[] Rules { get; }

    public Purchase Cart { get; private set; }

    public MemberSnapshot Member { get; private set; }

    public Resources Resources { get; private set; }

    public CompiledRuleSet Compile(IEnumerable<Rule>? rules = null)
    {
        var result = CompiledRuleSet.Compile(new(1, Programme, [.. rules ?? Rules]));
        return result.Rules ?? throw new InvalidOperationException($"seed {Seed}: {string.Join("; ", result.Faults.Select(fault => $"{fault.Rule} {fault.Path}: {fault.Message.En}"))}");
    }

    public Decision Decide(CompiledRuleSet? rules = null, Purchase? cart = null) => Engine.Decide(rules ?? Compile(), Member, cart ?? Cart, Resources);

    public int Next(int bound) => _random.Next(bound);

    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        T[] all = [.. items];
        _random.Shuffle(all);
        return all;
    }

    private T OneOf<T>(params T[] values) => values[_random.Next(values.Length)];

    private bool Chance(int percent) => _random.Next(100) < percent;

    private Programme AnyProgramme() => new()
    {
        Name = new("Program", "Programme"),
        Currency = Chance(70) ? Currency.Of("USD") : Currency.Idr,
        Zone = "Asia/Jakarta",
        Points = new() { Decimals = OneOf(0, 0, 0, 2), ReturnWindow = TimeSpan.FromDays(OneOf(0, 14)), Expiry = new ExpiryPolicy.Rolling(new(0, 12), PeriodEnd.Month) },
        Tiers = [new("silver", new("Perak", "Silver")), new("gold", new("Emas", "Gold"))],
        Groups = [new("best", GroupMode.Best), new("first", GroupMode.First), new("order", GroupMode.BestOrder), new("all", GroupMode.All)],
        Caps = Chance(20) ? [new(_random.Next(1, 500), OneOf(Span.Order, Span.Day, Span.Ever), OneOf(WhenExceeded.Reject, WhenExceeded.Reduce))] : [],
        Reckoning = new()
        {
            Basis = OneOf(Basis.Running, Basis.Running, Basis.Initial),
            Order = OneOf(EffectOrder.Phases, EffectOrder.Phases, EffectOrder.PriorityOnly),
            Remainder = OneOf(RemainderMethod.LargestRemainder, RemainderMethod.LargestRemainder, RemainderMethod.FloorThenFirstLines),
            LineRounding = OneOf(LineRounding.Discount, LineRounding.Price),
            FloorOverflow = OneOf(FloorOverflow.Redistribute, FloorOverflow.Drop),
            EarningBasis = OneOf(EarningBasis.AfterDiscounts, EarningBasis.AfterLineDiscounts),
            PointsRounding = OneOf(PointsRounding.Floor, PointsRounding.HalfUp, PointsRounding.Ceil),
            Multipliers = OneOf(MultiplierMode.Multiply, MultiplierMode.Largest, MultiplierMode.Add),
        },
    };

    private Rule AnyRule(int index) => new()
    {
        Id = new($"r{index:000}"),
        Name = new($"Aturan {index}", $"Rule {index}"),
        Trigger = ActivityTypes.Purchase,
        Condition = Chance(60) ? RandomConditions.Any(_random) : null,
        Effects = [.. Enumerable.Range(0, Chance(85) ? 1 : 2).Select(_ => RandomEffects.Any(_random))],
        Priority = _random.Next(3),
        Lane = OneOf(0, 0, 0, 1),
        Group = OneOf(null, null, null, null, "best", "first", index < 5 ? "order" : "all"),
        Exclusive = Chance(6),
        StopAfter = Chance(6),
        Activation = _random.Next(12) switch { 0 => new(ActivationKind.SharedCode, $"CODE{index}"), 1 => new(ActivationKind.UniqueCodes), 2 => new(ActivationKind.OnRequest, null, Chance(50)), _ => Activation.Automatic },
        Limits = Chance(12) ? [new(_random.Next(1, 4), OneOf(Span.Order, Span.Day, Span.Ever))] : [],
        Caps = Chance(15) ? [new(_random.Next(1, 200), OneOf(Span.Order, Span.Month), OneOf(WhenExceeded.Reject, WhenExceeded.Reduce))] : [],
        Budget = Chance(15) ? OneOf<Budget>(new() { Spend = _random.Next(1, 5_000) / 100m, When = OneOf(WhenExceeded.Reject, WhenExceeded.Reduce) }, new() { Points = _random.Next(1, 300), When = OneOf(WhenExceeded.Reject, WhenExceeded.Reduce) }, new() { Uses = _random.Next(1, 5) }) : null,
        Basis = OneOf<Basis?>(null, null, Basis.Initial, Basis.Running),
        Rounding = OneOf<PointsRounding?>(null, null, PointsRounding.Floor, PointsRounding.Ceil),
        Audience = _random.Next(15) switch { 0 => new() { Tiers = ["gold"] }, 1 => new() { Guests = true }, _ => Audience.Everyone },
        Schedule = _random.Next(15) switch { 0 => new() { Weekdays = [DayOfWeek.Sunday, DayOfWeek.Monday] }, 1 => new() { Weekdays = [DayOfWeek.Saturday] }, 2 => new() { FromTime = new(9, 0), ToTime = new(17, 0) }, _ => Schedule.Always },
        Status = Chance(4) ? RuleStatus.Paused : RuleStatus.Live,
    };

    private Purchase AnyCart()
    {
        var currency = Programme.Currency;
        var unit = currency.Decimals == 0 ? 100m : 1m; // rupiah carts have rupiah prices
        return new()
        {
            Reference = $"p-{Seed}",
            Member = Chance(92) ? Somebody : null,
            OccurredAt = Monday,
            Currency = currency,
            Channel = OneOf("web", "store"),
            PaymentMethod = OneOf("cash", "card", null),
            Shipping = currency.Round(_random.Next(0, 2_000) / 100m * unit),
            Codes = [.. Rules.Where(rule => rule.Activation.Kind is ActivationKind.SharedCode or ActivationKind.UniqueCodes && Chance(60)).Select(rule => rule.Activation.Code ?? $"U-{rule.Id}"), .. Chance(5) ? ["NOSUCH"] : (string[])[]],
            Claims = [.. Rules.Where(rule => rule.Activation.Kind == ActivationKind.OnRequest).SelectMany(rule => Enumerable.Repeat(rule.Id, _random.Next(3)))],
            Tendered = Chance(20) ? [new("card-1", _random.Next(0, 5_000) / 100m * unit, "gift_card")] : [],
            Lines = [.. Enumerable.Range(0, Chance(5) ? _random.Next(20, 60) : _random.Next(1, 9)).Select(index => AnyLine(index, currency, unit))],
        };
    }

    private PurchaseLine AnyLine(int index, Currency currency, decimal unit)
    {
        var price = currency.Round(_random.Next(Chance(3) ? 0 : 1, 20_000) / 100m * unit);
        var sku = _random.Next(RandomEffects.Skus.Length);
        return new()
        {
            Id = $"l{index}",
            Sku = RandomEffects.Skus[sku],
            Category = Chance(85) ? RandomEffects.Categories[sku % RandomEffects.Categories.Length] : null,
            Brand = OneOf("b0", "b1", null),
            UnitPrice = price,
            ListPrice = Chance(10) ? price * 2 : null,
            Quantity = Chance(3) ? _random.Next(10, 1_000) : _random.Next(1, 8),
            FloorPrice = Chance(20) ? currency.Round(price * _random.Next(0, 121) / 100m) : null,
            Tax = Chance(10) ? currency.Round(price / 10) : 0m,
            IsReward = Chance(4),
            TopUp = Chance(2) ? new("card-1", price) : null,
        };
    }

    private MemberSnapshot AnyMember() => Cart.Member is null ? MemberSnapshot.Guest(Monday) : new()
    {
        Id = Somebody,
        Joined = Monday.AddDays(-_random.Next(1, 900)),
        Tier = OneOf("silver", "gold", null),
        Segments = Chance(50) ? ["loyal"] : [],
        Consents = Chance(50) ? ["email"] : [],
        City = OneOf("Jakarta", null),
        BirthDate = OneOf<DateOnly?>(new DateOnly(1990, 9, 7), new DateOnly(2001, 2, 28), null),
        Points = new() { Available = _random.Next(0, 1_000) },
        Purchases = new(2, 100m, 3, Monday.AddDays(-20), Monday.AddDays(-5), [new(Monday.AddDays(-20), 60m, 2), new(Monday.AddDays(-5), 40m, 1)]),
        RuleUses = [.. Rules.Where(_ => Chance(15)).Select(rule => new RuleUse(rule.Id, 1, _random.Next(0, 50), [new(DateOnly.FromDateTime(Monday), 1, 10)]))],
        EarnedByDay = [new(DateOnly.FromDateTime(Monday), 1, _random.Next(0, 100))],
    };

    private Resources AnyResources() => new()
    {
        Rules = [.. Rules.Where(rule => rule.Budget is not null && Chance(50)).Select(rule => new RuleLeft(rule.Id, null, rule.Budget!.Uses is null ? null : _random.Next(0, 3), rule.Budget.Spend is null ? null : _random.Next(0, 3_000) / 100m, rule.Budget.Points is null ? null : _random.Next(0, 200)))],
        Codes = [.. Rules.Where(rule => rule.Activation.Kind == ActivationKind.UniqueCodes).Select(rule => new CodeState($"U-{rule.Id}", rule.Id, _random.Next(0, 3)))],
        Stock = Chance(50) ? [new("gift", _random.Next(0, 3))] : [],
        Exhausted = Chance(3) ? [Rules[0].Id] : [],
    };
}
