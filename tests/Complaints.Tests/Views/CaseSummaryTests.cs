using Complaints.Cases;
using Complaints.Timing;
using Complaints.Views;

namespace Complaints.Tests.Views;

public sealed class CaseSummaryTests
{
    private static CaseSummary Summary(CaseDesk desk) =>
        CaseSummary.For(desk.Case, Clocks.Of(desk.Case, desk.Policy, desk.Calendar, desk.Now), desk.Policy, desk.Calendar, desk.Now);

    private static (Turn, NextStep, string) Sentence(CaseDesk desk) => Summary(desk) is var s ? (s.Turn, s.NextStep, desk.Calendar.Local(s.Date)) : default;

    [Fact]
    public void The_sentence_says_whose_turn_it_is_what_comes_next_and_by_when()
    {
        var desk = new CaseDesk("2026-09-07 09:00");
        Assert.Equal((Turn.Company, NextStep.Acknowledgement, "2026-09-07 10:00"), Sentence(desk));
        Assert.Equal((Turn.Company, NextStep.FirstReply, "2026-09-07 17:00"), Sentence(desk.Do(new Acknowledge(), Actor.Portal)));
        desk.Do(new Assess(A.OrdinaryAssessment), A.Agent).Do(new StartInvestigation(), A.Agent).Do(new PostMessage(Channel.Web, "Hello."), A.Agent);
        Assert.Equal((Turn.Company, NextStep.Decision, "2026-09-11 17:00"), Sentence(desk));
        Assert.Equal((Turn.Company, NextStep.Reply, "2026-09-07 17:00"), Sentence(desk.Do(new PostMessage(Channel.Web, "And?"), A.Customer)));
        Assert.Equal((Turn.Customer, NextStep.CustomerVerdict, "none"), Sentence(desk.Do(new SendDecision(A.Decision(remedies: Remedy.OfPoints(5))), A.Agent)));
        Assert.Equal((Turn.Company, NextStep.Remedy, "none"), Sentence(desk.Do(new AcceptDecision(), A.Customer)));
        desk.Do(new DeliverRemedy(""), A.Agent).Do(new CloseCase(), A.Agent);
        Assert.Equal((Turn.Nobody, NextStep.MayReopen, "2026-10-07 09:00"), Sentence(desk));
    }

    [Fact]
    public void Waiting_for_the_customer_says_since_when_the_clock_stands_still()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Investigating().AtTime("2026-09-07 11:00").Do(new AskCustomer(Channel.Web, "Which store?"), A.Agent);
        var summary = Summary(desk.AtTime("2026-09-09 11:00"));
        Assert.Equal((Turn.Customer, NextStep.CustomerAnswer), (summary.Turn, summary.NextStep));
        Assert.Equal("2026-09-07 11:00", desk.Calendar.Local(summary.ClockStandsStillSince));
        Assert.Null(summary.Date);
    }

    [Fact]
    public void A_missed_date_is_shown_as_a_new_date_always_ahead_beside_the_old_one()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Investigating().Do(new PostMessage(Channel.Web, "Hello."), A.Agent);
        foreach (var (now, shown) in new[] { ("2026-09-14 09:00", "2026-09-14 17:00"), ("2026-09-14 16:59", "2026-09-14 17:00"), ("2026-09-15 12:00", "2026-09-15 17:00") })
        {
            var summary = Summary(desk.AtTime(now));
            Assert.Equal(shown, desk.Calendar.Local(summary.Date));
            Assert.Equal("2026-09-11 17:00", desk.Calendar.Local(summary.OriginalDate));
        }
    }

    [Fact]
    public void A_date_that_staff_promised_goes_before_the_computed_one_with_its_reason()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Investigating().Do(new PostMessage(Channel.Web, "Hello."), A.Agent)
            .AtTime("2026-09-14 09:00").Do(new PromiseDate(A.Calendar().At("2026-09-18 15:00"), "The laboratory needs four days."), A.Agent);
        var summary = Summary(desk);
        Assert.Equal("2026-09-18 15:00", desk.Calendar.Local(summary.Date));
        Assert.Equal("The laboratory needs four days.", summary.DateReason);
        Assert.Equal("2026-09-11 17:00", desk.Calendar.Local(summary.OriginalDate));
        Assert.Equal(ClockStatus.Breached, desk.Clock(ClockKind.Decision).Status);
    }

    [Fact]
    public void The_timeline_shows_what_was_what_is_and_what_comes()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Investigating().Do(new PostMessage(Channel.Web, "Hello."), A.Agent);
        var steps = CaseTimeline.Of(desk.Case, Summary(desk));
        Assert.Equal(
            [CaseState.Submitted, CaseState.Acknowledged, CaseState.Assessed, CaseState.Investigating, CaseState.DecisionSent, CaseState.Closed],
            steps.Select(s => s.State));
        Assert.Equal(CaseState.Investigating, Assert.Single(steps, s => s.Time == StepTime.Present).State);
        Assert.Equal("2026-09-11 17:00", desk.Calendar.Local(steps[4].At));
        Assert.Null(steps[5].At);
    }

    [Fact]
    public void Every_state_has_a_sentence_and_a_timeline_that_ends_where_the_case_can_end()
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            var desk = new CaseDesk();
            var standing = desk.Case with { State = state, ClosedAt = desk.Now };
            var summary = CaseSummary.For(standing, Clocks.Of(desk.Case, desk.Policy, desk.Calendar, desk.Now), desk.Policy, desk.Calendar, desk.Now);
            Assert.Equal(state.IsEnded(), summary.Turn == Turn.Nobody);
            Assert.Equal(state.IsEnded() ? StepTime.Present : StepTime.Future, CaseTimeline.Of(standing, summary)[^1].Time);
        }
    }
}
