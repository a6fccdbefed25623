using Complaints.Cases;
using Complaints.Timing;

namespace Complaints.Tests.Cases;

public sealed class CaseMachineTests
{
    [Fact]
    public void A_complaint_goes_from_receipt_to_closing_step_by_step()
    {
        var desk = new CaseDesk();
        Assert.Equal(CaseState.Submitted, desk.Case.State);
        Assert.Equal(CaseState.Acknowledged, desk.Do(new Acknowledge(), Actor.Portal).Case.State);
        Assert.Equal(CaseState.Assessed, desk.Do(new Assess(A.OrdinaryAssessment), A.Agent).Case.State);
        Assert.Equal(CaseState.Investigating, desk.Do(new StartInvestigation(), A.Agent).Case.State);
        Assert.Equal(CaseState.WaitingForThirdParty, desk.Do(new AskThirdParty("courier", "Where is it?"), A.Agent).Case.State);
        Assert.Equal(CaseState.Investigating, desk.Do(new ResumeInvestigation("They found it."), A.Agent).Case.State);
        Assert.Equal(CaseState.WaitingForCustomer, desk.Do(new AskCustomer(Channel.Web, "Which store?"), A.Agent).Case.State);
        Assert.Equal(CaseState.Investigating, desk.Do(new PostMessage(Channel.Email, "Kemang."), A.Customer).Case.State);
        Assert.Equal(CaseState.DecisionSent, desk.Do(new SendDecision(A.Decision(remedies: Remedy.OfPoints(100))), A.Agent).Case.State);
        Assert.Equal(CaseState.Accepted, desk.Do(new AcceptDecision(), A.Customer).Case.State);
        desk.Refuses(CaseRefusalCode.RemedyNotDelivered, new CloseCase(), A.Agent);
        Assert.Equal(CaseState.RemedyDelivered, desk.Do(new DeliverRemedy("100 points"), Actor.Portal).Case.State);
        Assert.Equal(CaseState.Closed, desk.Do(new CloseCase(), Actor.Portal).Case.State);
    }

    [Fact]
    public void Every_step_outside_the_table_is_refused_and_changes_nothing()
    {
        var desk = new CaseDesk();
        var commands = new (CaseCommand Command, Actor By)[]
        {
            (new StartInvestigation(), A.Agent), (new SendDecision(A.Decision()), A.Agent), (new AcceptDecision(), A.Customer),
            (new DisputeDecision(Channel.Web, "No."), A.Customer), (new StartSecondReview(), A.OtherAgent), (new SendFinalDecision(A.Decision()), A.OtherAgent),
            (new CloseCase(), A.Agent), (new ReopenCase(Channel.Web, "Again."), A.Customer), (new DeliverRemedy(""), A.Agent), (new SendReminder(), A.Agent),
            (new RecordNoAnswer(), A.Agent), (new AskCustomer(Channel.Web, "?"), A.Agent), (new RateCase(5, 5), A.Customer),
        };
        Assert.All(commands, c => desk.Refuses(CaseRefusalCode.IllegalStep, c.Command, c.By));
        Assert.Equal(1, desk.Case.Version);
    }

    [Fact]
    public void Each_step_belongs_to_its_role()
    {
        var desk = new CaseDesk().Decided();
        desk.Refuses(CaseRefusalCode.NotAllowed, new AcceptDecision(), A.Agent);
        desk.Refuses(CaseRefusalCode.NotAllowed, new WithdrawCase("They gave up."), A.Agent);
        desk.Refuses(CaseRefusalCode.NotAllowed, new AddNote("hidden"), A.Customer);
        desk.Refuses(CaseRefusalCode.NotAllowed, new MarkOutOfScope("r", "w", "other"), Actor.Portal);
        desk.Do(new AcceptDecision(), Actor.Customer(recordedBy: "agent-1"));
    }

