using Complaints.Cases;
using Complaints.Timing;

namespace Complaints.Tests.Simulation;

/// <summary>A case driven by chance, in the library and in the simulator side by side.</summary>
internal sealed class RandomHistory
{
    private static readonly CaseId Id = new(Guid.Parse("0190a000-0000-7000-8000-000000000009"));
    private readonly World _world;
    private readonly Random _chance;
    private readonly ServicePolicy[] _policies;

    public RandomHistory(World world, int seed)
    {
        (_world, _chance) = (world, new Random(seed));
        _policies = [Policy(1), Policy(2), Policy(3)];
        Slow = new(world) { Policy = _policies[0], Calendar = _chance.Next(world.Calendars.Count) };
        Minute = _chance.Next(12 * 1440);
        Case = CaseMachine.Submit(Id, new("X", Channel.Web, "en", "service", "It broke."), Context(A.Customer)).Changed!;
        Slow.Happen(Deed.Submitted, Minute);
        for (var step = _chance.Next(3, 22); step > 0; step--) Step();
        Minute += Gap();
        Slow.Look(Minute);
    }

    public Case Case { get; private set; }
    public SlowClocks Slow { get; }
    public int Minute { get; private set; }

    public IReadOnlyList<ClockReading> Clocks => global::Complaints.Timing.Clocks.Of(Case, Slow.Policy, _world.Calendars[Slow.Calendar], Slow.Table.At(Minute));

    public DateTime? NextReminderAt => CaseMachine.NextReminderAt(Case, Context(Actor.Portal));

    private CaseContext Context(Actor by) => new(Slow.Table.At(Minute), by, Slow.Policy, _world.Calendars[Slow.Calendar]);

    private void Step()
    {
        Minute += Gap();
        var (command, by, deed) = Choose();
        if (command is null)
        {
            Case = CaseMachine.Tick(Case, Context(by)).Changed!;
            Slow.Happen(Deed.Nothing, Minute);
            return;
        }
        var before = Case.State;
        var result = CaseMachine.Apply(Case, command, Context(by));
        if (command is SendReminder) Assert.Equal(Slow.MayRemind(Minute), result.Succeeded);
        if (command is RecordNoAnswer) Assert.Equal(Slow.MayGiveUp(Minute), result.Succeeded);
        if (!result.Succeeded) return;
        Case = result.Changed;
        if (before == CaseState.Submitted && deed == Deed.AgentWrote) Slow.Happen(Deed.Acknowledged, Minute);
        Slow.Happen(deed, Minute, (command as Assess)?.Assessment.Prioritise().Priority ?? (command as RouteCase)?.Priority);
        if (command is UseRules use) (Slow.Policy, Slow.Calendar) = (_policies[use.Rules.PolicyVersion - 1], use.Rules.CalendarVersion - 1);
    }

    private (CaseCommand? Command, Actor By, Deed Deed) Choose() => _chance.Next(24) switch
    {
        0 => (null, Actor.Portal, Deed.Nothing),
        1 => (new PostMessage(Channel.Phone, "Hello?"), Actor.Customer(recordedBy: "agent-2"), Deed.CustomerWrote),
        2 => (new PostMessage(Channel.Web, "We look at it."), A.Agent, Deed.AgentWrote),
        3 => (new PostMessage(Channel.Email, "Still on it."), Actor.Portal, Deed.PortalWrote),
        4 => (new Assess(RandomAssessment()), A.Agent, Deed.PriorityChanged),
        5 => (RandomRules(), Actor.Portal, Deed.RulesChanged),
        6 => (new Assign($"agent-{_chance.Next(3)}", "team"), A.Manager, Deed.Nothing),
        7 => (new AddNote("A note."), A.Agent, Deed.Nothing),
        8 when _chance.Next(4) == 0 => (new WithdrawCase("Solved."), A.Customer, Deed.Ended),
        9 when _chance.Next(4) == 0 => (new MarkOutOfScope("Not ours.", "The bank", "other"), A.Agent, Deed.Ended),
        10 when Case.Assessment is null => (new RouteCase(Guid.Empty, "rule", "team", null, (Priority)_chance.Next(4), ["tag"]), Actor.Portal, Deed.PriorityChanged),
        // The portal looks every so often, too early as well, and at last a few days later.
        >= 10 and < 20 when Slow.Awaited => Nudge(),
        _ => Forward(),
    };

    private (CaseCommand?, Actor, Deed) Nudge()
    {
        if (_chance.Next(3) > 0) Minute = Math.Max(Minute, Slow.NextReminder!.Value - 1 + _chance.Next(3));
        return _chance.Next(2) == 0 ? (new SendReminder(), Actor.Portal, Deed.Reminded) : (new RecordNoAnswer(), Actor.Portal, Deed.NoAnswer);
    }

    private (CaseCommand?, Actor, Deed) Forward() => Case.State switch
    {
        CaseState.Submitted => (new Acknowledge(), Actor.Portal, Deed.Acknowledged),
        CaseState.Acknowledged => (new Assess(RandomAssessment()), A.Agent, Deed.PriorityChanged),
        CaseState.Assessed => (new StartInvestigation(), A.Agent, Deed.Nothing),
        CaseState.Investigating => _chance.Next(4) switch
        {
            0 => (new SendDecision(A.Decision()), A.Agent, Deed.Decided),
            1 => (new AskThirdParty("courier", ""), A.Agent, Deed.Nothing),
            _ => (new AskCustomer(Channel.Web, "Which one?"), A.Agent, Deed.AskedCustomer),
        },
        CaseState.WaitingForCustomer => _chance.Next(3) == 0
            ? (new ResumeInvestigation(""), A.Agent, Deed.StoppedWaiting)
            : (new PostMessage(Channel.Email, "The blue one."), A.Customer, Deed.CustomerWrote),
        CaseState.WaitingForThirdParty => (new ResumeInvestigation(""), A.Agent, Deed.StoppedWaiting),
        CaseState.DecisionSent => _chance.Next(2) == 0
            ? (new AcceptDecision(), A.Customer, Deed.Accepted)
            : (new DisputeDecision(Channel.Web, "No."), A.Customer, Deed.Disputed),
        CaseState.Disputed => (new StartSecondReview(), A.OtherAgent, Deed.Nothing),
        CaseState.SecondReview => (new SendFinalDecision(A.Decision()), A.OtherAgent, Deed.FinallyDecided),
        CaseState.Closed => (new ReopenCase(Channel.Web, "Again."), A.Customer, Deed.Reopened),
        _ => (new CloseCase("other"), A.Agent, Deed.Ended),
    };

    private UseRules RandomRules()
    {
        var calendar = _world.Calendars[_chance.Next(_world.Calendars.Count)];
        return new(new(_chance.Next(3) + 1, calendar.Id, calendar.Version));
    }

    private Assessment RandomAssessment() => new((Severity)_chance.Next(3), _chance.Next(8) == 0, (Impact)_chance.Next(3), (Urgency)_chance.Next(3));

    private int Gap() => _chance.Next(4) switch { 0 => 0, 1 => _chance.Next(60), 2 => _chance.Next(600), _ => _chance.Next(3 * 1440) };

    private ServicePolicy Policy(int version) => ServicePolicy.Default(version) with
    {
        ReminderWorkingDays = _chance.Next(1, 3),
        Reminders = _chance.Next(1, 3),
        Targets = Enum.GetValues<Priority>().ToDictionary(p => p, _ => new ClockTargets(Target(120), Target(900), Target(900), Target(2400), Target(2400))),
    };

    private TimeSpan Target(int most) => TimeSpan.FromMinutes(_chance.Next(1, most));
}
