using Complaints.Cases;
using Complaints.Timing;

namespace Complaints.Tests.Timing;

public sealed class ClocksTests
{
    [Fact]
    public void Three_clocks_start_with_the_complaint()
    {
        var desk = new CaseDesk("2026-09-07 09:00");
        Assert.Equal("2026-09-07 10:00", desk.Due(ClockKind.Acknowledge));
        Assert.Equal("2026-09-07 17:00", desk.Due(ClockKind.FirstReply));
        Assert.Equal("2026-09-11 17:00", desk.Due(ClockKind.Decision));
        Assert.Equal(3, Clocks.Of(desk.Case, desk.Policy, desk.Calendar, desk.Now).Count);
    }

    [Fact]
    public void An_automatic_message_acknowledges_but_is_no_human_reply()
    {
        var desk = new CaseDesk().Do(new PostMessage(Channel.Email, "We received it."), Actor.Portal);
        Assert.Equal(ClockStatus.Met, desk.Clock(ClockKind.Acknowledge).Status);
        Assert.Equal(ClockStatus.Running, desk.Clock(ClockKind.FirstReply).Status);
        desk.Do(new PostMessage(Channel.Web, "Hello, I am Sari."), A.Agent);
        Assert.Equal(ClockStatus.Met, desk.Clock(ClockKind.FirstReply).Status);
    }

    [Fact]
    public void The_next_reply_clock_starts_with_the_customers_message_and_never_with_the_agents()
    {
        var desk = new CaseDesk().Investigating().Do(new PostMessage(Channel.Web, "Hello."), A.Agent);
        Assert.DoesNotContain(Clocks.Of(desk.Case, desk.Policy, desk.Calendar, desk.Now), c => c.Kind == ClockKind.NextReply);
        desk.AtTime("2026-09-07 11:00").Do(new PostMessage(Channel.Web, "And?"), A.Customer).AtTime("2026-09-07 12:00").Do(new PostMessage(Channel.Web, "Well?"), A.Customer);
        Assert.Equal("2026-09-08 11:00", desk.Due(ClockKind.NextReply));
        desk.Do(new PostMessage(Channel.Web, "Here I am."), A.Agent);
        Assert.Equal(ClockStatus.Met, desk.Clock(ClockKind.NextReply).Status);
        desk.AtTime("2026-09-07 13:00").Do(new PostMessage(Channel.Web, "Thanks. When?"), A.Customer);
        Assert.Equal("2026-09-08 13:00", desk.Due(ClockKind.NextReply, 2));
    }

    [Fact]
    public void An_internal_note_replies_to_nobody()
    {
        var desk = new CaseDesk().Do(new AddNote("Looks true."), A.Agent);
        Assert.True(desk.Clock(ClockKind.FirstReply).IsOpen);
        Assert.True(desk.Clock(ClockKind.Acknowledge).IsOpen);
    }