    [Fact]
    public void A_decision_needs_a_finding_on_every_point_with_reasons_and_a_known_root_cause()
    {
        var desk = new CaseDesk().Investigating().Do(new Assess(A.OrdinaryAssessment, [new(1, "The wait"), new(2, "The tone")]), A.Agent);
        var both = new Finding[] { new(1, Outcome.Upheld, "True."), new(2, Outcome.NotUpheld, "Not so.") };
        desk.Refuses(CaseRefusalCode.PointUndecided, new SendDecision(new([both[0]], [], "other")), A.Agent);
        desk.Refuses(CaseRefusalCode.UnknownPoint, new SendDecision(new([.. both, new(3, Outcome.Upheld, "x")], [], "other")), A.Agent);
        desk.Refuses(CaseRefusalCode.UnknownPoint, new SendDecision(new([both[0], both[0]], [], "other")), A.Agent);
        desk.Refuses(CaseRefusalCode.ReasonsMissing, new SendDecision(new([both[0], both[1] with { Reasons = " " }], [], "other")), A.Agent);
        desk.Refuses(CaseRefusalCode.RootCauseUnknown, new SendDecision(new(both, [], "")), A.Agent);
        desk.Refuses(CaseRefusalCode.RemedyIncomplete, new SendDecision(new(both, [Remedy.OfPoints(0)], "other")), A.Agent);
        desk.Do(new SendDecision(new(both, [], "other")), A.Agent);
        Assert.Equal(Outcome.PartlyUpheld, desk.Case.Decision!.Outcome);
    }

    [Fact]
    public void Points_above_the_agents_limit_need_a_manager()
    {
        var desk = new CaseDesk().Investigating();
        desk.Refuses(CaseRefusalCode.ApprovalRequired, new SendDecision(A.Decision(remedies: [Remedy.OfPoints(300), Remedy.OfPoints(201)])), A.Agent);
        desk.Refuses(CaseRefusalCode.ApprovalRequired, new SendDecision(A.Decision(approvedBy: "agent-1", remedies: Remedy.OfPoints(501))), A.Agent);
        desk.Do(new SendDecision(A.Decision(approvedBy: "manager-1", remedies: Remedy.OfPoints(501))), A.Agent);
    }

    [Fact]
    public void The_second_review_is_another_persons_and_a_disputed_case_never_closes_by_itself()
    {
        var desk = new CaseDesk().Decided().Do(new DisputeDecision(Channel.Web, "That is not what happened."), A.Customer);
        Assert.Equal(CaseState.Disputed, desk.Case.State);
        desk.Refuses(CaseRefusalCode.IllegalStep, new CloseCase(), Actor.Portal);
        desk.Refuses(CaseRefusalCode.SamePerson, new StartSecondReview(), A.Agent);
        desk.Do(new StartSecondReview(), A.OtherAgent);
        desk.Refuses(CaseRefusalCode.SamePerson, new SendFinalDecision(A.Decision()), A.Agent);
        desk.Do(new SendFinalDecision(A.Decision()), A.OtherAgent);
        desk.Refuses(CaseRefusalCode.PersonNeeded, new CloseCase(), Actor.Portal);
        Assert.Equal(CaseState.Closed, desk.Do(new CloseCase(), A.OtherAgent).Case.State);
    }

    [Fact]
    public void A_final_decision_with_a_remedy_closes_only_after_it_was_given()
    {
        var desk = new CaseDesk().Decided().Do(new DisputeDecision(Channel.Web, "No."), A.Customer).Do(new StartSecondReview(), A.OtherAgent)
            .Do(new SendFinalDecision(A.Decision(remedies: Remedy.Of(RemedyKind.Apology, "We are sorry."))), A.OtherAgent);
        desk.Refuses(CaseRefusalCode.RemedyNotDelivered, new CloseCase(), A.OtherAgent);
        desk.Do(new DeliverRemedy("Letter sent"), A.OtherAgent).Do(new CloseCase(), A.OtherAgent);
    }

