using Complaints.Timing;

namespace Complaints.Cases;

/// <summary>Something that happened to a case. The list of these is the truth; everything else is computed from it.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who.</param>
public abstract record CaseEvent(DateTime At, Actor By)
{
    /// <summary>The same event without what people wrote and who the customer is: what stays after erasure.</summary>
    public virtual CaseEvent Erased() => this with { By = By.Kind == ActorKind.Customer ? By with { Id = "" } : By };
}

/// <summary>The complaint as it came in.</summary>
/// <param name="At">When.</param>
/// <param name="By">The customer, or staff for the customer.</param>
/// <param name="Reference">The number read aloud.</param>
/// <param name="Channel">How it came.</param>
/// <param name="Language">The customer's language.</param>
/// <param name="Category">What it is about: a code of the programme.</param>
/// <param name="Text">In the customer's words.</param>
/// <param name="DesiredRemedy">What the customer wants.</param>
/// <param name="PurchaseId">The purchase it is about.</param>
/// <param name="RewardId">The reward it is about.</param>
/// <param name="Attachments">Stored files.</param>
/// <param name="Rules">The policy and calendar it starts with.</param>
/// <param name="PreviousCase">The case it follows, when that one could not be reopened any more.</param>
public sealed record CaseSubmitted(DateTime At, Actor By, string Reference, Channel Channel, string Language, string Category, string Text,
    string DesiredRemedy, string? PurchaseId, string? RewardId, IReadOnlyList<Guid> Attachments, RulesInForce Rules, CaseId? PreviousCase = null) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((CaseSubmitted)base.Erased()) with { Text = "", DesiredRemedy = "", PurchaseId = null, RewardId = null, Attachments = [] };
}

/// <summary>The customer was told that it was received.</summary>
public sealed record CaseAcknowledged(DateTime At, Actor By) : CaseEvent(At, By);

/// <summary>A message the customer can read, from either side or automatic.</summary>
/// <param name="At">When.</param>
/// <param name="By">The author; <see cref="Actor.RecordedBy"/> when staff entered what the customer said.</param>
/// <param name="Channel">How it came or went.</param>
/// <param name="Text">The words.</param>
/// <param name="Attachments">Stored files.</param>
public sealed record MessageAdded(DateTime At, Actor By, Channel Channel, string Text, IReadOnlyList<Guid> Attachments) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((MessageAdded)base.Erased()) with { Text = "", Attachments = [] };
}

/// <summary>A note the customer never sees.</summary>
public sealed record NoteAdded(DateTime At, Actor By, string Text) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((NoteAdded)base.Erased()) with { Text = "" };
}

/// <summary>Severity, priority and the points raised were set, first or again.</summary>
public sealed record CaseAssessed(DateTime At, Actor By, Assessment Assessment, IReadOnlyList<PointRaised> Points) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((CaseAssessed)base.Erased()) with { Points = [.. Points.Select(p => p with { Text = "" })] };
}

/// <summary>Somebody, or a team, has it now.</summary>
public sealed record CaseAssigned(DateTime At, Actor By, string? Assignee, string? Team) : CaseEvent(At, By);

/// <summary>A routing rule matched: who gets it, how soon, and how it is marked. An assessment's priority replaces the rule's.</summary>
/// <param name="At">When.</param>
/// <param name="By">The portal, or staff who had it routed again.</param>
/// <param name="Rule">The rule's key.</param>
/// <param name="RuleName">Its name at that time.</param>
/// <param name="Team">The team; null leaves it.</param>
/// <param name="Assignee">The person; null leaves it with the team.</param>
/// <param name="Priority">Until it is assessed; null leaves it.</param>
/// <param name="Tags">Marks for the queue.</param>
public sealed record CaseRouted(DateTime At, Actor By, Guid Rule, string RuleName, string? Team, string? Assignee, Priority? Priority, IReadOnlyList<string> Tags) : CaseEvent(At, By);

/// <summary>Work began.</summary>
public sealed record InvestigationStarted(DateTime At, Actor By) : CaseEvent(At, By);

/// <summary>A question was sent to the customer; the decision clock stands still from here.</summary>
public sealed record CustomerAsked(DateTime At, Actor By) : CaseEvent(At, By);

/// <summary>Somebody outside was asked.</summary>
public sealed record ThirdPartyAsked(DateTime At, Actor By, string Who, string Text) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((ThirdPartyAsked)base.Erased()) with { Who = "", Text = "" };
}

/// <summary>Waiting ended and the work goes on: the customer or the third party answered, or staff no longer need it.</summary>
public sealed record InvestigationResumed(DateTime At, Actor By, string Reason) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((InvestigationResumed)base.Erased()) with { Reason = "" };
}

/// <summary>The customer was reminded of a question or a decision.</summary>
public sealed record ReminderSent(DateTime At, Actor By, int Number) : CaseEvent(At, By);

/// <summary>The customer did not answer after the reminders.</summary>
public sealed record NoAnswerRecorded(DateTime At, Actor By) : CaseEvent(At, By);

/// <summary>The decision was sent.</summary>
public sealed record DecisionSent(DateTime At, Actor By, Decision Decision) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((DecisionSent)base.Erased()) with { Decision = Erase(Decision) };

    internal static Decision Erase(Decision decision) => decision with
    {
        Findings = [.. decision.Findings.Select(f => f with { Reasons = "" })],
        Remedies = [.. decision.Remedies.Select(r => r with { Text = "" })],
    };
}

/// <summary>The customer accepted the decision.</summary>
public sealed record DecisionAccepted(DateTime At, Actor By) : CaseEvent(At, By);

