using Complaints.Calendars;
using Complaints.Cases;
using Complaints.Timing;

namespace Portal.Features.Complaints;

/// <summary>
/// What the clocks of a case measured, beside its row so that reports are sums in the database. Of each clock the first run
/// counts; working minutes, pauses left out. Nothing personal: it stays after erasure.
/// </summary>
public sealed class CaseFigures
{
    public DateTime? AcknowledgedAt { get; set; }
    public DateTime? FirstReplyAt { get; set; }
    public DateTime? DecidedAt { get; set; }
    public int? AcknowledgeMinutes { get; set; }
    public int? FirstReplyMinutes { get; set; }
    public int? DecisionMinutes { get; set; }

    /// <summary>Within the target; false also while open and past it; null while undecided or when the case ended first.</summary>
    public bool? AcknowledgeMet { get; set; }

    public bool? FirstReplyMet { get; set; }
    public bool? DecisionMet { get; set; }

    /// <summary>Answers to further messages of the customer.</summary>
    public int RepliesMet { get; set; }

    public int RepliesMissed { get; set; }
    public bool Disputed { get; set; }
    public int Reopenings { get; set; }
    public int? ProcessRating { get; set; }
    public int? OutcomeRating { get; set; }

    /// <summary>Points promised by the decision that stands.</summary>
    public long Points { get; set; }

    internal static CaseFigures Of(Case @case, IReadOnlyList<ClockReading> clocks, WorkingCalendar calendar)
    {
        var acknowledge = Read(@case, clocks, ClockKind.Acknowledge, calendar, e => e is CaseAcknowledged or DecisionSent or MessageAdded { By.Kind: not ActorKind.Customer });
        var reply = Read(@case, clocks, ClockKind.FirstReply, calendar, e => e is DecisionSent or MessageAdded { By.IsStaff: true });
        var decision = Read(@case, clocks, ClockKind.Decision, calendar, e => e is DecisionSent);
        return new()
        {
            AcknowledgedAt = acknowledge.At,
            FirstReplyAt = reply.At,
            DecidedAt = decision.At,
            AcknowledgeMinutes = acknowledge.Minutes,
            FirstReplyMinutes = reply.Minutes,
            DecisionMinutes = decision.Minutes,
            AcknowledgeMet = acknowledge.Met,
            FirstReplyMet = reply.Met,
            DecisionMet = decision.Met,
            RepliesMet = clocks.Count(c => c is { Kind: ClockKind.NextReply, Status: ClockStatus.Met }),
            RepliesMissed = clocks.Count(c => c is { Kind: ClockKind.NextReply, Status: ClockStatus.Breached }),
            Disputed = @case.History.Any(e => e is DecisionDisputed),
            Reopenings = @case.History.Count(e => e is CaseReopened),
            ProcessRating = @case.Rating?.Process,
            OutcomeRating = @case.Rating?.Outcome,
            Points = @case.Decision?.Points ?? 0,
        };
    }

    // A clock that ended with the case never reached what it waited for, missed or not.
    private static (DateTime? At, int? Minutes, bool? Met) Read(
        Case @case, IReadOnlyList<ClockReading> clocks, ClockKind kind, WorkingCalendar calendar, Func<CaseEvent, bool> reaches)
    {
        var clock = clocks.First(c => c.Kind == kind);
        bool? met = clock.Status switch { ClockStatus.Met => true, ClockStatus.Breached => false, _ => null };
        if (clock.StoppedAt is not { } stopped || @case.History.FirstOrDefault(reaches)?.At != stopped)
            return (null, null, met);
        var minutes = calendar.WorkingTimeBetween(clock.StartedAt, stopped, clock.Pauses).TotalMinutes;
        return (stopped, (int)Math.Min(int.MaxValue, minutes), met);
    }
}
