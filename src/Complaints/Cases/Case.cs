using Complaints.Timing;

namespace Complaints.Cases;

/// <summary>A complaint as its history makes it. Never changed: a new event makes a new value.</summary>
public sealed record Case
{
    /// <summary>The key.</summary>
    public required CaseId Id { get; init; }

    /// <summary>The events in order.</summary>
    public required IReadOnlyList<CaseEvent> History { get; init; }

    /// <summary>How it came in.</summary>
    public required CaseSubmitted Submission { get; init; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; init; }

    /// <summary>Number of events: what an edit has seen.</summary>
    public int Version => History.Count;

    /// <summary>The number read aloud.</summary>
    public string Reference => Submission.Reference;

    /// <summary>The policy and calendar in force.</summary>
    public required RulesInForce Rules { get; init; }

    /// <summary>What was found at first sight; null before.</summary>
    public Assessment? Assessment { get; init; }

    /// <summary>The priority with its reason; null before the assessment.</summary>
    public PriorityReason? PriorityReason => Assessment?.Prioritise();

    /// <summary>The priority; before the assessment the one a routing rule gave, else normal.</summary>
    public Priority Priority => PriorityReason?.Priority ?? RoutedPriority ?? Priority.Normal;

    /// <summary>The priority a routing rule gave; counts until the assessment.</summary>
    public Priority? RoutedPriority { get; init; }

    /// <summary>Marks that routing rules gave.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the customer complains about, point by point.</summary>
    public required IReadOnlyList<PointRaised> Points { get; init; }

    /// <summary>Staff id of whoever has it.</summary>
    public string? Assignee { get; init; }

    /// <summary>The team that has it.</summary>
    public string? Team { get; init; }

    /// <summary>The account it belongs to.</summary>
    public string? MemberId { get; init; }

    /// <summary>Since when the customer has to answer a question or a decision; null otherwise.</summary>
    public DateTime? WaitingSince { get; init; }

    /// <summary>Reminders sent since then.</summary>
    public int Reminders { get; init; }

    /// <summary>The last of them.</summary>
    public DateTime? LastReminderAt { get; init; }

    /// <summary>The first decision of this round.</summary>
    public DecisionSent? FirstDecision { get; init; }

    /// <summary>The decision after the second review.</summary>
    public FinalDecisionSent? FinalDecision { get; init; }

    /// <summary>The decision that stands.</summary>
    public Decision? Decision => FinalDecision?.Decision ?? FirstDecision?.Decision;

    /// <summary>Why it happened, as whoever ended it without a decision said.</summary>
    public string? EndCause { get; init; }

    /// <summary>
    /// Why it happened: by the decision that stands, else as said when it ended. Null while open without a decision, and for a
    /// duplicate, which is counted with the case that goes on.
    /// </summary>
    public string? RootCause => Decision?.RootCause ?? EndCause;

    /// <summary>Whether the decision of this round was disputed.</summary>
    public bool WasDisputed { get; init; }

    /// <summary>When it was closed; null while open.</summary>
    public DateTime? ClosedAt { get; init; }

    /// <summary>The case it is the same as.</summary>
    public CaseId? DuplicateOf { get; init; }

    /// <summary>What the customer thought of it.</summary>
    public CaseRated? Rating { get; init; }

    /// <summary>The last visit arranged.</summary>
    public VisitScheduled? Visit { get; init; }

    /// <summary>What the last visit brought.</summary>
    public VisitReported? VisitReport { get; init; }

    /// <summary>Whether the customer confirmed that.</summary>
    public bool? VisitConfirmed { get; init; }

    /// <summary>The date staff last promised, with the reason.</summary>
    public DatePromised? Promise { get; init; }

    /// <summary>The vouchers given with the remedies.</summary>
    public IReadOnlyList<GivenVoucher> Vouchers => [.. History.OfType<RemedyDelivered>().SelectMany(e => e.Vouchers ?? [])];

    /// <summary>When anything last happened.</summary>
    public DateTime LastEventAt => History[^1].At;

    /// <summary>Makes a case from its stored events.</summary>
    /// <exception cref="ArgumentException">The history does not begin with the submission.</exception>
    public static Case Replay(CaseId id, IReadOnlyList<CaseEvent> history)
    {
        if (history is not [CaseSubmitted submitted, ..]) throw new ArgumentException("A history begins with the submission.", nameof(history));
        var replayed = new Case
        {
            Id = id,
            History = history,
            Submission = submitted,
            Rules = submitted.Rules,
            Points = [new(1, submitted.Text)],
            State = CaseState.Submitted,
        };
        for (var i = 1; i < history.Count; i++) replayed = CaseFold.Next(replayed, history[i]);
        return replayed;
    }

    /// <summary>The case after further events.</summary>
    public Case With(params IReadOnlyList<CaseEvent> events)
    {
        var next = this with { History = [.. History, .. events] };
        foreach (var happened in events) next = CaseFold.Next(next, happened);
        return next;
    }
}
