using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Properties;

/// <summary>Programmes, members and happenings made of the smallest and largest values that publishing and intake let in, and of some that they must not.</summary>
internal sealed class EdgeScene(int seed)
{
    private static readonly MemberId Somebody = new(Guid.Parse("018f3c00-0000-7000-8000-000000000001"));
    private static readonly string[] OnPurchase = ["", "", "order.total >= 5", "any line (total > 100 and category in [\"x\"])", "sum(total where quantity > 1) >= max(unit_price where is_reward = false)", "customer.birthday >= 100 years or order.quantity > 3", "points.available > 10", "purchases.last(100 years).total >= 100000000000000", "not (order.total < 1000)"];
    private static readonly string[] OnQuiz = ["", "event.number > 5", "event.money >= 100", "event.day >= 100 years", "event.day < 1 day", "event.time > 90 minutes", "event.list in [\"a\"]", "today is event.day", "event.flag = true"];

    private readonly Random _random = new(seed);

    public Programme Programme() => new()
    {
        Name = new("Program", "Programme"),
        Currency = OneOf(Currency.Idr, Currency.Of("USD"), Currency.Of("KWD"), new Currency("XXX", 4)),
        Zone = OneOf("Asia/Jakarta", "UTC", "Pacific/Kiritimati", "Pacific/Niue", "America/New_York"),
        Points = new()
        {
            Decimals = _random.Next(5),
            Expiry = Chance(5) ? new ExpiryPolicy.Rolling(new(int.MaxValue)) : OneOf<ExpiryPolicy>(new ExpiryPolicy.Never(), new ExpiryPolicy.Rolling(new(0, 12), PeriodEnd.Year), new ExpiryPolicy.Inactivity(new(36_500, 1_200)), new ExpiryPolicy.FixedDates([new(2, 29)], 36_500)),
            ReturnWindow = OneOf(TimeSpan.Zero, TimeSpan.FromDays(14), TimeSpan.FromDays(3_660)),
            Reversal = (ReversalMethod)_random.Next(2),
        },
        Conversion = OneOf<PointsConversion?>(null, new(1, 100m, 50, Currency.Idr), new(1, 1_000_000_000m, 1, Currency.Idr)),
        Reckoning = new()
        {
            Basis = (Basis)_random.Next(2),
            Order = (EffectOrder)_random.Next(2),
            LineRounding = (LineRounding)_random.Next(2),
            FloorOverflow = (FloorOverflow)_random.Next(2),
            EarningBasis = (EarningBasis)_random.Next(2),
            Multipliers = (MultiplierMode)_random.Next(3),
        },
        Groups = [new("best", GroupMode.Best), new("first", GroupMode.First), new("order", GroupMode.BestOrder)],
        Caps = Chance(30) ? [new(Points(), (Span)_random.Next(6), (WhenExceeded)_random.Next(2))] : [],
        CustomActivities = [new("quiz", new("Kuis", "Quiz"), [Field("number", FactType.Number), Field("money", FactType.Money), Field("day", FactType.Date), Field("time", FactType.Duration), Field("list", FactType.TextList), Field("flag", FactType.Flag)])],
    };

    public Rule[] Rules() => [.. Enumerable.Range(0, _random.Next(1, 6)).Select(Rule)];

