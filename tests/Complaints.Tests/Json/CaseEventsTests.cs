using System.Text.Json;
using Complaints.Cases;
using Complaints.Json;
using Complaints.Timing;

namespace Complaints.Tests.Json;

public sealed class CaseEventsTests
{
    private static readonly DateTime At = new(2026, 9, 7, 2, 0, 0, DateTimeKind.Utc);
    private static readonly CaseId Other = new(Guid.Parse("0190a000-0000-7000-8000-000000000002"));
    private static readonly Decision Decided = new([new(1, Outcome.PartlyUpheld, "secret")], [Remedy.OfRefund(25000, "IDR", "secret"), Remedy.OfPoints(50, "secret")], "other", "manager-1");

    private static readonly CaseEvent[] OneOfEach =
    [
        new CaseSubmitted(At, Actor.Customer("member-secret"), "ABCD-EFGH", Channel.Web, "id", "service", "secret", "secret", "secret", "secret", [Guid.Empty], new(1, "office", 1), Other),
        new CaseAcknowledged(At, Actor.Portal), new MessageAdded(At, Actor.Customer("member-secret", "agent-1"), Channel.Phone, "secret", [Guid.Empty]), new NoteAdded(At, A.Agent, "secret"),
        new CaseAssessed(At, A.Agent, A.OrdinaryAssessment, [new(1, "secret")]), new CaseAssigned(At, A.Manager, "agent-1", "seniors"), new InvestigationStarted(At, A.Agent),
        new CaseRouted(At, Actor.Portal, Other.Value, "seniors first", "seniors", "agent-1", Priority.High, ["vip"]),
        new CustomerAsked(At, A.Agent), new ThirdPartyAsked(At, A.Agent, "secret", "secret"), new InvestigationResumed(At, A.Agent, "secret"), new ReminderSent(At, Actor.Portal, 2),
        new NoAnswerRecorded(At, Actor.Portal), new DecisionSent(At, A.Agent, Decided), new DecisionAccepted(At, A.Customer), new DecisionDisputed(At, A.Customer),
        new SecondReviewStarted(At, A.OtherAgent), new FinalDecisionSent(At, A.OtherAgent, Decided), new RemedyDelivered(At, A.Agent, "secret", [new("secret", new(2026, 9, 30), "Kopi", "Coffee")]), new CaseClosed(At, A.Agent, "other"),
        new CaseWithdrawn(At, A.Customer, "secret"), new MarkedDuplicate(At, A.Agent, Other), new DuplicateAbsorbed(At, A.Agent, Other, At), new MarkedOutOfScope(At, A.Agent, "secret", "The bank", "other"),
        new CaseReopened(At, A.Customer), new CaseRated(At, A.Customer, 5, 1), new CaseLinked(At, Actor.Portal, "member-secret", LinkProof.ProvenEmail),
        new DatePromised(At, A.Agent, At.AddDays(1), "secret"), new VisitScheduled(At, A.Agent, At.AddDays(1), "Budi"), new VisitReported(At, A.Agent, "secret"),
        new VisitConfirmed(At, A.Customer, true), new RulesChanged(At, Actor.Portal, new(2, "office", 3)), new ClockBreached(At, Actor.Portal, new(ClockKind.Decision, 2), At),
        new ClockStopped(At, A.Agent, new(ClockKind.NextReply, 1), null, false), new EscalationRaised(At, Actor.Portal, new(ClockKind.FirstReply, 1), "first-reply-soon"),
    ];

    [Fact]
    public void Every_kind_of_event_is_stored_and_read_back()
    {
        Assert.Equal(CaseEvents.TypeNames, OneOfEach.Select(e => CaseEvents.ToJson(e).Type).Order(StringComparer.Ordinal));
        Assert.All(OneOfEach, e =>
        {
            var stored = CaseEvents.ToJson(e);
            var read = CaseEvents.FromJson(stored);
            Assert.Equal(e.GetType(), read.GetType());
            Assert.Equal(stored, CaseEvents.ToJson(read));
            Assert.Equal(DateTimeKind.Utc, read.At.Kind);
        });
    }

    [Fact]
    public void Every_kind_of_event_of_the_library_has_a_stored_form() =>
        Assert.Equal(
            typeof(CaseEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CaseEvent))).Select(t => t.Name).Order(),
            OneOfEach.Select(e => e.GetType().Name).Order());

    [Fact]
    public void Erasure_leaves_nothing_that_people_wrote_and_keeps_what_statistics_need()
    {
        Assert.Contains("secret", CaseEvents.ToJson(OneOfEach[0]).Payload);
        Assert.All(OneOfEach, e => Assert.DoesNotContain("secret", CaseEvents.ToJson(e.Erased()).Payload));
        var decision = (DecisionSent)new DecisionSent(At, A.Agent, Decided).Erased();
        Assert.Equal(("other", Outcome.PartlyUpheld, 50L), (decision.Decision.RootCause, decision.Decision.Outcome, decision.Decision.Points));
    }

    [Fact]
    public void The_stored_form_is_the_released_one() => Assert.Equal(
        """{"clock":{"kind":"decision","number":2},"due":"2026-09-07T02:00:00Z","at":"2026-09-07T02:00:00Z","by":{"kind":"system","id":""}}""",
        CaseEvents.ToJson(new ClockBreached(At, Actor.Portal, new(ClockKind.Decision, 2), At)).Payload);

    [Fact]
    public void What_a_later_release_wrote_is_refused_and_not_guessed()
    {
        Assert.Throws<NotSupportedException>(() => CaseEvents.FromJson(new("closed", 2, "{}")));
        Assert.Throws<NotSupportedException>(() => CaseEvents.FromJson(new("unheard-of", 1, "{}")));
        Assert.Throws<JsonException>(() => CaseEvents.FromJson(new("closed", 1, "null")));
    }
}
