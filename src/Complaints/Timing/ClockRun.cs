using Complaints.Calendars;
using Complaints.Cases;

namespace Complaints.Timing;

/// <summary>What the history says about one run of a clock, before any calendar is looked at.</summary>
internal sealed class ClockRun(ClockId id, DateTime startedAt, bool secondReview)
{
    public ClockId Id => id;
    public DateTime StartedAt => startedAt;
    public bool SecondReview => secondReview;
    public List<Pause> Pauses { get; } = [];
    public DateTime? StoppedAt { get; private set; }
    public bool EndedWithCase { get; private set; }
    public ClockStopped? Stop { get; private set; }
    public ClockBreached? Breach { get; private set; }

    /// <summary>All runs a history tells of, in the order in which they started.</summary>
    public static IReadOnlyList<ClockRun> Of(IEnumerable<CaseEvent> history)
    {
        var runs = new List<ClockRun>();
        foreach (var happened in history) Fold(runs, happened);
        return runs;
    }

    private static void Fold(List<ClockRun> runs, CaseEvent happened)
    {
        var at = happened.At;
        switch (happened)
        {
            case CaseSubmitted or CaseReopened:
                Start(runs, ClockKind.Acknowledge, at);
                Start(runs, ClockKind.FirstReply, at);
                Start(runs, ClockKind.Decision, at);
                break;
            case CaseAcknowledged:
                Halt(runs, at, ClockKind.Acknowledge);
                break;
            case MessageAdded { By.Kind: ActorKind.Customer }:
                Resume(runs, at);
                if (!runs.Any(r => r.Id.Kind == ClockKind.NextReply && r.StoppedAt is null)) Start(runs, ClockKind.NextReply, at);
                break;
            case MessageAdded { By.Kind: ActorKind.System }:
                Halt(runs, at, ClockKind.Acknowledge);
                break;
            case MessageAdded:
                Halt(runs, at, ClockKind.Acknowledge, ClockKind.FirstReply, ClockKind.NextReply);
                break;
            case CustomerAsked:
                foreach (var run in Open(runs, ClockKind.Decision)) run.Pauses.Add(new(at, null));
                break;
            case InvestigationResumed:
                Resume(runs, at);
                break;
            case DecisionSent or FinalDecisionSent:
                Halt(runs, at, ClockKind.Acknowledge, ClockKind.FirstReply, ClockKind.NextReply, ClockKind.Decision);
                break;
            case DuplicateAbsorbed { UnansweredSince: { } since } when !runs.Any(r => r.Id.Kind is ClockKind.FirstReply or ClockKind.NextReply && r.StoppedAt is null && r.StartedAt <= since):
                Start(runs, ClockKind.NextReply, since);
                break;
            case DecisionDisputed:
                Start(runs, ClockKind.Decision, at, secondReview: true);
                break;
            case NoAnswerRecorded or CaseClosed or CaseWithdrawn or MarkedDuplicate or MarkedOutOfScope:
                foreach (var run in runs.Where(r => r.StoppedAt is null)) (run.StoppedAt, run.EndedWithCase) = (at, true);
                break;
            case ClockBreached breach:
                runs.Single(r => r.Id == breach.Clock).Breach = breach;
                break;
            case ClockStopped stop:
                runs.Single(r => r.Id == stop.Clock).Stop = stop;
                break;
        }
    }

    private static void Start(List<ClockRun> runs, ClockKind kind, DateTime at, bool secondReview = false) =>
        runs.Add(new(new(kind, runs.Count(r => r.Id.Kind == kind) + 1), at, secondReview));

    private static void Halt(List<ClockRun> runs, DateTime at, params ReadOnlySpan<ClockKind> kinds)
    {
        foreach (var kind in kinds)
            foreach (var run in Open(runs, kind)) run.StoppedAt = at;
    }

    private static void Resume(List<ClockRun> runs, DateTime at)
    {
        foreach (var run in Open(runs, ClockKind.Decision))
            if (run.Pauses is [.., { To: null } pause]) run.Pauses[^1] = pause with { To = at };
    }

    private static IEnumerable<ClockRun> Open(List<ClockRun> runs, ClockKind kind) => runs.Where(r => r.Id.Kind == kind && r.StoppedAt is null);
}
