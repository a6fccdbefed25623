using Complaints.Timing;

namespace Complaints.Cases;

/// <summary>Something somebody wants to do with a case.</summary>
/// <param name="Step">Which step of the machine it is.</param>
public abstract record CaseCommand(CaseStep Step);

/// <summary>File a complaint.</summary>
/// <param name="Reference">From <see cref="CaseReference"/>, not used yet.</param>
/// <param name="Channel">How it came.</param>
/// <param name="Language">The customer's language.</param>
/// <param name="Category">What it is about: a code of the programme.</param>
/// <param name="Text">In the customer's words.</param>
/// <param name="DesiredRemedy">What the customer wants.</param>
/// <param name="PurchaseId">The purchase it is about.</param>
/// <param name="RewardId">The reward it is about.</param>
/// <param name="Attachments">Stored files.</param>
/// <param name="MemberId">The account, when filed while signed in.</param>
/// <param name="PreviousCase">The closed case it follows.</param>
public sealed record SubmitCase(string Reference, Channel Channel, string Language, string Category, string Text, string DesiredRemedy = "",
    string? PurchaseId = null, string? RewardId = null, IReadOnlyList<Guid>? Attachments = null, string? MemberId = null, CaseId? PreviousCase = null);

/// <summary>Confirm the receipt. The automatic mail does it.</summary>
public sealed record Acknowledge() : CaseCommand(CaseStep.Acknowledge);

/// <summary>Write to the other side. A customer's message, on any channel, ends waiting for the customer.</summary>
public sealed record PostMessage(Channel Channel, string Text, IReadOnlyList<Guid>? Attachments = null) : CaseCommand(CaseStep.PostMessage);

/// <summary>Write a note the customer never sees.</summary>
public sealed record AddNote(string Text) : CaseCommand(CaseStep.AddNote);

/// <summary>Set severity and the points raised; no points keeps those there are.</summary>
public sealed record Assess(Assessment Assessment, IReadOnlyList<PointRaised>? Points = null) : CaseCommand(CaseStep.Assess);

/// <summary>Give it to somebody or to a team.</summary>
public sealed record Assign(string? Assignee, string? Team) : CaseCommand(CaseStep.Assign);

/// <summary>Hand it out by a routing rule; nothing given leaves what there is.</summary>
public sealed record RouteCase(Guid Rule, string RuleName, string? Team, string? Assignee, Priority? Priority, IReadOnlyList<string> Tags) : CaseCommand(CaseStep.Route);

/// <summary>Begin the work.</summary>
public sealed record StartInvestigation() : CaseCommand(CaseStep.StartInvestigation);

/// <summary>Ask the customer; the decision clock stands still.</summary>
public sealed record AskCustomer(Channel Channel, string Text, IReadOnlyList<Guid>? Attachments = null) : CaseCommand(CaseStep.AskCustomer);

/// <summary>Ask somebody outside; no clock stands still.</summary>
public sealed record AskThirdParty(string Who, string Text) : CaseCommand(CaseStep.AskThirdParty);

/// <summary>Go on without waiting longer.</summary>
public sealed record ResumeInvestigation(string Reason) : CaseCommand(CaseStep.Resume);

/// <summary>Remind the customer of a question or a decision.</summary>
public sealed record SendReminder() : CaseCommand(CaseStep.SendReminder);

/// <summary>State that the customer did not answer.</summary>
public sealed record RecordNoAnswer() : CaseCommand(CaseStep.RecordNoAnswer);

/// <summary>Send the decision.</summary>
public sealed record SendDecision(Decision Decision) : CaseCommand(CaseStep.SendDecision);

/// <summary>Accept the decision.</summary>
public sealed record AcceptDecision() : CaseCommand(CaseStep.Accept);

/// <summary>Dispute the decision.</summary>
public sealed record DisputeDecision(Channel Channel, string Text, IReadOnlyList<Guid>? Attachments = null) : CaseCommand(CaseStep.Dispute);

/// <summary>Take the second review.</summary>
public sealed record StartSecondReview() : CaseCommand(CaseStep.StartSecondReview);

/// <summary>Send the decision after the second review.</summary>
public sealed record SendFinalDecision(Decision Decision) : CaseCommand(CaseStep.SendFinalDecision);

/// <summary>State that everything promised has been given; the vouchers are those that were issued with it.</summary>
public sealed record DeliverRemedy(string Note, IReadOnlyList<GivenVoucher>? Vouchers = null) : CaseCommand(CaseStep.DeliverRemedy);

/// <summary>Close. Staff who close a case without a decision say why it happened.</summary>
public sealed record CloseCase(string? RootCause = null) : CaseCommand(CaseStep.Close);

/// <summary>Withdraw the complaint.</summary>
public sealed record WithdrawCase(string Reason) : CaseCommand(CaseStep.Withdraw);

/// <summary>End it as the same as another case.</summary>
public sealed record MarkDuplicate(CaseId Of) : CaseCommand(CaseStep.MarkDuplicate);

/// <summary>Note on the case that goes on that another is the same.</summary>
public sealed record AbsorbDuplicate(CaseId Duplicate, DateTime? UnansweredSince = null) : CaseCommand(CaseStep.AbsorbDuplicate);

/// <summary>End it as not ours to decide.</summary>
public sealed record MarkOutOfScope(string Reason, string WhereToTurn, string RootCause) : CaseCommand(CaseStep.MarkOutOfScope);

/// <summary>Open a closed case again.</summary>
public sealed record ReopenCase(Channel Channel, string Text, IReadOnlyList<Guid>? Attachments = null) : CaseCommand(CaseStep.Reopen);

/// <summary>Rate process and outcome, 1 to 5 each.</summary>
public sealed record RateCase(int Process, int Outcome) : CaseCommand(CaseStep.Rate);

/// <summary>Attach it to an account. An identity check names what was asked and answered rightly, two different things at least.</summary>
public sealed record LinkCase(string MemberId, LinkProof Proof, IReadOnlyList<string>? Checks = null) : CaseCommand(CaseStep.Link);

/// <summary>Tell the customer a date.</summary>
public sealed record PromiseDate(DateTime Date, string Reason) : CaseCommand(CaseStep.PromiseDate);

/// <summary>Arrange or move a visit.</summary>
public sealed record ScheduleVisit(DateTime Visit, string Technician) : CaseCommand(CaseStep.ScheduleVisit);

/// <summary>Report what the visit brought.</summary>
public sealed record ReportVisit(string Result) : CaseCommand(CaseStep.ReportVisit);

/// <summary>Confirm the result of the visit, or not.</summary>
public sealed record ConfirmVisit(bool Confirmed) : CaseCommand(CaseStep.ConfirmVisit);

/// <summary>Measure the case by another policy or calendar from here.</summary>
public sealed record UseRules(RulesInForce Rules) : CaseCommand(CaseStep.UseRules);
