using Complaints.Calendars;

namespace Complaints.Timing;

/// <summary>How a clock stands.</summary>
public enum ClockStatus
{
    /// <summary>Time runs.</summary>
    Running,
    /// <summary>It stands still: a question is with the customer.</summary>
    Paused,
    /// <summary>What it waited for came in time.</summary>
    Met,
    /// <summary>The due date passed first. Stays so for ever.</summary>
    Breached,
    /// <summary>The case ended first.</summary>
    Ended,
}

/// <summary>One run of a clock, read at one moment.</summary>
/// <param name="Id">Which run.</param>
/// <param name="Status">How it stands.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Target">Working time promised under the rules now in force.</param>
/// <param name="Due">When it is or was due; null while paused, and when the case ended during a pause.</param>
/// <param name="StoppedAt">When it stopped; null while open.</param>
/// <param name="PausedSince">Since when it stands still; null otherwise.</param>
/// <param name="Paused">Working time it stood still so far.</param>
/// <param name="Remaining">Working time left; negative by as much as it is late; zero once stopped.</param>
/// <param name="Pauses">When it stood still.</param>
/// <param name="BreachRecorded">Whether the history already holds the breach.</param>
public sealed record ClockReading(ClockId Id, ClockStatus Status, DateTime StartedAt, TimeSpan Target, DateTime? Due, DateTime? StoppedAt,
    DateTime? PausedSince, TimeSpan Paused, TimeSpan Remaining, IReadOnlyList<Pause> Pauses, bool BreachRecorded)
{
    /// <summary>What it waits for.</summary>
    public ClockKind Kind => Id.Kind;

    /// <summary>Whether it still waits.</summary>
    public bool IsOpen => StoppedAt is null;
}