/// <summary>The customer disputes the decision; the words are the message beside it.</summary>
public sealed record DecisionDisputed(DateTime At, Actor By) : CaseEvent(At, By);

/// <summary>Another person took the second review.</summary>
public sealed record SecondReviewStarted(DateTime At, Actor By) : CaseEvent(At, By);

/// <summary>The decision after the second review was sent.</summary>
public sealed record FinalDecisionSent(DateTime At, Actor By, Decision Decision) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((FinalDecisionSent)base.Erased()) with { Decision = Complaints.Cases.DecisionSent.Erase(Decision) };
}

/// <summary>What was promised has been given.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Note">What was done.</param>
/// <param name="Vouchers">The vouchers issued.</param>
public sealed record RemedyDelivered(DateTime At, Actor By, string Note, IReadOnlyList<GivenVoucher>? Vouchers = null) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((RemedyDelivered)base.Erased()) with { Note = "", Vouchers = null };
}

/// <summary>The case was closed.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who closed it.</param>
/// <param name="RootCause">Why it happened, when there is no decision that says so.</param>
public sealed record CaseClosed(DateTime At, Actor By, string? RootCause = null) : CaseEvent(At, By);

/// <summary>The customer withdrew it.</summary>
public sealed record CaseWithdrawn(DateTime At, Actor By, string Reason) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((CaseWithdrawn)base.Erased()) with { Reason = "" };
}

/// <summary>It is the same as another case, which goes on.</summary>
public sealed record MarkedDuplicate(DateTime At, Actor By, CaseId Of) : CaseEvent(At, By);

/// <summary>Another case was found to be the same as this one.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who found it.</param>
/// <param name="Duplicate">The other one.</param>
/// <param name="UnansweredSince">Since when the customer waits there for a reply by a person: that reply is now owed here. Null when none is.</param>
public sealed record DuplicateAbsorbed(DateTime At, Actor By, CaseId Duplicate, DateTime? UnansweredSince = null) : CaseEvent(At, By);

/// <summary>It is not ours to decide.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who said so.</param>
/// <param name="Reason">Why, for the customer.</param>
/// <param name="WhereToTurn">Who can decide it.</param>
/// <param name="RootCause">Why it happened.</param>
public sealed record MarkedOutOfScope(DateTime At, Actor By, string Reason, string WhereToTurn, string? RootCause = null) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((MarkedOutOfScope)base.Erased()) with { Reason = "" };
}

/// <summary>The customer opened it again; new clocks start.</summary>
public sealed record CaseReopened(DateTime At, Actor By) : CaseEvent(At, By);

/// <summary>The customer's opinion, of the process and of the outcome apart.</summary>
/// <param name="At">When.</param>
/// <param name="By">The customer.</param>
/// <param name="Process">1 to 5.</param>
/// <param name="Outcome">1 to 5.</param>
public sealed record CaseRated(DateTime At, Actor By, int Process, int Outcome) : CaseEvent(At, By);

/// <summary>How a case came to an account. A telephone number alone is never enough.</summary>
public enum LinkProof
{
    /// <summary>Filed while signed in.</summary>
    SignedIn,
    /// <summary>The account's email address is proven and equals the case's.</summary>
    ProvenEmail,
    /// <summary>Staff checked the person's identity.</summary>
    IdentityChecked,
}

/// <summary>The case belongs to an account from here.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="MemberId">The account.</param>
/// <param name="Proof">How it was proven.</param>
/// <param name="Checks">Codes of what staff asked and the person answered rightly.</param>
public sealed record CaseLinked(DateTime At, Actor By, string MemberId, LinkProof Proof, IReadOnlyList<string>? Checks = null) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((CaseLinked)base.Erased()) with { MemberId = "" };
}

/// <summary>Staff told the customer a date, with the reason.</summary>
public sealed record DatePromised(DateTime At, Actor By, DateTime Date, string Reason) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((DatePromised)base.Erased()) with { Reason = "" };
}

/// <summary>A visit was arranged or moved.</summary>
public sealed record VisitScheduled(DateTime At, Actor By, DateTime Visit, string Technician) : CaseEvent(At, By);

/// <summary>What the visit brought.</summary>
public sealed record VisitReported(DateTime At, Actor By, string Result) : CaseEvent(At, By)
{
    /// <inheritdoc/>
    public override CaseEvent Erased() => ((VisitReported)base.Erased()) with { Result = "" };
}

/// <summary>The customer confirmed the result of the visit, or not.</summary>
public sealed record VisitConfirmed(DateTime At, Actor By, bool Confirmed) : CaseEvent(At, By);

/// <summary>Another policy or calendar is in force for this case. No pause is lost: open clocks are computed anew from the history.</summary>
public sealed record RulesChanged(DateTime At, Actor By, RulesInForce Rules) : CaseEvent(At, By);

/// <summary>A clock ran past its due date. Never taken back.</summary>
public sealed record ClockBreached(DateTime At, Actor By, ClockId Clock, DateTime Due) : CaseEvent(At, By);

/// <summary>A clock stopped; its due date is frozen here.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who stopped it.</param>
/// <param name="Clock">Which.</param>
/// <param name="Due">What was due at that moment; null when the case ended during a pause.</param>
/// <param name="Met">True when what it waited for came; false when the case ended without it.</param>
public sealed record ClockStopped(DateTime At, Actor By, ClockId Clock, DateTime? Due, bool Met) : CaseEvent(At, By);

/// <summary>An escalation level fired.</summary>
public sealed record EscalationRaised(DateTime At, Actor By, ClockId Clock, string Level) : CaseEvent(At, By);
