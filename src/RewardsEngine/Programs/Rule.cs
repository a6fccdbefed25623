using RewardsEngine.Accounting;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Programs;

/// <summary>A rule: when what happens to whom gives what. A published version never changes.</summary>
public sealed record Rule
{
    /// <summary>The key over all versions.</summary>
    public required RuleId Id { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public int Version { get; init; } = 1;

    /// <summary>The name that customers and staff see.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What it promises, in the customer's words; generated from the rule when absent.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>The activity it answers: one of <see cref="Activities.ActivityTypes.Standard"/> or <c>custom.…</c></summary>
    public required string Trigger { get; init; }

    /// <summary>The condition in the expression language; null: always.</summary>
    public string? Condition { get; init; }

    /// <summary>What it gives, at least one effect.</summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>For whom.</summary>
    public Audience Audience { get; init; } = Audience.Everyone;

    /// <summary>When.</summary>
    public Schedule Schedule { get; init; } = Schedule.Always;

    /// <summary>By itself, with a code, or on request.</summary>
    public Activation Activation { get; init; } = Activation.Automatic;

    /// <summary>The stacking group.</summary>
    public string? Group { get; init; }

    /// <summary>If it applies, it applies alone: as a discount among discounts, as earning among earning rules.</summary>
    public bool Exclusive { get; init; }

    /// <summary>If it changed something, no later rule of the same kind is tried.</summary>
    public bool StopAfter { get; init; }

    /// <summary>Lanes come one after the other, lowest first.</summary>
    public int Lane { get; init; }

    /// <summary>Within a lane, highest first.</summary>
    public int Priority { get; init; }

    /// <summary>How often it may be used.</summary>
    public IReadOnlyList<UseLimit> Limits { get; init; } = [];

    /// <summary>What it may give in points.</summary>
    public IReadOnlyList<PointsCap> Caps { get; init; } = [];

    /// <summary>What it may cost altogether.</summary>
    public Budget? Budget { get; init; }

    /// <summary>What its amounts look at; null: as the programme says.</summary>
    public Basis? Basis { get; init; }

    /// <summary>What its condition looks at; null: as <see cref="Basis"/>.</summary>
    public Basis? ConditionBasis { get; init; }

    /// <summary>How its points are rounded; null: as the programme says.</summary>
    public PointsRounding? Rounding { get; init; }

    /// <summary>Days before its points become active; null: as the programme says for purchases, at once for everything else.</summary>
    public int? PendingDays { get; init; }

    /// <summary>When its points expire; null: as the programme says.</summary>
    public ExpiryPolicy? Expiry { get; init; }

    /// <summary>Its points count towards the tier.</summary>
    public bool Qualifying { get; init; } = true;

    /// <summary>A cancelled purchase gives its use back.</summary>
    public bool ReleaseUseOnCancel { get; init; } = true;

    /// <summary>The state in its life.</summary>
    public RuleStatus Status { get; init; } = RuleStatus.Live;

    /// <summary>The person or team that answers for it.</summary>
    public string? Owner { get; init; }
}

/// <summary>The life of a rule.</summary>
public enum RuleStatus
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Waiting for approval.</summary>
    InReview,

    /// <summary>Approved; its schedule has not begun.</summary>
    Scheduled,

    /// <summary>In force.</summary>
    Live,

    /// <summary>Stopped for now.</summary>
    Paused,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>For whom a rule is. All given parts must hold.</summary>
public sealed record Audience
{
    /// <summary>No restriction.</summary>
    public static Audience Everyone { get; } = new();

    /// <summary>In any of these segments.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>In any of these tiers.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>With all of these consents.</summary>
    public IReadOnlyList<string> Consents { get; init; } = [];

    /// <summary>Only this member: a personal offer.</summary>
    public MemberId? Only { get; init; }

    /// <summary>Also for buyers who are not members.</summary>
    public bool Guests { get; init; }
}

/// <summary>When a rule is in force: in the programme's zone, or in a zone of its own.</summary>
public sealed record Schedule
{
    /// <summary>No restriction.</summary>
    public static Schedule Always { get; } = new();

    /// <summary>The first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day (inclusive).</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only on these weekdays; empty: every day.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>From this time of day (inclusive).</summary>
    public TimeOnly? FromTime { get; init; }

    /// <summary>Until this time of day (exclusive); before <see cref="FromTime"/>: over midnight.</summary>
    public TimeOnly? ToTime { get; init; }

    /// <summary>The IANA zone of its days and hours; null: the programme's.</summary>
    public string? Zone { get; init; }
}

/// <summary>How a rule comes into play.</summary>
public enum ActivationKind
{
    /// <summary>By itself.</summary>
    Automatic,

    /// <summary>With one code that many may know.</summary>
    SharedCode,

    /// <summary>With one of many codes, each with its own uses, which the shell keeps.</summary>
    UniqueCodes,

    /// <summary>When the customer chooses it.</summary>
    OnRequest,
}

/// <summary>How a rule comes into play.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Code">The code of <see cref="ActivationKind.SharedCode"/>, compared without regard to case.</param>
/// <param name="Repeatable">A rule on request may be chosen several times in one purchase.</param>
public sealed record Activation(ActivationKind Kind, string? Code = null, bool Repeatable = false)
{
    /// <summary>By itself.</summary>
    public static Activation Automatic { get; } = new(ActivationKind.Automatic);
}
