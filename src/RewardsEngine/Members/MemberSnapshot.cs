using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace RewardsEngine.Members;

/// <summary>Everything about a member that a decision may read, as it stood when the activity was decided.</summary>
public sealed record MemberSnapshot
{
    /// <summary>The member.</summary>
    public required MemberId Id { get; init; }

    /// <summary>When the member joined (UTC).</summary>
    public required DateTime Joined { get; init; }

    /// <summary>Raised by every change; the commit fails when it has moved on.</summary>
    public long Version { get; init; }

    /// <summary>The key of the current tier; null when the programme has none.</summary>
    public string? Tier { get; init; }

    /// <summary>Keys of the segments the member is in.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>Keys of the consents that are given now.</summary>
    public IReadOnlyList<string> Consents { get; init; } = [];

    /// <summary><c>id</c> or <c>en</c>.</summary>
    public string? Language { get; init; }

    /// <summary>The day of birth.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Where the member lives.</summary>
    public string? City { get; init; }

    /// <summary>The country, ISO 3166 two letters.</summary>
    public string? Country { get; init; }

    /// <summary>The company, for business customers.</summary>
    public string? Company { get; init; }

    /// <summary>Keys of interests.</summary>
    public IReadOnlyList<string> Interests { get; init; } = [];

    /// <summary>Further profile fields by name.</summary>
    public IReadOnlyDictionary<string, FieldValue> Attributes { get; init; } = new Dictionary<string, FieldValue>();

    /// <summary>The points.</summary>
    public PointsSnapshot Points { get; init; } = new();

    /// <summary>Sales so far; cancelled and fully returned ones are not counted.</summary>
    public History Purchases { get; init; } = History.None;

    /// <summary>Visits so far.</summary>
    public History Visits { get; init; } = History.None;

    /// <summary>Redemptions so far.</summary>
    public History Redemptions { get; init; } = History.None;

    /// <summary>Complaints so far.</summary>
    public History Complaints { get; init; } = History.None;

    /// <summary>How often and with how many points each rule already answered this member.</summary>
    public IReadOnlyList<RuleUse> RuleUses { get; init; } = [];

    /// <summary>Points from all rules by day in the programme's zone, for caps over all rules; oldest first.</summary>
    public IReadOnlyList<UsedOnDay> EarnedByDay { get; init; } = [];

    /// <summary>A person who has not joined: no tier, no points, no history.</summary>
    public static MemberSnapshot Guest(DateTime at) => new() { Id = default, Joined = at };
}

/// <summary>A member's points in the wallet's smallest unit.</summary>
public sealed record PointsSnapshot
{
    /// <summary>Active and unexpired, not held. Debt is not yet taken off.</summary>
    public long Available { get; init; }

    /// <summary>Earned, not yet active.</summary>
    public long Pending { get; init; }

    /// <summary>Reserved for redemptions.</summary>
    public long Held { get; init; }

    /// <summary>Owed after a refund of points that were already spent.</summary>
    public long Debt { get; init; }

    /// <summary>What counts for the tier.</summary>
    public long Qualifying { get; init; }
}

/// <summary>What happened so far, of one kind.</summary>
/// <param name="Count">How often, ever.</param>
/// <param name="Total">The money of it, ever.</param>
/// <param name="Quantity">The units of it, ever.</param>
/// <param name="First">The first time (UTC).</param>
/// <param name="Last">The latest time (UTC).</param>
/// <param name="Recent">Single entries, oldest first, reaching back at least as far as the longest window that a live rule asks for.</param>
public sealed record History(long Count, decimal Total, long Quantity, DateTime? First, DateTime? Last, IReadOnlyList<HistoryEntry> Recent)
{
    /// <summary>Nothing happened yet.</summary>
    public static History None { get; } = new(0, 0m, 0, null, null, []);
}

/// <summary>One entry of a history.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Total">The money of it.</param>
/// <param name="Quantity">The units of it.</param>
public sealed record HistoryEntry(DateTime At, decimal Total, long Quantity);

/// <summary>The uses of one rule by one member.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Uses">How often, ever.</param>
/// <param name="Points">Points awarded, ever.</param>
/// <param name="Days">By day in the programme's zone, oldest first, as far back as the rule's limits and caps reach.</param>
public sealed record RuleUse(RuleId Rule, long Uses, long Points, IReadOnlyList<UsedOnDay> Days);

/// <summary>Uses and points of one day.</summary>
/// <param name="Day">The day in the programme's zone.</param>
/// <param name="Uses">How often.</param>
/// <param name="Points">Points awarded.</param>
public sealed record UsedOnDay(DateOnly Day, long Uses, long Points);
