namespace Complaints.Cases;

/// <summary>What one step gives: events, or a refusal.</summary>
internal readonly record struct StepOutcome(IReadOnlyList<CaseEvent> Events, CaseRefusalCode? Refusal)
{
    public static implicit operator StepOutcome(CaseRefusalCode refusal) => new([], refusal);

    public static implicit operator StepOutcome(CaseEvent happened) => new([happened], null);

    public static StepOutcome Of(params IReadOnlyList<CaseEvent> events) => new(events, null);
}

/// <summary>The conditions of each step beyond state and role, and the events it gives.</summary>
internal static class CaseSteps
{
    // One right answer may be luck or a found card.
    private const int ChecksNeeded = 2;

    public static StepOutcome Take(Case @case, CaseCommand command, CaseContext x) => command switch
    {
        Acknowledge => new CaseAcknowledged(x.At, x.By),
        PostMessage c => Post(@case, c, x),
        AddNote c => Written(c.Text, new NoteAdded(x.At, x.By, c.Text)),
        Assess c => AssessCase(c, x),
        Assign c => c.Assignee == @case.Assignee && c.Team == @case.Team ? CaseRefusalCode.NothingChanges : new CaseAssigned(x.At, x.By, c.Assignee, c.Team),
        RouteCase c => new CaseRouted(x.At, x.By, c.Rule, c.RuleName, c.Team, c.Assignee, c.Priority, c.Tags),
        StartInvestigation => new InvestigationStarted(x.At, x.By),
        AskCustomer c => Blank(c.Text) ? CaseRefusalCode.TextMissing : StepOutcome.Of(Message(x, c.Channel, c.Text, c.Attachments), new CustomerAsked(x.At, x.By)),
        AskThirdParty c => Written(c.Who, new ThirdPartyAsked(x.At, x.By, c.Who, c.Text)),
        ResumeInvestigation c => new InvestigationResumed(x.At, x.By, c.Reason),
        SendReminder => Remind(@case, x),
        RecordNoAnswer => GiveUp(@case, x),
        SendDecision c => DecisionRules.Check(@case, c.Decision, x) is { } refusal ? refusal : new DecisionSent(x.At, x.By, c.Decision),
        AcceptDecision => new DecisionAccepted(x.At, x.By),
        DisputeDecision c => Blank(c.Text) ? CaseRefusalCode.TextMissing : StepOutcome.Of(new DecisionDisputed(x.At, x.By), Message(x, c.Channel, c.Text, c.Attachments)),
        StartSecondReview => IsFirstDecider(@case, x) ? CaseRefusalCode.SamePerson : new SecondReviewStarted(x.At, x.By),
        SendFinalDecision c => IsFirstDecider(@case, x) ? CaseRefusalCode.SamePerson
            : DecisionRules.Check(@case, c.Decision, x) is { } refusal ? refusal : new FinalDecisionSent(x.At, x.By, c.Decision),
        DeliverRemedy c => @case.Decision is { HasRemedy: true } ? new RemedyDelivered(x.At, x.By, c.Note, c.Vouchers) : CaseRefusalCode.NoRemedy,
        CloseCase c => Close(@case, c, x),
        WithdrawCase c => new CaseWithdrawn(x.At, x.By, c.Reason),
        MarkDuplicate c => c.Of == @case.Id ? CaseRefusalCode.SameCase : new MarkedDuplicate(x.At, x.By, c.Of),
        AbsorbDuplicate c => c.Duplicate == @case.Id ? CaseRefusalCode.SameCase : new DuplicateAbsorbed(x.At, x.By, c.Duplicate, c.UnansweredSince),
        MarkOutOfScope c => Blank(c.Reason) || Blank(c.WhereToTurn) ? CaseRefusalCode.TextMissing
            : !x.Policy.RootCauses.Contains(c.RootCause) ? CaseRefusalCode.RootCauseUnknown
            : new MarkedOutOfScope(x.At, x.By, c.Reason, c.WhereToTurn, c.RootCause),
        ReopenCase c => Reopen(@case, c, x),
        RateCase c => Rate(@case, c, x),
        LinkCase c => Link(@case, c, x),
        PromiseDate c => c.Date <= x.At ? CaseRefusalCode.DatePassed : Written(c.Reason, new DatePromised(x.At, x.By, c.Date, c.Reason)),
        ScheduleVisit c => c.Visit <= x.At ? CaseRefusalCode.DatePassed : Written(c.Technician, new VisitScheduled(x.At, x.By, c.Visit, c.Technician)),
        ReportVisit c => @case.Visit is null ? CaseRefusalCode.NoVisit : Written(c.Result, new VisitReported(x.At, x.By, c.Result)),
        ConfirmVisit c => @case.VisitReport is null ? CaseRefusalCode.NoVisit : new VisitConfirmed(x.At, x.By, c.Confirmed),
        UseRules c => c.Rules == @case.Rules ? CaseRefusalCode.NothingChanges : new RulesChanged(x.At, x.By, c.Rules),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "A command without a step."),
    };

    private static StepOutcome Post(Case @case, PostMessage command, CaseContext x)
    {
        if (Blank(command.Text) && command.Attachments is not { Count: > 0 }) return CaseRefusalCode.TextMissing;
        var message = new MessageAdded(x.At, x.By, command.Channel, command.Text, command.Attachments ?? []);
        if (x.By.Kind == ActorKind.Customer)
            return @case.State == CaseState.WaitingForCustomer
                ? StepOutcome.Of(message, new InvestigationResumed(x.At, x.By, ""))
                : message;
        return @case.State == CaseState.Submitted ? StepOutcome.Of(new CaseAcknowledged(x.At, x.By), message) : message;
    }

    private static StepOutcome AssessCase(Assess command, CaseContext x)
    {
        var points = command.Points ?? [];
        if (points.Any(p => Blank(p.Text))) return CaseRefusalCode.TextMissing;
        if (points.Select(p => p.Number).Distinct().Count() != points.Count) return CaseRefusalCode.UnknownPoint;
        return new CaseAssessed(x.At, x.By, command.Assessment, points);
    }

    private static StepOutcome Remind(Case @case, CaseContext x)
    {
        if (@case.Reminders >= x.Policy.Reminders) return CaseRefusalCode.RemindersExhausted;
        if (x.At < CaseMachine.NextReminderAt(@case, x)) return CaseRefusalCode.TooEarly;
        return new ReminderSent(x.At, x.By, @case.Reminders + 1);
    }

    private static StepOutcome GiveUp(Case @case, CaseContext x)
    {
        if (@case.Reminders < x.Policy.Reminders) return CaseRefusalCode.RemindersMissing;
        if (x.At < CaseMachine.NextReminderAt(@case, x)) return CaseRefusalCode.TooEarly;
        return new NoAnswerRecorded(x.At, x.By);
    }

    private static StepOutcome Close(Case @case, CloseCase command, CaseContext x)
    {
        if (@case.State is CaseState.Accepted or CaseState.FinalDecisionSent && @case.Decision is { HasRemedy: true }) return CaseRefusalCode.RemedyNotDelivered;
        if (@case.WasDisputed && !x.By.IsStaff) return CaseRefusalCode.PersonNeeded;
        // A decision names its cause; without one whoever closes names it. What the portal closes by itself had no answer.
        if (@case.Decision is not null) return new CaseClosed(x.At, x.By);
        if (!x.By.IsStaff) return new CaseClosed(x.At, x.By, RootCauses.NoAnswer);
        return x.Policy.RootCauses.Contains(command.RootCause ?? "") ? new CaseClosed(x.At, x.By, command.RootCause) : CaseRefusalCode.RootCauseUnknown;
    }

    private static StepOutcome Reopen(Case @case, ReopenCase command, CaseContext x)
    {
        if (Blank(command.Text)) return CaseRefusalCode.TextMissing;
        if (x.At > @case.ClosedAt!.Value.AddDays(x.Policy.ReopenDays)) return CaseRefusalCode.ReopenWindowPassed;
        return StepOutcome.Of(new CaseReopened(x.At, x.By), Message(x, command.Channel, command.Text, command.Attachments), new InvestigationStarted(x.At, Actor.Portal));
    }

    private static StepOutcome Rate(Case @case, RateCase command, CaseContext x)
    {
        if (command.Process is < 1 or > 5 || command.Outcome is < 1 or > 5) return CaseRefusalCode.RatingOutOfRange;
        return @case.Rating is not null ? CaseRefusalCode.AlreadyRated : new CaseRated(x.At, x.By, command.Process, command.Outcome);
    }

    private static StepOutcome Link(Case @case, LinkCase command, CaseContext x)
    {
        if (@case.MemberId == command.MemberId) return CaseRefusalCode.NothingChanges;
        if (@case.MemberId is not null) return CaseRefusalCode.AlreadyLinked;
        // Only staff can have checked an identity.
        if (command.Proof == LinkProof.IdentityChecked && !x.By.IsStaff) return CaseRefusalCode.NotAllowed;
        if (command.Proof == LinkProof.IdentityChecked && (command.Checks ?? []).Distinct().Count() < ChecksNeeded) return CaseRefusalCode.IdentityNotChecked;
        return new CaseLinked(x.At, x.By, command.MemberId, command.Proof, command.Checks);
    }

    private static bool IsFirstDecider(Case @case, CaseContext x) => @case.FirstDecision!.By.Id == x.By.Id;

    private static MessageAdded Message(CaseContext x, Channel channel, string text, IReadOnlyList<Guid>? attachments) => new(x.At, x.By, channel, text, attachments ?? []);

    private static StepOutcome Written(string text, CaseEvent happened) => Blank(text) ? CaseRefusalCode.TextMissing : happened;

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);
}
