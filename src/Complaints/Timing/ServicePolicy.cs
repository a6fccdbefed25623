using Complaints.Cases;

namespace Complaints.Timing;

/// <summary>What is promised, in working time.</summary>
/// <param name="Acknowledge">Until the receipt is confirmed.</param>
/// <param name="FirstReply">Until a person first replies.</param>
/// <param name="NextReply">Until a person replies to a further message.</param>
/// <param name="Decision">Until the decision.</param>
/// <param name="SecondReview">From the dispute until the final decision.</param>
public sealed record ClockTargets(TimeSpan Acknowledge, TimeSpan FirstReply, TimeSpan NextReply, TimeSpan Decision, TimeSpan SecondReview);

/// <summary>When an escalation level is skipped.</summary>
public enum EscalationCondition
{
    /// <summary>Never.</summary>
    Always,
    /// <summary>When somebody has the case.</summary>
    Unassigned,
    /// <summary>Unless the priority is high or immediate.</summary>
    HighPriority,
}

/// <summary>What an escalation level does.</summary>
public enum EscalationAction
{
    /// <summary>Alerts whoever has the case.</summary>
    AlertAssignee,
    /// <summary>Alerts the team.</summary>
    AlertTeam,
    /// <summary>Alerts the managers.</summary>
    AlertManager,
    /// <summary>Writes to the customer before the date, even when nothing changed.</summary>
    TellCustomer,
}

/// <summary>One escalation level.</summary>
/// <param name="Key">Permanent key; a level fires once for each run of its clock.</param>
/// <param name="Clock">The clock it follows.</param>
/// <param name="Offset">Working time before (negative) or after the due date, pauses included in the due date.</param>
/// <param name="Condition">When it is skipped.</param>
/// <param name="Action">What it does.</param>
public sealed record EscalationLevel(string Key, ClockKind Clock, TimeSpan Offset, EscalationCondition Condition, EscalationAction Action)
{
    /// <summary>Whether it waits for working hours: alerts to staff do, a message to the customer does not.</summary>
    public bool WaitsForWorkingHours => Action != EscalationAction.TellCustomer;
}

/// <summary>The programme's promises and limits for complaints. A change is a new version.</summary>
public sealed record ServicePolicy
{
    /// <summary>1 for the first, growing by one.</summary>
    public required int Version { get; init; }

    /// <summary>What is promised, by priority.</summary>
    public required IReadOnlyDictionary<Priority, ClockTargets> Targets { get; init; }

    /// <summary>What is promised for a category instead, by priority; priorities that are missing follow <see cref="Targets"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<Priority, ClockTargets>> CategoryTargets { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<Priority, ClockTargets>>();

    /// <summary>What is promised for a category and priority.</summary>
    public ClockTargets TargetsFor(string? category, Priority priority) =>
        category is not null && CategoryTargets.TryGetValue(category, out var own) && own.TryGetValue(priority, out var targets) ? targets : Targets[priority];

    /// <summary>How long after closing the customer may reopen, in days.</summary>
    public int ReopenDays { get; init; } = 30;

    /// <summary>Working days before a reminder, and from the last reminder until the case counts as unanswered.</summary>
    public int ReminderWorkingDays { get; init; } = 3;

    /// <summary>Reminders before a case counts as unanswered.</summary>
    public int Reminders { get; init; } = 2;

    /// <summary>Points an agent may promise without a manager.</summary>
    public long AgentPointsLimit { get; init; } = 500;

    /// <summary>Working time by which a missed date is moved for the customer when staff promised no other.</summary>
    public TimeSpan Extension { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Codes of the root causes.</summary>
    public IReadOnlyList<string> RootCauses { get; init; } = DefaultRootCauses;

    /// <summary>Escalation levels.</summary>
    public IReadOnlyList<EscalationLevel> Escalations { get; init; } = DefaultEscalations;

    /// <summary>A taxonomy to start with.</summary>
    public static readonly IReadOnlyList<string> DefaultRootCauses =
        ["product-quality", "service-behaviour", "waiting-time", "price-or-billing", "points-or-voucher", "delivery", "information", "system-fault", "misunderstanding", "other"];

    /// <summary>Levels to start with.</summary>
    public static readonly IReadOnlyList<EscalationLevel> DefaultEscalations =
    [
        new("first-reply-unassigned", ClockKind.FirstReply, TimeSpan.FromHours(-2), EscalationCondition.Unassigned, EscalationAction.AlertTeam),
        new("first-reply-soon", ClockKind.FirstReply, TimeSpan.FromHours(-1), EscalationCondition.Always, EscalationAction.AlertAssignee),
        new("first-reply-missed", ClockKind.FirstReply, TimeSpan.Zero, EscalationCondition.Always, EscalationAction.AlertManager),
        new("next-reply-missed", ClockKind.NextReply, TimeSpan.Zero, EscalationCondition.Always, EscalationAction.AlertTeam),
        new("first-reply-customer", ClockKind.FirstReply, TimeSpan.FromMinutes(-30), EscalationCondition.Always, EscalationAction.TellCustomer),
        new("next-reply-customer", ClockKind.NextReply, TimeSpan.FromMinutes(-30), EscalationCondition.Always, EscalationAction.TellCustomer),
        new("decision-customer", ClockKind.Decision, TimeSpan.FromHours(-4), EscalationCondition.Always, EscalationAction.TellCustomer),
        new("decision-soon", ClockKind.Decision, TimeSpan.FromHours(-8), EscalationCondition.Always, EscalationAction.AlertAssignee),
        new("decision-missed", ClockKind.Decision, TimeSpan.Zero, EscalationCondition.Always, EscalationAction.AlertManager),
    ];

    /// <summary>A policy to start with: an eight-hour working day is assumed.</summary>
    public static ServicePolicy Default(int version = 1) => new()
    {
        Version = version,
        Targets = new Dictionary<Priority, ClockTargets>
        {
            [Priority.Immediate] = Hours(1, 1, 1, 8, 8),
            [Priority.High] = Hours(1, 4, 4, 24, 24),
            [Priority.Normal] = Hours(1, 8, 8, 40, 40),
            [Priority.Low] = Hours(1, 16, 16, 80, 80),
        },
    };

    private static ClockTargets Hours(int acknowledge, int first, int next, int decision, int review) => new(
        TimeSpan.FromHours(acknowledge), TimeSpan.FromHours(first), TimeSpan.FromHours(next), TimeSpan.FromHours(decision), TimeSpan.FromHours(review));
}
