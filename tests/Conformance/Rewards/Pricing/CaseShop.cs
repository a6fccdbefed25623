using System.Text.Json;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>The shop of one case: its rules, and the uses that orders have counted so far.</summary>
internal sealed class CaseShop
{
    private readonly Dictionary<string, MemberId> _customers = new(StringComparer.Ordinal);
    private readonly List<(string Order, string Rule, string Customer, bool Release)> _uses = [];

    /// <summary>The member that a customer of the case is.</summary>
    public MemberId Member(string? customer)
    {
        var name = customer ?? "";
        if (!_customers.TryGetValue(name, out var id)) _customers.Add(name, id = new(Guid.CreateVersion7()));
        return id;
    }

    /// <summary>Decides the cart of a step; nothing is counted.</summary>
    public Priced Decide(RewardCase of, Words step, IReadOnlyList<(string Name, Rule Rule)>? earning = null)
    {
        var overrides = step.Has("rule_override") ? step.Element.GetProperty("rule_override") : (JsonElement?)null;
        var rules = RuleWords.Read(of, overrides, step.Texts("disabled"));
        var customer = step.TextOr("customer") ?? "";
        var member = Member(customer);
        var claims = step.Texts("claims");
        var unknown = claims.FirstOrDefault(claim => rules.All(rule => rule.Name != claim));
        if (unknown is not null) throw new UnknownWordException($"{step.Where}: no rule \"{unknown}\"");
        var purchase = CartWords.Read(step, member) with { Claims = [.. claims.Select(claim => rules.Single(rule => rule.Name == claim).Rule.Id)] };
        var snapshot = CartWords.Customer(step, member) with
        {
            RuleUses = [.. rules.Select(rule => new RuleUse(rule.Rule.Id, _uses.Count(use => use.Rule == rule.Name && use.Customer == customer), 0, []))],
        };
        earning ??= of.Earning is { } words ? EarningOf(words) : [];
        var compiled = CompiledRuleSet.Compile(new(1, ProgrammeOf(of), [.. rules.Select(rule => rule.Rule), .. earning.Select(rule => rule.Rule)]));
        if (!compiled.Ok) throw new UnknownWordException(string.Join("; ", compiled.Faults.Select(fault => $"{fault.Rule} {fault.Path}: {fault.Message.En}")));
        var decision = Engine.Decide(compiled.Rules, snapshot, purchase, ResourcesOf(rules, purchase));
        return new(decision, purchase, rules, earning, compiled.Rules.Programme, customer);
    }

    /// <summary>Counts the uses of an order.</summary>
    public void Count(string order, Priced priced)
    {
        foreach (var use in priced.Decision.Effects.OfType<CountUse>())
            if (priced.Rules.FirstOrDefault(rule => rule.Rule.Id == use.Rule) is { } rule)
                for (var time = 0; time < use.Uses; time++) _uses.Add((order, rule.Name, priced.Customer, use.Release));
    }

    /// <summary>A cancelled order gives its uses back, unless a rule says no.</summary>
    public void Cancel(string order) => _uses.RemoveAll(use => use.Order == order && use.Release);

    private Resources ResourcesOf(IReadOnlyList<CaseRule> rules, Purchase purchase) => new()
    {
        Rules = [.. rules.Select(rule => new RuleLeft(rule.Rule.Id, UsesLeft(rule), rule.UsesLeft, rule.SpendLeft))],
        Codes = [.. purchase.Codes.SelectMany(code => rules.Where(rule => string.Equals(rule.Code, code, StringComparison.OrdinalIgnoreCase))
            .Select(rule => new CodeState(code, rule.Rule.Id, long.MaxValue, rule.Owner is { } owner ? Member(owner) : null)))],
    };

    private long? UsesLeft(CaseRule rule) => rule.Rule.Limits.FirstOrDefault(limit => limit.For == CountedFor.Everyone) is { } limit
        ? limit.Uses - _uses.Count(use => use.Rule == rule.Name)
        : null;

    private static List<(string, Rule)> EarningOf(JsonElement element)
    {
        var words = new Words(element, "earning");
        words.Ignore("basis");
        var rules = EarningWords.Read(words.Objects("rules"), EarningWords.Rounding(words));
        words.Finish();
        return rules;
    }

    public static Programme ProgrammeOf(RewardCase of)
    {
        var earning = of.Earning is { } element ? new Words(element, "earning") : null;
        return new()
        {
            Name = new("Kasus", "Case"),
            Currency = CartWords.Money,
            Zone = "UTC",
            Points = new() { Decimals = earning is not null && EarningWords.Rounding(earning) is null ? EarningWords.Unrounded : 0 },
            Groups = Groups(of),
            Reckoning = new()
            {
                Order = EffectOrder.PriorityOnly, // the format's rules apply in listed order
                Basis = Setting(of, "base", Basis.Running, ("running", Basis.Running), ("initial", Basis.Initial)),
                Remainder = Setting(of, "remainder", RemainderMethod.LargestRemainder, ("largest_remainder", RemainderMethod.LargestRemainder), ("floor_then_first_lines", RemainderMethod.FloorThenFirstLines)),
                LineRounding = Setting(of, "round", LineRounding.Discount, ("discount_half_up", LineRounding.Discount), ("price_half_up", LineRounding.Price)),
                FloorOverflow = Setting(of, "floor_overflow", FloorOverflow.Redistribute, ("redistribute", FloorOverflow.Redistribute)),
                EarningBasis = earning?.OneOf("basis", EarningBasis.AfterDiscounts, ("after_discounts", EarningBasis.AfterDiscounts), ("after_line_discounts_only", EarningBasis.AfterLineDiscounts)) ?? EarningBasis.AfterDiscounts,
            },
        };
    }

    private static List<StackingGroup> Groups(RewardCase of)
    {
        if (of.Setting("search") is not null) return [new(RuleWords.SearchGroup, GroupMode.BestOrder)];
        if (of.Settings is not { } settings || !settings.TryGetProperty("groups", out var groups)) return [];
        return [.. groups.EnumerateObject().Select(group => group.Value.GetString() == "best_only"
            ? new StackingGroup(group.Name, GroupMode.Best)
            : throw new UnknownWordException($"settings.groups.{group.Name} \"{group.Value}\" is not known"))];
    }

    private static T Setting<T>(RewardCase of, string word, T otherwise, params ReadOnlySpan<(string Name, T Value)> known)
    {
        if (of.Setting(word) is not { } text) return otherwise;
        foreach (var (name, value) in known)
            if (name == text) return value;
        throw new UnknownWordException($"settings.{word} \"{text}\" is not known");
    }
}

/// <summary>A decided cart and the names that the case uses for its rules.</summary>
internal sealed record Priced(
    Decision Decision, Purchase Purchase, IReadOnlyList<CaseRule> Rules, IReadOnlyList<(string Name, Rule Rule)> Earning, Programme Programme, string Customer)
{
    public string? NameOf(RuleId rule) => Rules.FirstOrDefault(known => known.Rule.Id == rule)?.Name;
}
