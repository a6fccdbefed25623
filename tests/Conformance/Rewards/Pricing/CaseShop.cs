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

    /// <summary>Reads what stands beside the steps: words nobody knows are found whether or not a step needs them.</summary>
    public static void Check(RewardCase of)
    {
        RuleWords.Read(of, null, []);
        if (of.Earning is { } words) EarningOf(words);
        ProgrammeOf(of);
    }

    /// <summary>What a step lays before the engine.</summary>
    public Checkout Read(RewardCase of, Words step)
    {
        var overrides = step.Has("rule_override") ? step.Element.GetProperty("rule_override") : (JsonElement?)null;
        var disabled = step.Texts("disabled");
        var codes = new CodeBook(RuleWords.Read(of, overrides, disabled));
        var (member, presented, claims) = (Member(step.TextOr("customer")), codes.Present(step.Texts("codes")), step.Texts("claims"));
        if (claims.FirstOrDefault(claim => codes.Rules.All(rule => rule.Name != claim)) is { } unknown) throw new UnknownWordException($"{step.Where}: no rule \"{unknown}\"");
        var shown = presented.SelectMany(code => code.Known).ToHashSet(StringComparer.OrdinalIgnoreCase);
        List<CaseRule> rules =
        [
            .. codes.Rules.Select(rule => rule with
            {
                Rule = rule.Rule with
                {
                    Audience = rule.Owner is { } owner ? new() { Only = Member(owner) } : rule.Rule.Audience,
                    // Rules that do not take part need not be tried in every order.
                    Group = rule.Rule.Group == RuleWords.SearchGroup && !TakesPart(rule, shown, claims) ? null : rule.Rule.Group,
                },
            }),
        ];
        var purchase = CartWords.Read(step, member) with { Codes = [.. shown], Claims = [.. claims.Select(claim => rules.First(rule => rule.Name == claim).Rule.Id)] };
        return new(rules, of.Earning is { } words ? EarningOf(words) : [], ProgrammeOf(of), purchase, CartWords.Customer(step, member), step.Has("customer_orders"), presented);
    }

    private static bool TakesPart(CaseRule rule, HashSet<string> codes, IReadOnlyList<string> claims) => rule.Rule.Status == RuleStatus.Live && rule.Rule.Activation.Kind switch
    {
        ActivationKind.SharedCode => codes.Contains(rule.Rule.Activation.Code!),
        ActivationKind.OnRequest => claims.Contains(rule.Name),
        _ => true,
    };

    /// <summary>Decides a cart; nothing is counted.</summary>
    public static Priced Decide(Checkout checkout)
    {
        var compiled = CompiledRuleSet.Compile(new(1, checkout.Programme, checkout.All));
        if (!compiled.Ok) throw new UnknownWordException(string.Join("; ", compiled.Faults.Select(fault => $"{fault.Rule} {fault.Path}: {fault.Message.En}")));
        var left = checkout.Rules.Where(rule => rule.Rule.Effects.Count > 0).Select(rule => new RuleLeft(rule.Rule.Id, null, rule.UsesLeft, rule.SpendLeft)).ToList();
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
        // The only mode the format has is also the default of a group that the settings do not name.
        var named = of.Rules is { } rules
            ? rules.EnumerateArray().Select(rule => rule.TryGetProperty("group", out var group) ? group.GetString() : null).OfType<string>()
            : [];
        if (of.Settings is { } settings && settings.TryGetProperty("groups", out var groups)) named = named.Concat(groups.EnumerateObject().Select(group => group.Name));
        List<StackingGroup> all = [.. named.Distinct(StringComparer.Ordinal).Select(name => new StackingGroup(name, GroupMode.Best))];
        if (of.Setting("search") is not null) all.Add(new(RuleWords.SearchGroup, GroupMode.BestOrder));
        return all;
    }

    private static T Setting<T>(RewardCase of, string word, T otherwise, params ReadOnlySpan<(string Name, T Value)> known)
    {
        foreach (var (name, value) in known)
            if (name == of.Setting(word)) return value;
        return otherwise;
    }
}

/// <summary>A cart before it is decided, with its customer and the rules in force.</summary>
/// <param name="SaysOrders">The step says how many orders the customer has placed.</param>
/// <param name="Codes">The codes that the customer presents.</param>
internal sealed record Checkout(IReadOnlyList<CaseRule> Rules, IReadOnlyList<(string Name, Rule Rule)> Earning, Programme Programme, Purchase Purchase, MemberSnapshot Member,
    bool SaysOrders, IReadOnlyList<CodeBook.Presented> Codes)
{
    public IReadOnlyList<Rule> All => [.. Rules.Where(rule => rule.Rule.Effects.Count > 0).Select(rule => rule.Rule), .. Earning.Select(rule => rule.Rule)];

    /// <summary>Something here is counted or limited: then the database says what is left.</summary>
    public bool IsCounted => Rules.Any(rule => rule.Rule.Limits.Count > 0 || rule.Rule.Budget is not null);

    public Priced Priced(Decision decision) => new(decision, Rules, Programme, Codes);
}

/// <summary>A decided cart and the names that the case uses for its rules.</summary>
internal sealed record Priced(Decision Decision, IReadOnlyList<CaseRule> Rules, Programme Programme, IReadOnlyList<CodeBook.Presented> Codes)
{
    public string? NameOf(RuleId rule) => Rules.FirstOrDefault(known => known.Rule.Id == rule)?.Name;
}