    [Fact]
    public void Only_the_decision_clock_pauses_and_only_from_the_question_on()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Investigating().AtTime("2026-09-07 15:00").Do(new AskCustomer(Channel.Web, "Which store?"), A.Agent);
        Assert.Equal(ClockStatus.Paused, desk.Clock(ClockKind.Decision).Status);
        Assert.Null(desk.Clock(ClockKind.Decision).Due);
        Assert.Equal(TimeSpan.FromHours(34), desk.AtTime("2026-09-08 09:30").Clock(ClockKind.Decision).Remaining);
        desk.AtTime("2026-09-08 10:00").Do(new PostMessage(Channel.Phone, "Kemang."), Actor.Customer(recordedBy: "agent-2"));
        Assert.Equal("2026-09-14 12:00", desk.Due(ClockKind.Decision));
        Assert.Equal(TimeSpan.FromHours(3), desk.Clock(ClockKind.Decision).Paused);
    }

    [Fact]
    public void Waiting_for_a_third_party_stops_no_clock()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Investigating().Do(new AskThirdParty("courier", ""), A.Agent).AtTime("2026-09-08 09:00")
            .Do(new ResumeInvestigation(""), A.Agent);
        Assert.Equal("2026-09-11 17:00", desk.Due(ClockKind.Decision));
    }

    [Fact]
    public void A_late_answer_does_not_turn_a_missed_date_into_a_met_one()
    {
        var desk = new CaseDesk("2026-09-07 09:00").AtTime("2026-09-08 09:00").Do(new PostMessage(Channel.Web, "Sorry for the wait."), A.Agent);
        var clock = desk.Clock(ClockKind.FirstReply);
        Assert.Equal(ClockStatus.Breached, clock.Status);
        Assert.Equal("2026-09-07 17:00", desk.Calendar.Local(clock.Due));
        Assert.Equal(desk.Now, clock.StoppedAt);
        Assert.Equal(2, desk.Case.History.OfType<ClockBreached>().Count());
    }

    [Fact]
    public void An_answer_at_the_very_moment_it_is_due_is_in_time() =>
        Assert.Equal(ClockStatus.Met, new CaseDesk("2026-09-07 09:00").AtTime("2026-09-07 17:00").Do(new PostMessage(Channel.Web, "Hello."), A.Agent).Clock(ClockKind.FirstReply).Status);

    [Fact]
    public void A_breach_is_recorded_once_even_when_nobody_does_anything()
    {
        var desk = new CaseDesk("2026-09-07 09:00").AtTime("2026-09-07 10:01").Tick().Tick();
        var breach = Assert.Single(desk.Case.History.OfType<ClockBreached>());
        Assert.Equal(ClockKind.Acknowledge, breach.Clock.Kind);
        Assert.Equal(desk.Calendar.At("2026-09-07 10:00"), breach.Due);
    }

    [Fact]
    public void Changing_priority_policy_calendar_and_team_loses_no_pause()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Investigating()
            .AtTime("2026-09-07 15:00").Do(new AskCustomer(Channel.Web, "Which store?"), A.Agent)
            .AtTime("2026-09-08 09:15").Do(new Assess(new(Severity.Serious, false, Impact.Several, Urgency.Soon)), A.Agent)
            .Do(new Assign("agent-2", "seniors"), A.Manager)
            .UseRules(policy: ServicePolicy.Default(2))
            .UseRules(calendar: A.Calendar(version: 2, holidays: "2026-09-09"))
            .AtTime("2026-09-08 10:00").Do(new PostMessage(Channel.Email, "Kemang."), A.Customer);
        Assert.Equal(TimeSpan.FromHours(3), desk.Clock(ClockKind.Decision).Paused);
        Assert.Equal("2026-09-11 12:00", desk.Due(ClockKind.Decision));
    }

    [Fact]
    public void When_a_calendar_changes_only_open_clocks_move()
    {
        var desk = new CaseDesk("2026-09-07 09:00").AtTime("2026-09-07 10:30").Do(new PostMessage(Channel.Web, "Hello."), A.Agent)
            .UseRules(calendar: A.Calendar(version: 2, holidays: "2026-09-07"));
        Assert.Equal(ClockStatus.Breached, desk.Clock(ClockKind.Acknowledge).Status);
        Assert.Equal("2026-09-07 10:00", desk.Due(ClockKind.Acknowledge));
        Assert.Equal(ClockStatus.Met, desk.Clock(ClockKind.FirstReply).Status);
        Assert.Equal("2026-09-07 17:00", desk.Due(ClockKind.FirstReply));
        Assert.Equal("2026-09-14 17:00", desk.Due(ClockKind.Decision));
    }

    [Fact]
    public void A_dispute_starts_a_clock_for_the_final_decision()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Decided().AtTime("2026-09-08 09:00").Do(new DisputeDecision(Channel.Web, "No."), A.Customer);
        Assert.Equal("2026-09-14 17:00", desk.Due(ClockKind.Decision, 2));
        desk.Do(new StartSecondReview(), A.OtherAgent).Do(new SendFinalDecision(A.Decision()), A.OtherAgent);
        Assert.Equal(ClockStatus.Met, desk.Clock(ClockKind.Decision, 2).Status);
    }

    [Fact]
    public void The_end_of_a_case_stops_its_clocks_without_calling_them_met()
    {
        var desk = new CaseDesk().Investigating().Do(new AskCustomer(Channel.Web, "?"), A.Agent).AtTime("2026-09-07 12:00").Do(new WithdrawCase("Solved."), A.Customer);
        Assert.Equal(ClockStatus.Ended, desk.Clock(ClockKind.Decision).Status);
        Assert.DoesNotContain(Clocks.Of(desk.Case, desk.Policy, desk.Calendar, desk.Now), c => c.IsOpen);
    }

    [Fact]
    public void The_queue_sorts_by_what_breaches_next_and_leaves_out_what_stands_still()
    {
        var desk = new CaseDesk("2026-09-07 09:00");
        Assert.Equal("2026-09-07 10:00", desk.Calendar.Local(Clocks.NextDue(Clocks.Of(desk.Case, desk.Policy, desk.Calendar, desk.Now))));
        desk.Investigating().Do(new AskCustomer(Channel.Web, "?"), A.Agent);
        Assert.Null(Clocks.NextDue(Clocks.Of(desk.Case, desk.Policy, desk.Calendar, desk.Now)));
    }
}