    [Fact]
    public void No_answer_needs_two_reminders_each_after_its_working_days()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Investigating().AtTime("2026-09-08 10:00").Do(new AskCustomer(Channel.Web, "Which store?"), A.Agent);
        desk.Refuses(CaseRefusalCode.TooEarly, new SendReminder(), Actor.Portal);
        desk.AtTime("2026-09-11 10:00").Do(new SendReminder(), Actor.Portal);
        desk.AtTime("2026-09-15 10:00").Refuses(CaseRefusalCode.TooEarly, new SendReminder(), Actor.Portal);
        desk.Refuses(CaseRefusalCode.RemindersMissing, new RecordNoAnswer(), Actor.Portal);
        desk.AtTime("2026-09-16 10:00").Do(new SendReminder(), Actor.Portal);
        desk.Refuses(CaseRefusalCode.RemindersExhausted, new SendReminder(), Actor.Portal);
        desk.Refuses(CaseRefusalCode.TooEarly, new RecordNoAnswer(), Actor.Portal);
        desk.AtTime("2026-09-21 10:00").Do(new RecordNoAnswer(), Actor.Portal);
        Assert.Equal(CaseState.NoAnswer, desk.Case.State);
        Assert.Equal(CaseState.Closed, desk.Do(new CloseCase(), Actor.Portal).Case.State);
        Assert.Equal(RootCauses.NoAnswer, desk.Case.RootCause);
    }

    [Fact]
    public void Staff_who_end_a_case_without_a_decision_say_why_it_happened()
    {
        new CaseDesk().Refuses(CaseRefusalCode.RootCauseUnknown, new MarkOutOfScope("A bank matter.", "The bank", ""), A.Agent);
        new CaseDesk().Refuses(CaseRefusalCode.RootCauseUnknown, new MarkOutOfScope("A bank matter.", "The bank", RootCauses.Withdrawn), A.Agent);
        Assert.Equal("other", new CaseDesk().Do(new MarkOutOfScope("A bank matter.", "The bank", "other"), A.Agent).Case.RootCause);

        var desk = new CaseDesk("2026-09-07 09:00", policy: ServicePolicy.Default() with { Reminders = 0 }).Investigating().Do(new AskCustomer(Channel.Web, "Which store?"), A.Agent)
            .AtTime("2026-09-14 10:00").Do(new RecordNoAnswer(), A.Agent);
        desk.Refuses(CaseRefusalCode.RootCauseUnknown, new CloseCase(), A.Agent);
        desk.Refuses(CaseRefusalCode.RootCauseUnknown, new CloseCase(RootCauses.NoAnswer), A.Agent);
        Assert.Equal("waiting-time", desk.Do(new CloseCase("waiting-time"), A.Agent).Case.RootCause);
        Assert.Null(desk.Do(new ReopenCase(Channel.Web, "Again."), A.Customer).Case.RootCause);
    }

    [Fact]
    public void A_withdrawn_case_says_so_unless_a_decision_named_the_cause()
    {
        Assert.Equal(RootCauses.Withdrawn, new CaseDesk().Do(new WithdrawCase("Solved."), A.Customer).Case.RootCause);
        Assert.Equal("waiting-time", new CaseDesk().Decided().Do(new WithdrawCase("Solved."), A.Customer).Case.RootCause);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(501, true)]
    [InlineData(null, true)]
    public void A_voucher_counts_against_the_limit_by_what_it_is_worth(int? worth, bool needsManager)
    {
        var desk = new CaseDesk().Investigating();
        var voucher = new SendDecision(A.Decision(remedies: Remedy.OfVoucher(new(30, Reward: "espresso", Worth: worth))));
        if (needsManager)
            desk.Refuses(CaseRefusalCode.ApprovalRequired, voucher, A.Agent);
        desk.Do(voucher, needsManager ? A.Manager : A.Agent).Do(new AcceptDecision(), A.Customer)
            .Do(new DeliverRemedy("", [new("ABC", new(2026, 10, 1), "Espresso", "Espresso")]), Actor.Portal);
        Assert.Equal("ABC", Assert.Single(desk.Case.Vouchers).Code);
    }

    [Fact]
    public void A_voucher_says_one_thing_and_for_how_long() =>
        Assert.All((VoucherTerms[])[new(30), new(0, "espresso"), new(400, "espresso"), new(30, "espresso", Percent: 5), new(30, Amount: 5), new(30, Percent: 101), new(30, Amount: -1, Currency: "IDR")],
            terms => new CaseDesk().Investigating().Refuses(CaseRefusalCode.RemedyIncomplete, new SendDecision(A.Decision(remedies: Remedy.OfVoucher(terms))), A.Agent));

    [Fact]
    public void An_answer_and_a_new_question_start_the_reminders_again()
    {
        var desk = new CaseDesk().Investigating().Do(new AskCustomer(Channel.Web, "Which store?"), A.Agent)
            .AtTime("2026-09-10 10:00").Do(new SendReminder(), Actor.Portal).Do(new PostMessage(Channel.Phone, "Kemang."), Actor.Customer(recordedBy: "agent-2"));
        Assert.Null(desk.Case.WaitingSince);
        desk.Do(new AskCustomer(Channel.Web, "Which day?"), A.Agent);
        Assert.Equal(0, desk.Case.Reminders);
        desk.Refuses(CaseRefusalCode.TooEarly, new SendReminder(), Actor.Portal);
    }

    [Fact]
    public void A_decision_without_an_answer_ends_as_no_answer_too()
    {
        var desk = new CaseDesk("2026-09-07 09:00").Decided().AtTime("2026-09-10 09:00").Do(new SendReminder(), Actor.Portal)
            .AtTime("2026-09-15 09:00").Do(new SendReminder(), Actor.Portal).AtTime("2026-09-18 09:00").Do(new RecordNoAnswer(), Actor.Portal);
        Assert.Equal(CaseState.NoAnswer, desk.Case.State);
    }

    [Fact]
    public void Any_open_case_can_be_withdrawn_marked_duplicate_or_found_out_of_scope()
    {
        var other = new CaseId(Guid.Parse("0190a000-0000-7000-8000-000000000002"));
        var desks = new Func<CaseDesk>[]
        {
            () => new CaseDesk(), () => new CaseDesk().Investigating(), () => new CaseDesk().Decided(),
            () => new CaseDesk().Investigating().Do(new AskCustomer(Channel.Web, "?"), A.Agent),
        };
        foreach (var desk in desks)
        {
            Assert.Equal(CaseState.Withdrawn, desk().Do(new WithdrawCase("Solved."), A.Customer).Case.State);
            Assert.Equal(other, desk().Do(new MarkDuplicate(other), A.Agent).Case.DuplicateOf);
            Assert.Equal(CaseState.OutOfScope, desk().Do(new MarkOutOfScope("A bank matter.", "The bank's ombudsman", "other"), A.Agent).Case.State);
        }
        new CaseDesk().Refuses(CaseRefusalCode.SameCase, new MarkDuplicate(new CaseDesk().Case.Id), A.Agent);
        new CaseDesk().Refuses(CaseRefusalCode.TextMissing, new MarkOutOfScope("A bank matter.", "", "other"), A.Agent);
    }

    [Fact]
    public void A_closed_case_reopens_within_the_window_only()
    {
        var closed = new CaseDesk("2026-09-07 09:00").Decided().Do(new AcceptDecision(), A.Customer).Do(new CloseCase(), A.Agent);
        closed.AtTime("2026-10-07 09:01").Refuses(CaseRefusalCode.ReopenWindowPassed, new ReopenCase(Channel.Web, "It happened again."), A.Customer);
        closed.AtTime("2026-10-07 09:00").Do(new ReopenCase(Channel.Web, "It happened again."), A.Customer);
        Assert.Equal(CaseState.Investigating, closed.Case.State);
        Assert.Null(closed.Case.Decision);
        Assert.Equal(ClockStatus.Running, closed.Clock(ClockKind.Decision, 2).Status);
        Assert.Equal(ClockStatus.Running, closed.Clock(ClockKind.FirstReply, 2).Status);
    }

    [Fact]
    public void A_withdrawn_case_does_not_reopen() =>
        new CaseDesk().Do(new WithdrawCase(""), A.Customer).Refuses(CaseRefusalCode.IllegalStep, new ReopenCase(Channel.Web, "Back."), A.Customer);

    [Fact]
    public void Process_and_outcome_are_rated_apart_and_once()
    {
        var desk = new CaseDesk().Decided().Do(new AcceptDecision(), A.Customer);
        desk.Refuses(CaseRefusalCode.RatingOutOfRange, new RateCase(6, 1), A.Customer);
        desk.Do(new RateCase(5, 1), A.Customer);
        desk.Refuses(CaseRefusalCode.AlreadyRated, new RateCase(4, 4), A.Customer);
        Assert.Equal((5, 1), (desk.Case.Rating!.Process, desk.Case.Rating.Outcome));
    }

    [Fact]
    public void Two_people_who_saw_the_same_version_do_not_overwrite_each_other()
    {
        var desk = new CaseDesk().Investigating();
        var seen = desk.Case.Version;
        desk.Do(new PostMessage(Channel.Web, "One more thing."), A.Customer);
        var late = desk.Try(new SendDecision(A.Decision()), A.Agent, expected: seen);
        Assert.Equal(CaseRefusalCode.Stale, late.Refusal!.Code);
        Assert.True(desk.Try(new SendDecision(A.Decision()), A.Agent, expected: desk.Case.Version).Succeeded);
    }

    [Fact]
    public void Only_staff_attach_a_case_after_checking_an_identity_and_no_second_account_gets_it()
    {
        var desk = new CaseDesk();
        desk.Refuses(CaseRefusalCode.NotAllowed, new LinkCase("member-1", LinkProof.IdentityChecked), A.Customer);
        desk.Refuses(CaseRefusalCode.IdentityNotChecked, new LinkCase("member-1", LinkProof.IdentityChecked), A.Agent);
        desk.Refuses(CaseRefusalCode.IdentityNotChecked, new LinkCase("member-1", LinkProof.IdentityChecked, ["card", "card"]), A.Agent);
        desk.Do(new LinkCase("member-1", LinkProof.ProvenEmail), Actor.Portal);
        desk.Refuses(CaseRefusalCode.AlreadyLinked, new LinkCase("member-2", LinkProof.IdentityChecked), A.Agent);
        Assert.Equal("member-9", new CaseDesk(member: "member-9").Case.MemberId);
    }

    [Fact]
    public void A_visit_is_arranged_reported_and_confirmed()
    {
        var desk = new CaseDesk().Investigating();
        desk.Refuses(CaseRefusalCode.NoVisit, new ReportVisit("Repaired"), A.Agent);
        desk.Refuses(CaseRefusalCode.DatePassed, new ScheduleVisit(desk.Now, "Budi"), A.Agent);
        desk.Do(new ScheduleVisit(desk.Calendar.At("2026-09-09 10:00"), "Budi"), A.Agent);
        desk.Refuses(CaseRefusalCode.NoVisit, new ConfirmVisit(true), A.Customer);
        desk.Do(new ReportVisit("Repaired"), A.Agent).Do(new ConfirmVisit(true), A.Customer);
        Assert.True(desk.Case.VisitConfirmed);
    }

    [Fact]
    public void A_history_replays_to_the_same_case()
    {
        var desk = new CaseDesk().Decided(Remedy.OfPoints(10)).Do(new DisputeDecision(Channel.Web, "No."), A.Customer);
        var replayed = Case.Replay(desk.Case.Id, desk.Case.History);
        Assert.Equal(desk.Case with { History = [], Points = [] }, replayed with { History = [], Points = [] });
    }

    [Fact]
    public void A_history_never_runs_backwards()
    {
        var desk = new CaseDesk().AtTime("2026-09-07 10:00").Do(new Acknowledge(), Actor.Portal).AtTime("2026-09-07 09:59").Do(new Assess(A.OrdinaryAssessment), A.Agent);
        Assert.Equal(desk.Case.History.Select(e => e.At).Order(), desk.Case.History.Select(e => e.At));
    }

    [Fact]
    public void Rules_that_are_not_the_cases_are_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => new CaseDesk { Policy = ServicePolicy.Default(2) }.Try(new Acknowledge(), Actor.Portal));

    [Fact]
    public void The_table_offers_the_steps_for_buttons()
    {
        Assert.Contains(CaseStep.SendDecision, CaseProcess.StepsFor(CaseState.Investigating, ActorKind.Agent));
        Assert.DoesNotContain(CaseStep.SendDecision, CaseProcess.StepsFor(CaseState.WaitingForCustomer, ActorKind.Agent));
        Assert.Equal(Enum.GetValues<CaseStep>(), CaseProcess.Rules.Keys.Order());
    }
}