    public Activity Activity(Currency currency)
    {
        var at = Chance(3) ? OneOf(new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2199, 12, 31, 23, 59, 59, DateTimeKind.Utc), DateTime.MaxValue)
            : OneOf(new DateTime(2026, 9, 7, 5, 0, 0, DateTimeKind.Utc), new DateTime(1900, 1, 2, 0, 0, 0, DateTimeKind.Utc), new DateTime(2199, 12, 30, 23, 59, 59, DateTimeKind.Utc), new DateTime(2024, 2, 29, 17, 0, 0, DateTimeKind.Utc));
        return _random.Next(12) switch
        {
            0 => new Payment { Reference = "p", Member = Somebody, OccurredAt = at, Invoice = "i", Amount = OneOf(0m, Intake.MaxAmount, 1.2345m, 0.00001m) },
            1 => new ComplaintResolved { Reference = "p", Member = Somebody, OccurredAt = at, Case = "c", Points = OneOf(0, 5, Ledger.MaxPoints, long.MaxValue, -5), OpenForMinutes = OneOf<long?>(null, (long)ConditionLimits.MaxNumber, long.MaxValue, -1) },
            2 => new PointsExpiring { Reference = "p", Member = Somebody, OccurredAt = at, Points = OneOf(1, Ledger.MaxBalance, long.MaxValue), LastDay = OneOf(DateOnly.MaxValue, DateOnly.MinValue, new DateOnly(2026, 9, 9)) },
            3 => new Anniversary { Reference = "p", Member = Somebody, OccurredAt = at, Years = OneOf(1, int.MaxValue, int.MinValue) },
            4 => new CustomerLapsing { Reference = "p", Member = Somebody, OccurredAt = at, DaysSincePurchase = OneOf(1, int.MaxValue, int.MinValue) },
            5 => new Custom { Reference = "p", Member = Somebody, OccurredAt = at, Name = "quiz", Fields = Answers() },
            _ => Cart(currency, at),
        };
    }

    public MemberSnapshot Member(Activity activity, Rule[] rules) => activity.Member is null ? MemberSnapshot.Guest(activity.OccurredAt) : new()
    {
        Id = Somebody,
        Joined = OneOf(DateTime.UnixEpoch, DateTime.MinValue, DateTime.MaxValue),
        BirthDate = OneOf<DateOnly?>(null, DateOnly.MaxValue, DateOnly.MinValue, new DateOnly(2000, 2, 29)),
        Points = new() { Available = OneOf(0, 5, Ledger.MaxBalance), Debt = OneOf(0, Ledger.MaxBalance) },
        Purchases = new(OneOf(0, 1_000_000), OneOf(0m, 1_000_000 * Intake.MaxAmount), 1, DateTime.UnixEpoch, DateTime.UnixEpoch, []),
        RuleUses = [.. rules.Where(_ => Chance(20)).Select(rule => new RuleUse(rule.Id, OneOf(1, 1_000_000), OneOf(0, Ledger.MaxBalance), [new(new(2026, 9, 7), 1, OneOf(1, Ledger.MaxPoints))]))],
        EarnedByDay = Chance(30) ? [new(new(2026, 9, 1), 1, 5), new(new(2026, 9, 7), 1, OneOf(5, Ledger.MaxPoints))] : [],
    };

    public Resources Resources(Rule[] rules) => new()
    {
        Rules = [.. rules.Where(rule => rule.Budget is not null && Chance(50)).Select(rule => new RuleLeft(rule.Id, null, rule.Budget!.Uses is null ? null : OneOf(0, 1, long.MaxValue), rule.Budget.Spend is null ? null : OneOf(0m, -5m, 0.5m, 1_000 * Intake.MaxAmount), rule.Budget.Points is null ? null : OneOf(0, -7, long.MaxValue)))],
        Stock = Chance(40) ? [new("gift", OneOf(0, 3, -1, long.MaxValue))] : [],
    };

    private Rule Rule(int index)
    {
        var trigger = Chance(15) ? "custom.quiz" : Chance(75) ? ActivityTypes.Purchase : OneOf(ActivityTypes.Payment, ActivityTypes.ComplaintResolved, ActivityTypes.PointsExpiring, ActivityTypes.Anniversary, ActivityTypes.CustomerLapsing);
        return new()
        {
            Id = new($"r{index}"),
            Name = new("Aturan", "Rule"),
            Trigger = trigger,
            Condition = trigger == ActivityTypes.Purchase ? OneOf(OnPurchase) : trigger == "custom.quiz" ? OneOf(OnQuiz) : null,
            Effects = trigger == ActivityTypes.Purchase ? [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => EdgeEffects.Any(_random))] : [Chance(50) ? new FixedPoints { Points = Points() } : new PointsAsRequested { Max = Chance(50) ? Points() : null }],
            Group = Chance(40) ? OneOf("best", "first", "order") : null,
            Exclusive = Chance(8),
            StopAfter = Chance(8),
            Lane = OneOf(0, 0, int.MaxValue, int.MinValue),
            Priority = OneOf(0, 1, int.MaxValue, int.MinValue),
            Limits = Chance(15) ? [new(OneOf(1, 2, 1_000_000_000), (Span)_random.Next(6))] : [],
            Caps = Chance(15) ? [new(Points(), (Span)_random.Next(6), (WhenExceeded)_random.Next(2))] : [],
            Budget = Chance(20) ? new() { Spend = Chance(50) ? EdgeEffects.Amount(_random) : null, Points = Points(), Uses = OneOf<long?>(null, 1, 1_000, long.MaxValue), When = (WhenExceeded)_random.Next(2) } : null,
            Rounding = (PointsRounding)_random.Next(3),
            PendingDays = OneOf<int?>(null, 0, 3_660),
            Expiry = Chance(2) ? new ExpiryPolicy.Rolling(new(0, int.MaxValue)) : OneOf<ExpiryPolicy?>(null, null, new ExpiryPolicy.Rolling(new(36_500))),
            Audience = new() { Guests = Chance(50) },
        };
    }

    private Dictionary<string, FieldValue> Answers() => new()
    {
        ["number"] = FieldValue.Of(OneOf(1m, ConditionLimits.MaxNumber, -ConditionLimits.MaxNumber, ConditionLimits.MaxNumber + 1)),
        ["money"] = FieldValue.Of(OneOf(1m, ConditionLimits.MaxNumber, 0.0001m)),
        ["day"] = FieldValue.Of(OneOf(new DateOnly(1900, 1, 1), new DateOnly(2199, 12, 31), new DateOnly(2024, 2, 29), DateOnly.MaxValue)),
        ["time"] = FieldValue.Of(OneOf(1m, ConditionLimits.MaxNumber, -5.5m)),
        ["list"] = FieldValue.Of(OneOf("a,b", "", ",,,")),
        ["flag"] = Chance(90) ? FieldValue.Of(true) : new() { Kind = FieldKind.Flag },
    };

    private Purchase Cart(Currency currency, DateTime at) => new()
    {
        Reference = "p",
        Member = Chance(85) ? Somebody : null,
        OccurredAt = at,
        Currency = currency,
        Channel = "web",
        Shipping = Chance(3) ? 0.00001m : OneOf(0m, Intake.MaxAmount, 0.01m, 15_000m),
        Tendered = Chance(20) ? [new("card", EdgeEffects.Amount(_random), "gift_card")] : [],
        Lines = [.. Enumerable.Range(0, OneOf(0, 1, 1, 2, 3, 5, 40)).Select(Line)],
    };

    private PurchaseLine Line(int index)
    {
        var price = Chance(60) ? _random.Next(0, 500_000) : OneOf(0m, 0.0001m, 0.3333m, 1_000_000m, 12.5m, Intake.MaxAmount, Intake.MaxAmount - 0.0001m);
        return new()
        {
            Id = $"l{index}",
            Sku = OneOf("a", "b", "c", "d"),
            Category = OneOf("x", "x/y", "z", null),
            UnitPrice = price,
            Quantity = price > 10_000_000 ? 1 : price > 100_000 ? OneOf(1, 2, 1_000) : OneOf(1, 2, 17, 1_000, Intake.MaxQuantity),
            FloorPrice = Chance(20) ? OneOf(0m, price, decimal.Round(price / 2, 4), Intake.MaxAmount) : null,
            ListPrice = Chance(20) ? Math.Min(Intake.MaxAmount, decimal.Round(price * 1.1m, 4)) : null,
            Tax = Chance(20) ? OneOf(0.0001m, 1_000m, Intake.MaxAmount) : 0m,
            IsReward = Chance(8),
            TopUp = Chance(4) ? new("card", price) : null,
        };
    }

    private static EventField Field(string name, FactType type) => new(name, type, new(name, name));

    private decimal Points() => EdgeEffects.Points(_random);

    private bool Chance(int percent) => _random.Next(100) < percent;

    private long OneOf(params ReadOnlySpan<long> values) => values[_random.Next(values.Length)];

    private T OneOf<T>(params ReadOnlySpan<T> values) => values[_random.Next(values.Length)];
}
