using System.Collections.Frozen;

namespace Complaints.Cases;

/// <summary>The steps of the complaint process.</summary>
public enum CaseStep
{
    /// <summary>Confirm the receipt.</summary>
    Acknowledge,
    /// <summary>Write to the other side.</summary>
    PostMessage,
    /// <summary>Write an internal note.</summary>
    AddNote,
    /// <summary>Set severity, priority and points.</summary>
    Assess,
    /// <summary>Give it to somebody.</summary>
    Assign,
    /// <summary>Hand out by a routing rule.</summary>
    Route,
    /// <summary>Begin the work.</summary>
    StartInvestigation,
    /// <summary>Ask the customer.</summary>
    AskCustomer,
    /// <summary>Ask somebody outside.</summary>
    AskThirdParty,
    /// <summary>Stop waiting.</summary>
    Resume,
    /// <summary>Remind the customer.</summary>
    SendReminder,
    /// <summary>State that no answer came.</summary>
    RecordNoAnswer,
    /// <summary>Send the decision.</summary>
    SendDecision,
    /// <summary>Accept it.</summary>
    Accept,
    /// <summary>Dispute it.</summary>
    Dispute,
    /// <summary>Take the second review.</summary>
    StartSecondReview,
    /// <summary>Send the final decision.</summary>
    SendFinalDecision,
    /// <summary>Give what was promised.</summary>
    DeliverRemedy,
    /// <summary>Close.</summary>
    Close,
    /// <summary>Withdraw.</summary>
    Withdraw,
    /// <summary>End as a duplicate.</summary>
    MarkDuplicate,
    /// <summary>Note a duplicate of this case.</summary>
    AbsorbDuplicate,
    /// <summary>End as out of scope.</summary>
    MarkOutOfScope,
    /// <summary>Open again.</summary>
    Reopen,
    /// <summary>Rate.</summary>
    Rate,
    /// <summary>Attach to an account.</summary>
    Link,
    /// <summary>Promise a date.</summary>
    PromiseDate,
    /// <summary>Arrange a visit.</summary>
    ScheduleVisit,
    /// <summary>Report a visit.</summary>
    ReportVisit,
    /// <summary>Confirm a visit.</summary>
    ConfirmVisit,
    /// <summary>Change policy or calendar.</summary>
    UseRules,
}

/// <summary>Where a step may be taken from, and by whom.</summary>
/// <param name="From">The states.</param>
/// <param name="By">The roles.</param>
public sealed record StepRule(FrozenSet<CaseState> From, FrozenSet<ActorKind> By);

/// <summary>The process as data: the one table that the machine and the pages' buttons read.</summary>
public static class CaseProcess
{
    private static readonly CaseState[] All = Enum.GetValues<CaseState>();
    private static readonly CaseState[] Open = [.. All.Where(s => s.IsOpen())];
    private static readonly CaseState[] Waiting = [CaseState.WaitingForCustomer, CaseState.WaitingForThirdParty];
    private static readonly CaseState[] Answerable = [CaseState.DecisionSent, CaseState.WaitingForCustomer];
    private static readonly ActorKind[] Customer = [ActorKind.Customer];
    private static readonly ActorKind[] Staff = [ActorKind.Agent, ActorKind.Manager];
    private static readonly ActorKind[] StaffOrPortal = [.. Staff, ActorKind.System];
    private static readonly ActorKind[] Anyone = Enum.GetValues<ActorKind>();

    /// <summary>The rule of each step.</summary>
    public static readonly FrozenDictionary<CaseStep, StepRule> Rules = new Dictionary<CaseStep, StepRule>
    {
        [CaseStep.Acknowledge] = Rule(StaffOrPortal, CaseState.Submitted),
        [CaseStep.PostMessage] = Rule(Anyone, Open),
        [CaseStep.AddNote] = Rule(Staff, All),
        [CaseStep.Assess] = Rule(Staff, CaseState.Acknowledged, CaseState.Assessed, CaseState.Investigating, CaseState.WaitingForCustomer,
            CaseState.WaitingForThirdParty, CaseState.Disputed, CaseState.SecondReview),
        [CaseStep.Assign] = Rule(StaffOrPortal, Open),
        [CaseStep.Route] = Rule(StaffOrPortal, Open),
        [CaseStep.StartInvestigation] = Rule(Staff, CaseState.Assessed),
        [CaseStep.AskCustomer] = Rule(Staff, CaseState.Investigating),
        [CaseStep.AskThirdParty] = Rule(Staff, CaseState.Investigating),
        [CaseStep.Resume] = Rule(Staff, Waiting),
        [CaseStep.SendReminder] = Rule(StaffOrPortal, Answerable),
        [CaseStep.RecordNoAnswer] = Rule(StaffOrPortal, Answerable),
        [CaseStep.SendDecision] = Rule(Staff, CaseState.Investigating),
        [CaseStep.Accept] = Rule(Customer, CaseState.DecisionSent),
        [CaseStep.Dispute] = Rule(Customer, CaseState.DecisionSent),
        [CaseStep.StartSecondReview] = Rule(Staff, CaseState.Disputed),
        [CaseStep.SendFinalDecision] = Rule(Staff, CaseState.SecondReview),
        [CaseStep.DeliverRemedy] = Rule(StaffOrPortal, CaseState.Accepted, CaseState.FinalDecisionSent),
        [CaseStep.Close] = Rule(StaffOrPortal, CaseState.Accepted, CaseState.FinalDecisionSent, CaseState.RemedyDelivered, CaseState.NoAnswer),
        [CaseStep.Withdraw] = Rule(Customer, Open),
        [CaseStep.MarkDuplicate] = Rule(Staff, Open),
        [CaseStep.AbsorbDuplicate] = Rule(Staff, Open),
        [CaseStep.MarkOutOfScope] = Rule(Staff, Open),
        [CaseStep.Reopen] = Rule(Customer, CaseState.Closed),
        [CaseStep.Rate] = Rule(Customer, CaseState.Accepted, CaseState.FinalDecisionSent, CaseState.RemedyDelivered, CaseState.NoAnswer, CaseState.Closed),
        [CaseStep.Link] = Rule(Anyone, All),
        [CaseStep.PromiseDate] = Rule(Staff, Open),
        [CaseStep.ScheduleVisit] = Rule(Staff, Open),
        [CaseStep.ReportVisit] = Rule(Staff, Open),
        [CaseStep.ConfirmVisit] = Rule(Customer, Open),
        [CaseStep.UseRules] = Rule(StaffOrPortal, Open),
    }.ToFrozenDictionary();

    /// <summary>The steps open to a role in a state. Further conditions of a step are checked when it is taken.</summary>
    public static IEnumerable<CaseStep> StepsFor(CaseState state, ActorKind role) =>
        Rules.Where(r => r.Value.From.Contains(state) && r.Value.By.Contains(role)).Select(r => r.Key).Order();

    private static StepRule Rule(ActorKind[] by, params CaseState[] from) => new(from.ToFrozenSet(), by.ToFrozenSet());
}
