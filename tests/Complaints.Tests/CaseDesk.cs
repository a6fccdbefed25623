using Complaints.Calendars;
using Complaints.Cases;
using Complaints.Timing;

namespace Complaints.Tests;

/// <summary>One case under test, with a clock that only the test moves.</summary>
internal sealed class CaseDesk
{
    public CaseDesk(string submitted = "2026-09-07 09:00", WorkingCalendar? calendar = null, ServicePolicy? policy = null, string? member = null)
    {
        Calendar = calendar ?? A.Calendar();
        Policy = policy ?? ServicePolicy.Default();
        Now = Calendar.At(submitted);
        var result = CaseMachine.Submit(new(Guid.Parse("0190a000-0000-7000-8000-000000000001")),
            new(CaseReference.From(1), Channel.Web, "en", "service", "I waited for an hour.", MemberId: member), Context(A.Customer));
        Case = result.Changed!;
    }

    public WorkingCalendar Calendar { get; set; }
    public ServicePolicy Policy { get; set; }
    public DateTime Now { get; set; }
    public Case Case { get; private set; }

    public CaseDesk AtTime(string local)
    {
        Now = Calendar.At(local);
        return this;
    }

    public CaseContext Context(Actor by, int? expected = null) => new(Now, by, Policy, Calendar, expected);

    public CaseResult Try(CaseCommand command, Actor by, int? expected = null) => CaseMachine.Apply(Case, command, Context(by, expected));

    public CaseDesk Do(CaseCommand command, Actor by)
    {
        var result = Try(command, by);
        Assert.True(result.Succeeded, result.Refusal?.Detail);
        Assert.Equal(Case.Version + result.NewEvents.Count, result.Changed!.Version);
        Case = result.Changed!;
        return this;
    }

    public CaseDesk Tick()
    {
        Case = CaseMachine.Tick(Case, Context(Actor.Portal)).Changed!;
        return this;
    }

    public CaseDesk UseRules(WorkingCalendar? calendar = null, ServicePolicy? policy = null)
    {
        var (nextCalendar, nextPolicy) = (calendar ?? Calendar, policy ?? Policy);
        Do(new UseRules(new(nextPolicy.Version, nextCalendar.Id, nextCalendar.Version)), Actor.Portal);
        (Calendar, Policy) = (nextCalendar, nextPolicy);
        return this;
    }

    public void Refuses(CaseRefusalCode code, CaseCommand command, Actor by)
    {
        var result = Try(command, by);
        Assert.False(result.Succeeded);
        Assert.Equal(code, result.Refusal!.Code);
        Assert.Empty(result.NewEvents);
        Assert.Null(result.Changed);
    }

    public CaseDesk Investigating() => Do(new Acknowledge(), Actor.Portal).Do(new Assess(A.OrdinaryAssessment), A.Agent).Do(new StartInvestigation(), A.Agent);

    public CaseDesk Decided(params Remedy[] remedies) => Investigating().Do(new SendDecision(A.Decision(remedies: remedies)), A.Agent);

    public ClockReading Clock(ClockKind kind, int number = 1) => Clocks.Of(Case, Policy, Calendar, Now).Single(c => c.Id == new ClockId(kind, number));

    public string Due(ClockKind kind, int number = 1) => Calendar.Local(Clock(kind, number).Due);
}
