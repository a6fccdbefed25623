using Complaints.Cases;
using Complaints.Timing;

namespace Complaints.Tests.Timing;

public sealed class EscalationsTests
{
    private static readonly EscalationLevel Before = new("before", ClockKind.Decision, TimeSpan.FromHours(-1), EscalationCondition.Always, EscalationAction.AlertAssignee);
    private static readonly EscalationLevel Customer = new("customer", ClockKind.Decision, TimeSpan.FromHours(-9), EscalationCondition.Always, EscalationAction.TellCustomer);
    private static readonly EscalationLevel Missed = new("missed", ClockKind.Decision, TimeSpan.Zero, EscalationCondition.Always, EscalationAction.AlertManager);
    private static readonly EscalationLevel Nobody = new("nobody", ClockKind.Decision, TimeSpan.FromHours(-8), EscalationCondition.Unassigned, EscalationAction.AlertTeam);

    private static ServicePolicy Policy(params EscalationLevel[] levels) => ServicePolicy.Default() with { Escalations = levels };

    private static IReadOnlyList<PlannedEscalation> Planned(CaseDesk desk) =>
        Escalations.Of(desk.Case, Clocks.Of(desk.Case, desk.Policy, desk.Calendar, desk.Now), desk.Policy, desk.Calendar);

    [Fact]
    public void Levels_are_working_time_from_the_paused_due_date()
    {
        var desk = new CaseDesk("2026-09-07 09:00", policy: Policy(Before, Customer)).Investigating()
            .AtTime("2026-09-07 15:00").Do(new AskCustomer(Channel.Web, "?"), A.Agent);
        Assert.Empty(Planned(desk));
        desk.AtTime("2026-09-08 10:00").Do(new PostMessage(Channel.Web, "Yes."), A.Customer);
        Assert.Equal(["2026-09-11 11:00", "2026-09-14 11:00"], Planned(desk).Select(e => desk.Calendar.Local(e.FiresAt)));
    }

    [Fact]
    public void An_alert_to_staff_waits_for_working_hours()
    {
        var desk = new CaseDesk("2026-09-07 09:00", policy: Policy(Missed));
        var planned = Assert.Single(Planned(desk));
        Assert.Equal("2026-09-11 17:00", desk.Calendar.Local(planned.At));
        Assert.Equal("2026-09-14 09:00", desk.Calendar.Local(planned.FiresAt));
    }

    [Fact]
    public void A_level_fires_once()
    {
        var desk = new CaseDesk("2026-09-07 09:00", policy: Policy(Before)).AtTime("2026-09-11 15:59").Tick();
        Assert.Empty(desk.Case.History.OfType<EscalationRaised>());
        desk.AtTime("2026-09-11 16:00").Tick().Tick();
        Assert.Equal("before", Assert.Single(desk.Case.History.OfType<EscalationRaised>()).Level);
        Assert.Empty(Planned(desk));
    }

    [Fact]
    public void A_level_with_a_condition_is_skipped_when_it_does_not_hold()
    {
        var desk = new CaseDesk("2026-09-07 09:00", policy: Policy(Nobody));
        Assert.Single(Planned(desk));
        Assert.Empty(Planned(desk.Do(new Assign("agent-1", null), A.Manager)));
    }

    [Fact]
    public void A_level_further_ahead_than_the_clock_is_long_fires_at_the_start()
    {
        var early = Before with { Clock = ClockKind.Acknowledge, Offset = TimeSpan.FromHours(-5) };
        var desk = new CaseDesk("2026-09-07 10:00", policy: Policy(early));
        Assert.Equal("2026-09-07 10:00", desk.Calendar.Local(Assert.Single(Planned(desk)).FiresAt));
    }
}
