using System.Globalization;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Benchmarks.Rules;

/// <summary>The workload as whole decisions: carts of many lines, and a hundredth of the rules behind unique codes.</summary>
public sealed class DecisionWorkload
{
    private const int CodedEvery = 100;
    private const int ThresholdEvery = 100;
    private static readonly DateTime Monday = new(2026, 9, 7, 5, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<string, RuleId> _codes;
    private readonly string[] _known;

    /// <param name="rules">How many rules.</param>
    /// <param name="codes">How many unique codes.</param>
    /// <param name="carts">How many carts.</param>
    /// <param name="lines">Lines of a cart.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="thresholds">Every hundredth rule gives points from an order total on and none multiplies, so that the nearest rules that fail are a little more spending away, not multipliers beside a larger one, and hints are tried.</param>
    public DecisionWorkload(int rules, int codes, int carts, int lines, int seed, bool thresholds)
    {
        var set = Workload.Rules(rules, seed + 1).Select((rule, index) => thresholds && index % ThresholdEvery == 3 ? Threshold(index, rules) : Of(thresholds && rule.Effect == EffectKind.Multiplier ? rule with { Effect = EffectKind.Fixed } : rule, index)).ToArray();
        Rules = CompiledRuleSet.Compile(new(1, Programme, set)) is { Ok: true } compiled ? compiled.Rules : throw new InvalidOperationException("The rules of the workload are faulty.");
        var coded = set.Where(rule => rule.Activation.Kind == ActivationKind.UniqueCodes).Select(rule => rule.Id).ToArray();
        _known = coded.Length == 0 ? [] : [.. Enumerable.Range(0, codes).Select(number => string.Create(CultureInfo.InvariantCulture, $"C{number:0000000}"))];
        _codes = _known.Select((code, index) => (code, Rule: coded[index % coded.Length])).ToDictionary(pair => pair.code, pair => pair.Rule, StringComparer.Ordinal);
        var random = new Random(seed);
        Carts = [.. Workload.Events(carts, seed, lines).Select(cart => Of(cart, random))];
    }

    public static Programme Programme { get; } = new()
    {
        Name = new("Program", "Programme"),
        Currency = Currency.Of("USD"),
        Zone = "Asia/Jakarta",
        Reckoning = new() { Multipliers = MultiplierMode.Largest },
        Tiers = [.. new[] { "none", "bronze", "silver", "gold", "platinum" }.Select(tier => new Tier(tier, new(tier, tier)))],
    };

    public CompiledRuleSet Rules { get; }

    public (MemberSnapshot Member, Purchase Cart)[] Carts { get; }

    /// <summary>A whole decision, the look-up of its codes among all codes included.</summary>
    public Decision Decide(int cart)
    {
        var (member, purchase) = Carts[cart % Carts.Length];
        List<CodeState> states = [];
        foreach (var code in purchase.Codes)
            if (_codes.TryGetValue(code, out var rule)) states.Add(new(code, rule));
        return Engine.Decide(Rules, member, purchase, new() { Codes = states });
    }

    private (MemberSnapshot, Purchase) Of(PurchaseEvent cart, Random random)
    {
        var id = new MemberId(Guid.CreateVersion7());
        var day = Array.IndexOf(Workload.Weekdays, cart.Weekday);
        var member = new MemberSnapshot { Id = id, Joined = Monday.AddDays(-400), Tier = cart.Tier, Segments = [cart.Segment], City = cart.Country };
        return (member, new()
        {
            Reference = $"p-{random.Next()}",
            Member = id,
            OccurredAt = Monday.Date.AddDays(day).AddHours(cart.Hour - 7),
            Currency = Programme.Currency,
            Channel = cart.Channel,
            Store = cart.Store,
            Codes = _known.Length == 0 ? ["NOSUCH"] : [_known[random.Next(_known.Length)], "NOSUCH"],
            Lines = [.. cart.Lines.Select((line, index) => new PurchaseLine { Id = (index + 1).ToString(CultureInfo.InvariantCulture), Sku = line.Sku, Category = line.Category, Brand = line.Brand, UnitPrice = line.Price, Quantity = line.Quantity })],
        });
    }

    /// <summary>Totals of carts of 100 lines lie around 5,000; the thresholds lie evenly from 2,000 to 8,000.</summary>
    private static Rule Threshold(int index, int rules) => new()
    {
        Id = new($"r{index:00000}"),
        Name = new($"Ambang {index}", $"Threshold {index}"),
        Trigger = ActivityTypes.Purchase,
        Condition = string.Create(CultureInfo.InvariantCulture, $"order.total >= {2_000 + (6_000L * index / rules)}"),
        Effects = [new FixedPoints { Points = 25 }],
    };

    private static Rule Of(BenchmarkRule rule, int index) => new()
    {
        Id = new($"r{index:00000}"),
        Name = new($"Aturan {index}", $"Rule {index}"),
        Trigger = ActivityTypes.Purchase,
        Condition = rule.Text.Replace("event.country", "customer.city", StringComparison.Ordinal),
        Activation = index % CodedEvery == 7 ? new(ActivationKind.UniqueCodes) : Activation.Automatic,
        Effects = index % CodedEvery == 7 ? [new PercentOffLines { Percent = 5 }] : rule.Effect switch
        {
            EffectKind.Fixed => [new FixedPoints { Points = rule.Points }],
            EffectKind.PerUnit => [new PointsPerAmount { Points = rule.Points, Per = 1 }],
            _ => [new PointsMultiplier { Factor = 1 + rule.Points }],
        },
    };
}
