using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>Properties over random carts and rules.</summary>
internal static class PropertySteps
{
    private const int Seed = 20260907;
    private static readonly MemberSnapshot Somebody = new() { Id = new(Guid.CreateVersion7()), Joined = CartWords.Now.AddYears(-1) };

    public static Task<Answer> Run(RewardCase of, Words step, IBookkeeping books)
    {
        var violates = step.OneOf<Property>("name", null, ("conservation", new(Conserves)), ("monotone_stacking", new(IsMonotone)));
        var random = new Random(Seed);
        var programme = CaseShop.ProgrammeOf(of);
        var violations = Enumerable.Range(0, step.Whole("cases")).Count(_ => !violates.Holds(random, programme));
        return Task.FromResult(new Answer().Set("violations", violations));
    }

    private static bool Conserves(Random random, Programme programme)
    {
        var cart = Cart(random);
        var decision = Decide(programme, Rules(random, random.Next(1, 6)), cart);
        var totals = decision.Totals!;
        return decision.Lines.Sum(line => line.Net) + totals.Shipping() == totals.Total
            && decision.Lines.Sum(line => line.Discount) == totals.Discount
            && decision.Discounts.Sum(rule => rule.Total) == totals.Discount + totals.ShippingDiscount
            && decision.Lines.Zip(cart.Lines).All(pair => pair.First.Discount >= 0 && pair.First.Net >= Math.Min(pair.First.Gross, (pair.Second.FloorPrice ?? 0) * pair.Second.Quantity)
                && pair.First.Gross - pair.First.Discount == pair.First.Net && IsWhole(pair.First.Discount))
            && totals.Shipping() >= 0;
    }

    private static bool IsMonotone(Random random, Programme programme)
    {
        var cart = Cart(random);
        // Stackable rules on the whole cart: those that pick single units may change which units others pick.
        var rules = Rules(random, random.Next(2, 6)).Where(rule => rule.Effects.All(effect => effect is not (FreeUnits or PercentOffCheapest))).ToList();
        if (rules.Count < 2) return true;
        var without = Decide(programme, rules[..^1], cart);
        var with = Decide(programme, rules, cart);
        return with.Totals!.Total <= without.Totals!.Total;
    }

    private static bool IsWhole(decimal amount) => decimal.Round(amount, 2) == amount;

    private static Decision Decide(Programme programme, IReadOnlyList<Rule> rules, Purchase cart)
    {
        var compiled = CompiledRuleSet.Compile(new(1, programme, rules));
        return Engine.Decide(compiled.Rules ?? throw new InvalidOperationException(compiled.Faults[0].Message.En), Somebody, cart, Resources.None);
    }

    private static Purchase Cart(Random random) => new()
    {
        Reference = "random",
        Member = Somebody.Id,
        OccurredAt = CartWords.Now,
        Currency = CartWords.Money,
        Shipping = random.Next(0, 2000) / 100m,
        Lines = [.. Enumerable.Range(0, random.Next(1, 9)).Select(index =>
        {
            var price = random.Next(1, 20_000) / 100m;
            return new PurchaseLine
            {
                Id = $"l{index}",
                Sku = $"s{random.Next(6)}",
                Category = $"c{random.Next(3)}",
                UnitPrice = price,
                Quantity = random.Next(1, 8),
                FloorPrice = random.Next(4) == 0 ? decimal.Round(price * random.Next(0, 101) / 100m, 2) : null,
            };
        })],
    };

    private static List<Rule> Rules(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(index => new Rule { Id = new($"r{index}"), Name = new("r", "r"), Trigger = ActivityTypes.Purchase, Priority = -index, Effects = [Effect(random)] })];

    private static Effect Effect(Random random)
    {
        var scope = random.Next(3) == 0 ? Scope.Everything : new() { Categories = [$"c{random.Next(3)}"] };
        decimal Percent() => random.Next(1, 101);
        decimal Amount() => random.Next(1, 10_000) / 100m;
        return random.Next(10) switch
        {
            0 => new PercentOffLines { Percent = Percent(), Scope = scope, MaxAmount = random.Next(2) == 0 ? Amount() : null },
            1 => new AmountOffEachUnit { Amount = Amount(), Scope = scope },
            2 => new PercentOffOrder { Percent = Percent(), Scope = scope, MaxAmount = random.Next(2) == 0 ? Amount() : null },
            3 => new AmountOffOrder { Amount = Amount(), Scope = scope },
            4 => new AmountOffScopeTotal { Amount = Amount(), Scope = scope },
            5 => new PercentOffShipping { Percent = Percent() },
            6 => new FreeUnits { Buy = random.Next(1, 4), Get = random.Next(1, 3), Scope = scope },
            7 => new PercentOffCheapest { Percent = Percent(), Units = random.Next(1, 3) },
            8 => new PercentOffEveryNth { Percent = Percent(), Of = random.Next(2, 4), Scope = scope },
            _ => new OffFullGroups { GroupSize = random.Next(2, 4), Percent = Percent(), Scope = scope },
        };
    }

    private readonly record struct Property(Func<Random, Programme, bool> Holds);
}
