using Complaints.Calendars;
using Complaints.Timing;

namespace Complaints.Cases;

/// <summary>Why a step is refused: what a person can do differently.</summary>
public enum CaseRefusalCode
{
    /// <summary>The step does not exist in this state.</summary>
    IllegalStep,
    /// <summary>The step is not this role's to take.</summary>
    NotAllowed,
    /// <summary>Somebody else changed the case meanwhile.</summary>
    Stale,
    /// <summary>A text is missing.</summary>
    TextMissing,
    /// <summary>A point raised has no finding.</summary>
    PointUndecided,
    /// <summary>A finding names a point that was not raised, or one twice.</summary>
    UnknownPoint,
    /// <summary>A finding has no reasons.</summary>
    ReasonsMissing,
    /// <summary>The root cause is missing or not in the taxonomy.</summary>
    RootCauseUnknown,
    /// <summary>A remedy has no content: no points, no amount, no text.</summary>
    RemedyIncomplete,
    /// <summary>Points above the agent's limit need a manager.</summary>
    ApprovalRequired,
    /// <summary>The second review is another person's.</summary>
    SamePerson,
    /// <summary>Nothing was promised that could be delivered.</summary>
    NoRemedy,
    /// <summary>What was promised has not been given yet.</summary>
    RemedyNotDelivered,
    /// <summary>A disputed case is closed by a person only.</summary>
    PersonNeeded,
    /// <summary>It is too early for a reminder, or to give up waiting.</summary>
    TooEarly,
    /// <summary>Reminders are missing before a case counts as unanswered.</summary>
    RemindersMissing,
    /// <summary>All reminders have been sent.</summary>
    RemindersExhausted,
    /// <summary>Too late to reopen: a new, linked case is the way.</summary>
    ReopenWindowPassed,
    /// <summary>A case cannot be a duplicate of itself.</summary>
    SameCase,
    /// <summary>A rating is 1 to 5.</summary>
    RatingOutOfRange,
    /// <summary>It is rated already.</summary>
    AlreadyRated,
    /// <summary>The date lies in the past.</summary>
    DatePassed,
    /// <summary>There is no visit to report or confirm.</summary>
    NoVisit,
    /// <summary>It belongs to another account already.</summary>
    AlreadyLinked,
    /// <summary>An identity check needs two different right answers.</summary>
    IdentityNotChecked,
    /// <summary>Nothing would change.</summary>
    NothingChanges,
}

/// <summary>A step that was not taken.</summary>
/// <param name="Code">Why.</param>
/// <param name="State">Where the case stands.</param>
/// <param name="Detail">For logs and integrators, in English, without personal data.</param>
public sealed record CaseRefusal(CaseRefusalCode Code, CaseState State, string Detail);

/// <summary>Under which circumstances a step is taken.</summary>
/// <param name="At">Now, UTC.</param>
/// <param name="By">Who takes it.</param>
/// <param name="Policy">The policy in force for the case.</param>
/// <param name="Calendar">The calendar in force for the case.</param>
/// <param name="ExpectedVersion">The version the person has seen; null when any will do.</param>
public sealed record CaseContext(DateTime At, Actor By, ServicePolicy Policy, WorkingCalendar Calendar, int? ExpectedVersion = null)
{
    /// <summary>The version data of policy and calendar.</summary>
    public RulesInForce Rules => new(Policy.Version, Calendar.Id, Calendar.Version);
}

/// <summary>The case after a step, or why it was not taken.</summary>
public sealed record CaseResult
{
    private CaseResult(Case? @case, IReadOnlyList<CaseEvent> events, CaseRefusal? refusal) => (Changed, NewEvents, Refusal) = (@case, events, refusal);

    /// <summary>The case after the step; null when refused.</summary>
    public Case? Changed { get; }

    /// <summary>The events to append; empty when refused.</summary>
    public IReadOnlyList<CaseEvent> NewEvents { get; }

    /// <summary>Why it was not taken; null when it was.</summary>
    public CaseRefusal? Refusal { get; }

    /// <summary>Whether it was taken.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Changed))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    internal static CaseResult Of(Case @case, IReadOnlyList<CaseEvent> events) => new(@case, events, null);

    internal static CaseResult Refused(CaseRefusal refusal) => new(null, [], refusal);
}
