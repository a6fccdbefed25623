using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Programs;

/// <summary>The kinds of effect inside which rules exclude and stop each other.</summary>
internal enum Family
{
    Discounts,
    Earning,
    Other,
}

/// <summary>A published rule, checked and ready to be evaluated.</summary>
public sealed class CompiledRule
{
    private readonly Effect[][] _byPhase;

    internal CompiledRule(Rule rule, Condition? condition, GroupMode groupMode, Basis basis, string? voucherCode = null)
    {
        Rule = rule;
        Condition = condition is { IsAlways: true } ? null : condition;
        GroupMode = groupMode;
        Basis = rule.Basis ?? basis;
        ConditionBasis = rule.ConditionBasis ?? Basis;
        VoucherCode = voucherCode;
        Zone = rule.Schedule.Zone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null;
        _byPhase = [.. Enum.GetValues<Phase>().Select(phase => rule.Effects.Where(effect => effect.Phase == phase).ToArray())];
        Multipliers = [.. In(Phase.Earning).OfType<PointsMultiplier>()];
        IsBase = In(Phase.Earning).Length > Multipliers.Length;
        Discounts = [.. In(Phase.Items), .. In(Phase.Order), .. In(Phase.Shipping)];
        DiscountsAsListed = [.. rule.Effects.Where(effect => effect.IsDiscount)];
        IsLimitedForEveryone = rule.Limits.Any(limit => limit.For == CountedFor.Everyone);
        Course = Condition is null || ConditionBasis == Basis.Initial ? Course.Steady : Courses.Of(Condition.Root);
        IsOpen = rule is { Status: RuleStatus.Live or RuleStatus.Scheduled, Activation.Kind: ActivationKind.Automatic, Limits.Count: 0, Budget: not { Uses: not null } }
            && rule.Audience is { Segments.Count: 0, Tiers.Count: 0, Consents.Count: 0, Only: null }
            && rule.Schedule is { From: null, To: null, Weekdays.Count: 0, FromTime: null, ToTime: null };
    }

    /// <summary>The rule as published.</summary>
    public Rule Rule { get; }

    /// <summary>Its condition; null: always.</summary>
    public Condition? Condition { get; }

    internal RuleId Id => Rule.Id;

    /// <summary>Its place among the rules of its trigger; -1 for a voucher.</summary>
    internal int Position { get; set; } = -1;

    /// <summary>What becomes of its condition while discounts are taken off.</summary>
    internal Course Course { get; }

    /// <summary>Nothing but its condition keeps it from any member at any time.</summary>
    internal bool IsOpen { get; }

    /// <summary>Of its schedule, when that has one of its own.</summary>
    internal TimeZoneInfo? Zone { get; }

    internal GroupMode GroupMode { get; }

    internal Basis Basis { get; }

    internal Basis ConditionBasis { get; }

    /// <summary>Set when this stands for a voucher that was presented.</summary>
    internal string? VoucherCode { get; }

    internal bool IsLimitedForEveryone { get; }

    /// <summary>Its discounts, phase by phase.</summary>
    internal Effect[] Discounts { get; }

    /// <summary>Its discounts as the rule lists them.</summary>
    internal Effect[] DiscountsAsListed { get; }

    /// <summary>Its multipliers of points.</summary>
    internal PointsMultiplier[] Multipliers { get; }

    /// <summary>It gives points that multipliers work on.</summary>
    internal bool IsBase { get; }

    internal Effect[] In(Phase phase) => _byPhase[(int)phase - 1];

    /// <summary>Its discounts in the order in which they act one after another.</summary>
    internal Effect[] DiscountsBy(EffectOrder order) => order == EffectOrder.PriorityOnly ? DiscountsAsListed : Discounts;

    internal bool Has(Family family) => family switch
    {
        Family.Discounts => Discounts.Length > 0,
        Family.Earning => In(Phase.Earning).Length > 0,
        _ => In(Phase.Other).Length > 0,
    };

    /// <summary>Lane, then priority (high first), then id: the order inside a phase.</summary>
    internal static int CompareByOrder(CompiledRule left, CompiledRule right)
    {
        var byLane = left.Rule.Lane.CompareTo(right.Rule.Lane);
        if (byLane != 0) return byLane;
        var byPriority = right.Rule.Priority.CompareTo(left.Rule.Priority);
        return byPriority != 0 ? byPriority : left.Id.CompareTo(right.Id);
    }
}
