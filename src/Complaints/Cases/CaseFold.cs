namespace Complaints.Cases;

/// <summary>What each event makes of a case. Trusts the history: only the machine decides what may happen.</summary>
internal static class CaseFold
{
    public static Case Next(Case @case, CaseEvent happened) => happened switch
    {
        CaseAcknowledged => @case with { State = CaseState.Acknowledged },
        CaseAssessed e => @case with
        {
            State = @case.State == CaseState.Acknowledged ? CaseState.Assessed : @case.State,
            Assessment = e.Assessment,
            Points = e.Points.Count > 0 ? e.Points : @case.Points,
        },
        CaseAssigned e => @case with { Assignee = e.Assignee, Team = e.Team },
        CaseRouted e => @case with
        {
            Assignee = e.Assignee ?? @case.Assignee,
            Team = e.Team ?? @case.Team,
            RoutedPriority = e.Priority ?? @case.RoutedPriority,
            Tags = [.. @case.Tags.Union(e.Tags)],
        },
        InvestigationStarted or InvestigationResumed => NotWaiting(@case) with { State = CaseState.Investigating },
        CustomerAsked e => Waiting(@case, e.At) with { State = CaseState.WaitingForCustomer },
        ThirdPartyAsked => @case with { State = CaseState.WaitingForThirdParty },
        ReminderSent e => @case with { Reminders = e.Number, LastReminderAt = e.At },
        NoAnswerRecorded => NotWaiting(@case) with { State = CaseState.NoAnswer },
        DecisionSent e => Waiting(@case, e.At) with { State = CaseState.DecisionSent, FirstDecision = e },
        DecisionAccepted => NotWaiting(@case) with { State = CaseState.Accepted },
        DecisionDisputed => NotWaiting(@case) with { State = CaseState.Disputed, WasDisputed = true },
        SecondReviewStarted => @case with { State = CaseState.SecondReview },
        FinalDecisionSent e => @case with { State = CaseState.FinalDecisionSent, FinalDecision = e },
        RemedyDelivered => @case with { State = CaseState.RemedyDelivered },
        CaseClosed e => End(@case, e.At, CaseState.Closed) with { EndCause = e.RootCause },
        CaseWithdrawn e => End(@case, e.At, CaseState.Withdrawn) with { EndCause = RootCauses.Withdrawn },
        MarkedOutOfScope e => End(@case, e.At, CaseState.OutOfScope) with { EndCause = e.RootCause },
        MarkedDuplicate e => End(@case, e.At, CaseState.Duplicate) with { DuplicateOf = e.Of },
        CaseReopened => @case with
        {
            State = CaseState.Reopened,
            ClosedAt = null,
            FirstDecision = null,
            FinalDecision = null,
            EndCause = null,
            WasDisputed = false,
            Promise = null,
            Rating = null,
        },
        CaseRated e => @case with { Rating = e },
        CaseLinked e => @case with { MemberId = e.MemberId },
        DatePromised e => @case with { Promise = e },
        VisitScheduled e => @case with { Visit = e, VisitReport = null, VisitConfirmed = null },
        VisitReported e => @case with { VisitReport = e },
        VisitConfirmed e => @case with { VisitConfirmed = e.Confirmed },
        RulesChanged e => @case with { Rules = e.Rules },
        _ => @case,
    };

    private static Case Waiting(Case @case, DateTime since) => @case with { WaitingSince = since, Reminders = 0, LastReminderAt = null };

    private static Case NotWaiting(Case @case) => @case with { WaitingSince = null, Reminders = 0, LastReminderAt = null };

    private static Case End(Case @case, DateTime at, CaseState state) => NotWaiting(@case) with { State = state, ClosedAt = at };
}
