namespace Complaints.Timing;

/// <summary>What a clock waits for.</summary>
public enum ClockKind
{
    /// <summary>That the customer is told it was received; an automatic message is enough.</summary>
    Acknowledge,
    /// <summary>The first reply by a person.</summary>
    FirstReply,
    /// <summary>A reply by a person to what the customer wrote since.</summary>
    NextReply,
    /// <summary>The decision; after a dispute, the final decision.</summary>
    Decision,
}

/// <summary>One run of a clock: a reopening, a dispute and every new customer message start another.</summary>
/// <param name="Kind">What it waits for.</param>
/// <param name="Number">1 for the first run of its kind.</param>
public readonly record struct ClockId(ClockKind Kind, int Number);

/// <summary>Which policy and calendar a case is measured by.</summary>
/// <param name="PolicyVersion">Version of the service policy.</param>
/// <param name="CalendarId">Key of the calendar.</param>
/// <param name="CalendarVersion">Version of the calendar.</param>
public sealed record RulesInForce(int PolicyVersion, string CalendarId, int CalendarVersion);
