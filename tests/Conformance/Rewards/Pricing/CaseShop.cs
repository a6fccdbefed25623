using System.Text.Json;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>The shop of one case: reads its rules, carts and customers, and decides carts that no order came before.</summary>
internal sealed class CaseShop
{
    private readonly Dictionary<string, MemberId> _customers = new(StringComparer.Ordinal);

    /// <summary>The member that a customer of the case is.</summary>
    public MemberId Member(string? customer)
    {
        var name = customer ?? "";
        if (!_customers.TryGetValue(name, out var id)) _customers.Add(name, id = new(Guid.CreateVersion7()));
        return id;
    }

    /// <summary>What a step lays before the engine.</summary>
    public Checkout Read(RewardCase of, Words step)
    {
        var overrides = step.Has("rule_override") ? step.Element.GetProperty("rule_override") : (JsonElement?)null;
        var rules = RuleWords.Read(of, overrides, step.Texts("disabled"))
            .ConvertAll(rule => rule.Owner is { } owner ? rule with { Rule = rule.Rule with { Audience = new() { Only = Member(owner) } } } : rule);
        var member = Member(step.TextOr("customer"));
        var claims = step.Texts("claims");
        var unknown = claims.FirstOrDefault(claim => rules.All(rule => rule.Name != claim));
        if (unknown is not null) throw new UnknownWordException($"{step.Where}: no rule \"{unknown}\"");
        var purchase = CartWords.Read(step, member) with { Claims = [.. claims.Select(claim => rules.Single(rule => rule.Name == claim).Rule.Id)] };
        return new(rules, of.Earning is { } words ? EarningOf(words) : [], ProgrammeOf(of), purchase, CartWords.Customer(step, member), step.Has("customer_orders"));
    }

    /// <summary>Decides a cart; nothing is counted.</summary>
    public static Priced Decide(Checkout checkout)
    {
        var compiled = CompiledRuleSet.Compile(new(1, checkout.Programme, checkout.All));
        if (!compiled.Ok) throw new UnknownWordException(string.Join("; ", compiled.Faults.Select(fault => $"{fault.Rule} {fault.Path}: {fault.Message.En}")));
        var left = checkout.Rules.Select(rule => new RuleLeft(rule.Rule.Id, null, rule.UsesLeft, rule.SpendLeft)).ToList();
        return checkout.Priced(Engine.Decide(compiled.Rules, checkout.Member, checkout.Purchase, new() { Rules = left }));
    }

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
        // The only mode the format has is also the default of a group that the settings do not name.
        var named = of.Rules is { } rules
            ? rules.EnumerateArray().Select(rule => rule.TryGetProperty("group", out var group) ? group.GetString() : null).OfType<string>()
            : [];
        if (of.Settings is { } settings && settings.TryGetProperty("groups", out var groups))
        {
            foreach (var group in groups.EnumerateObject())
                if (group.Value.GetString() != "best_only") throw new UnknownWordException($"settings.groups.{group.Name} \"{group.Value}\" is not known");
            named = named.Concat(groups.EnumerateObject().Select(group => group.Name));
        }
        return [.. named.Distinct(StringComparer.Ordinal).Select(name => new StackingGroup(name, GroupMode.Best))];
    }

    private static T Setting<T>(RewardCase of, string word, T otherwise, params ReadOnlySpan<(string Name, T Value)> known)
    {
        if (of.Setting(word) is not { } text) return otherwise;
        foreach (var (name, value) in known)
            if (name == text) return value;
        throw new UnknownWordException($"settings.{word} \"{text}\" is not known");
    }
}

/// <summary>A cart before it is decided, with its customer and the rules in force.</summary>
/// <param name="SaysOrders">The step says how many orders the customer has placed.</param>
internal sealed record Checkout(
    IReadOnlyList<CaseRule> Rules, IReadOnlyList<(string Name, Rule Rule)> Earning, Programme Programme, Purchase Purchase, MemberSnapshot Member, bool SaysOrders)
{
    public IReadOnlyList<Rule> All => [.. Rules.Select(rule => rule.Rule), .. Earning.Select(rule => rule.Rule)];

    public Priced Priced(Decision decision) => new(decision, Rules, Programme);
}

/// <summary>A decided cart and the names that the case uses for its rules.</summary>
internal sealed record Priced(Decision Decision, IReadOnlyList<CaseRule> Rules, Programme Programme)
{
    public string? NameOf(RuleId rule) => Rules.FirstOrDefault(known => known.Rule.Id == rule)?.Name;
}
