using Complaints.Cases;
using Complaints.Timing;

namespace Complaints.Tests.Simulation;

/// <summary>What a person did, reduced to what a clock could care about.</summary>
internal enum Deed
{
    Submitted, Acknowledged, CustomerWrote, AgentWrote, PortalWrote, AskedCustomer, StoppedWaiting, Decided, FinallyDecided, Accepted, Disputed, Reminded, NoAnswer, Ended, Reopened, PriorityChanged, RulesChanged, Nothing,
}

/// <summary>One run of a clock in the simulator.</summary>
internal sealed class SlowClock(ClockKind kind, int number, int start, bool review)
{
    public ClockKind Kind => kind;
    public int Number => number;
    public int Start => start;
    public bool Review => review;
    public List<(int From, int? To)> Pauses { get; } = [];
    public int? Stop { get; set; }
    public int? Due { get; set; }
    public ClockStatus Status { get; set; } = ClockStatus.Running;
    public bool Missed => Status == ClockStatus.Breached;
}

/// <summary>
/// The independent simulator: an own account of the seven rules of the clocks, counting every due date minute by minute.
/// </summary>
internal sealed class SlowClocks(World world)
{
    private Priority _priority = Priority.Normal;

    /// <summary>What the customer has to do: since when, and whether it is a question (else a verdict).</summary>
    private (int Since, bool Question)? _awaited;
    private int _reminders;
    private int? _lastReminder;

    public List<SlowClock> Clocks { get; } = [];
    public int Calendar { get; set; }
    public required ServicePolicy Policy { get; set; }

    public MinuteTable Table => world.Tables[Calendar];

    public bool Awaited => _awaited is not null;

    /// <summary>When the portal may write again, or give up after the last reminder.</summary>
    public int? NextReminder => _awaited is { } awaited ? Table.WorkingDaysLater(_lastReminder ?? awaited.Since, Policy.ReminderWorkingDays) : null;

    public bool MayRemind(int minute) => _reminders < Policy.Reminders && NextReminder <= minute;

    public bool MayGiveUp(int minute) => _reminders >= Policy.Reminders && NextReminder <= minute;

    /// <summary>Notices what was missed before this minute. A missed clock keeps its date.</summary>
    public void Look(int minute)
    {
        foreach (var clock in Clocks.Where(c => c.Stop is null && !c.Missed))
        {
            clock.Due = Table.Due(clock.Start, Target(clock), clock.Pauses);
            if (clock.Due < minute) clock.Status = ClockStatus.Breached;
            else clock.Status = clock.Pauses is [.., (_, null)] ? ClockStatus.Paused : ClockStatus.Running;
        }
    }

    public void Happen(Deed deed, int minute, Priority? priority = null)
    {
        Look(minute);
        Await(deed, minute);
        switch (deed)
        {
            case Deed.Submitted or Deed.Reopened:
                foreach (var kind in new[] { ClockKind.Acknowledge, ClockKind.FirstReply, ClockKind.Decision }) Begin(kind, minute);
                if (deed == Deed.Reopened) goto case Deed.CustomerWrote;
                break;
            case Deed.CustomerWrote:
                foreach (var clock in Clocks.Where(c => c.Pauses is [.., (_, null)] && c.Stop is null)) clock.Pauses[^1] = (clock.Pauses[^1].From, minute);
                if (!Clocks.Any(c => c.Kind == ClockKind.NextReply && c.Stop is null)) Begin(ClockKind.NextReply, minute);
                break;
            case Deed.StoppedWaiting:
                foreach (var clock in Clocks.Where(c => c.Pauses is [.., (_, null)] && c.Stop is null)) clock.Pauses[^1] = (clock.Pauses[^1].From, minute);
                break;
            case Deed.PortalWrote or Deed.Acknowledged:
                Finish(minute, ClockStatus.Met, c => c.Kind == ClockKind.Acknowledge);
                break;
            case Deed.AskedCustomer or Deed.AgentWrote:
                Finish(minute, ClockStatus.Met, c => c.Kind != ClockKind.Decision);
                if (deed == Deed.AskedCustomer) Clocks.Single(c => c.Kind == ClockKind.Decision && c.Stop is null).Pauses.Add((minute, null));
                break;
            case Deed.Decided or Deed.FinallyDecided:
                Finish(minute, ClockStatus.Met, _ => true);
                break;
            case Deed.Disputed:
                Begin(ClockKind.Decision, minute, review: true);
                goto case Deed.CustomerWrote;
            case Deed.Ended or Deed.NoAnswer:
                Finish(minute, ClockStatus.Ended, _ => true);
                break;
            case Deed.PriorityChanged:
                _priority = priority!.Value;
                break;
        }
    }

    private void Await(Deed deed, int minute)
    {
        switch (deed)
        {
            case Deed.AskedCustomer or Deed.Decided:
                (_awaited, _reminders, _lastReminder) = ((minute, deed == Deed.AskedCustomer), 0, null);
                break;
            case Deed.Reminded:
                (_reminders, _lastReminder) = (_reminders + 1, minute);
                break;
            // A message is the answer to a question; a verdict is still awaited after one.
            case Deed.CustomerWrote when _awaited is { Question: true }:
            case Deed.StoppedWaiting or Deed.Accepted or Deed.Disputed or Deed.Ended or Deed.NoAnswer or Deed.Reopened:
                _awaited = null;
                break;
        }
    }

    private void Begin(ClockKind kind, int minute, bool review = false) => Clocks.Add(new(kind, Clocks.Count(c => c.Kind == kind) + 1, minute, review));

    private void Finish(int minute, ClockStatus status, Func<SlowClock, bool> which)
    {
        foreach (var clock in Clocks.Where(c => c.Stop is null).Where(which))
        {
            clock.Stop = minute;
            if (!clock.Missed) clock.Status = status;
        }
    }

    private int Target(SlowClock clock)
    {
        var promised = Policy.Targets[_priority];
        return (int)(clock.Kind switch
        {
            ClockKind.Acknowledge => promised.Acknowledge,
            ClockKind.FirstReply => promised.FirstReply,
            ClockKind.NextReply => promised.NextReply,
            _ => clock.Review ? promised.SecondReview : promised.Decision,
        }).TotalMinutes;
    }
}
