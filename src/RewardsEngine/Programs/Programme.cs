using System.Collections.Immutable;
using RewardsEngine.Accounting;
using RewardsEngine.Conditions;
using RewardsEngine.Values;

namespace RewardsEngine.Programs;

/// <summary>What a company sets up once: its money, its zone, what a point is, and how its rules are reckoned.</summary>
public sealed record Programme
{
    /// <summary>The programme's name.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>The currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The IANA time zone in which days, weekdays and hours are counted.</summary>
    public required string Zone { get; init; }

    /// <summary>What points are called: <c>poin</c>, <c>points</c>.</summary>
    public LocalizedText PointsName { get; init; } = new("poin", "points");

    /// <summary>The word beside a number of points: <c>1 point</c>, <c>2 points</c>. What they are called is given in the plural.</summary>
    /// <param name="points">The number that stands before it.</param>
    /// <param name="language">Language of the reader.</param>
    public string PointsWord(decimal points, string language) =>
        (points == 1 && PointsName.En is [_, _, .., 's'] ? PointsName with { En = PointsName.En[..^1] } : PointsName).In(language);

    /// <summary>How points wait, expire and are taken back.</summary>
    public PointsSettings Points { get; init; } = new();

    /// <summary>What points are worth when they pay; null: points cannot pay.</summary>
    public PointsConversion? Conversion { get; init; }

    /// <summary>How prices and points are reckoned.</summary>
    public Reckoning Reckoning { get; init; } = new();

    /// <summary>Groups of rules that do not simply add up. A group that is not listed is <see cref="GroupMode.All"/>.</summary>
    public IReadOnlyList<StackingGroup> Groups { get; init; } = [];

    /// <summary>Caps on the points from all rules together.</summary>
    public IReadOnlyList<PointsCap> Caps { get; init; } = [];

    /// <summary>The tiers, lowest first; empty when there are none.</summary>
    public IReadOnlyList<Tier> Tiers { get; init; } = [];

    /// <summary>How tiers are reached and kept; null when there are none.</summary>
    public TierSettings? TierRules { get; init; }

    /// <summary>The consents that customers are asked for, by key.</summary>
    public IReadOnlyList<string> Consents { get; init; } = ["email", "sms", "push", "phone", "post", "profiling"];

    /// <summary>Activities that the company declared itself.</summary>
    public IReadOnlyList<CustomActivity> CustomActivities { get; init; } = [];

    /// <summary>When the shell tells the rules what only time brings.</summary>
    public Occasions Occasions { get; init; } = new();

    /// <summary>A rule comes into force only when a second person has approved it. Default: not needed.</summary>
    public bool FourEyes { get; init; }

    /// <summary>What people call the codes of the trade: categories, brands, stores, tags.</summary>
    public IReadOnlyList<CodeName> CodeNames { get; init; } = [];

    /// <summary>The value in money of a number of points (smallest unit); 0 when points cannot pay.</summary>
    public decimal WorthOf(long points) => Conversion?.Worth(points).Amount ?? 0m;
}

/// <summary>When the shell raises the events that only time brings.</summary>
/// <param name="ExpiringDays"><c>points.expiring</c>: so many days before the last day.</param>
/// <param name="LapsingDays"><c>customer.lapsing</c>: after so many days without a purchase.</param>
public sealed record Occasions(int ExpiringDays = 14, int LapsingDays = 60);

/// <summary>A tier of the programme.</summary>
/// <param name="Key">Its permanent key: <c>gold</c>.</param>
/// <param name="Name">What customers see.</param>
/// <param name="Benefits">What it gives, in plain words.</param>
public sealed record Tier(string Key, LocalizedText Name, LocalizedText? Benefits = null);

/// <summary>What people call a code.</summary>
/// <param name="Code">As it stands in purchases and conditions: <c>drinks/coffee</c>.</param>
/// <param name="Name">What customers and staff read.</param>
public sealed record CodeName(string Code, LocalizedText Name);

/// <summary>A declared activity.</summary>
/// <param name="Name">Its name without the prefix <c>custom.</c></param>
/// <param name="Label">What staff see.</param>
/// <param name="Fields">Its fields.</param>
public sealed record CustomActivity(string Name, LocalizedText Label, ImmutableArray<EventField> Fields);

/// <summary>What effects and conditions on amounts look at.</summary>
public enum Basis
{
    /// <summary>What earlier effects left.</summary>
    Running,

    /// <summary>The prices before any rule.</summary>
    Initial,
}

/// <summary>Which side of a percentage is rounded: on each line, and once on the sum for the order and for delivery.</summary>
public enum LineRounding
{
    /// <summary>The discount, half up.</summary>
    Discount,

    /// <summary>The price after the discount, half up.</summary>
    Price,
}

/// <summary>What happens to the share of a line that is at its floor price.</summary>
public enum FloorOverflow
{
    /// <summary>The other lines take it.</summary>
    Redistribute,

    /// <summary>It is dropped.</summary>
    Drop,
}

/// <summary>What points are earned on.</summary>
public enum EarningBasis
{
    /// <summary>The price after all discounts.</summary>
    AfterDiscounts,

    /// <summary>The price after line discounts; order discounts do not lower it.</summary>
    AfterLineDiscounts,
}

/// <summary>How several multipliers meet.</summary>
public enum MultiplierMode
{
    /// <summary>One after the other: 2 and 3 give 6.</summary>
    Multiply,

    /// <summary>The largest alone.</summary>
    Largest,

    /// <summary>Their extra parts add up: 2 and 3 give 4.</summary>
    Add,
}

/// <summary>The order in which effects are applied.</summary>
public enum EffectOrder
{
    /// <summary>Phase by phase; inside a phase lane, priority, rule id.</summary>
    Phases,

    /// <summary>Lane, priority, rule id alone; a rule's effects stay together. Stored value, points and the rest still come last.</summary>
    PriorityOnly,
}

/// <summary>How prices and points are reckoned. Every setting is the product's default.</summary>
public sealed record Reckoning
{
    /// <summary>What effects work on, unless a rule says otherwise.</summary>
    public Basis Basis { get; init; }

    /// <summary>The order of effects.</summary>
    public EffectOrder Order { get; init; }

    /// <summary>Who gets the left-over units of an allocation.</summary>
    public RemainderMethod Remainder { get; init; }

    /// <summary>Which side of a line discount is rounded.</summary>
    public LineRounding LineRounding { get; init; }

    /// <summary>What a line at its floor cannot take.</summary>
    public FloorOverflow FloorOverflow { get; init; }

    /// <summary>What points are earned on.</summary>
    public EarningBasis EarningBasis { get; init; }

    /// <summary>How points are rounded, unless a rule says otherwise.</summary>
    public PointsRounding PointsRounding { get; init; }

    /// <summary>How several multipliers meet.</summary>
    public MultiplierMode Multipliers { get; init; }
}

/// <summary>How the rules of a group meet.</summary>
public enum GroupMode
{
    /// <summary>All apply.</summary>
    All,

    /// <summary>The one that gives the customer most.</summary>
    Best,

    /// <summary>The first that changes something.</summary>
    First,

    /// <summary>All, in whichever order gives the lowest total; at most 6 rules.</summary>
    BestOrder,
}

/// <summary>A group of rules.</summary>
/// <param name="Name">The name that rules refer to.</param>
/// <param name="Mode">How they meet.</param>
public sealed record StackingGroup(string Name, GroupMode Mode);
