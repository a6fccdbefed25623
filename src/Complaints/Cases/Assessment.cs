namespace Complaints.Cases;

/// <summary>How bad it is for the customer.</summary>
public enum Severity
{
    /// <summary>A nuisance.</summary>
    Minor,
    /// <summary>A real loss of money, time or comfort.</summary>
    Moderate,
    /// <summary>A large loss.</summary>
    Serious,
}

/// <summary>How many it concerns.</summary>
public enum Impact
{
    /// <summary>One customer.</summary>
    One,
    /// <summary>Several customers.</summary>
    Several,
    /// <summary>Many customers, or the public.</summary>
    Many,
}

/// <summary>How soon it gets worse.</summary>
public enum Urgency
{
    /// <summary>It does not get worse by waiting.</summary>
    CanWait,
    /// <summary>Within days.</summary>
    Soon,
    /// <summary>Today.</summary>
    Today,
}

/// <summary>How soon it has to be dealt with, from first to last.</summary>
public enum Priority
{
    /// <summary>Safety: at once.</summary>
    Immediate,
    /// <summary>Before others.</summary>
    High,
    /// <summary>In turn; also every case not assessed yet.</summary>
    Normal,
    /// <summary>After others.</summary>
    Low,
}

/// <summary>What was found about a complaint at first sight.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Safety">Whether somebody may be hurt.</param>
/// <param name="Impact">How many.</param>
/// <param name="Urgency">How soon.</param>
public sealed record Assessment(Severity Severity, bool Safety, Impact Impact, Urgency Urgency)
{
    /// <summary>The priority that follows: safety is immediate, otherwise the sum of the three grades (0 to 6) decides.</summary>
    public PriorityReason Prioritise()
    {
        var score = (int)Severity + (int)Impact + (int)Urgency;
        var priority = Safety ? Priority.Immediate : score >= 4 ? Priority.High : score >= 1 ? Priority.Normal : Priority.Low;
        return new(priority, Safety, (int)Severity, (int)Impact, (int)Urgency, score);
    }
}

/// <summary>A priority and how it came about.</summary>
/// <param name="Priority">The result.</param>
/// <param name="BecauseOfSafety">Whether safety alone decided.</param>
/// <param name="Severity">What severity counted, 0 to 2.</param>
/// <param name="Impact">What impact counted, 0 to 2.</param>
/// <param name="Urgency">What urgency counted, 0 to 2.</param>
/// <param name="Score">Their sum: 4 and more is high, 1 to 3 normal, 0 low.</param>
public sealed record PriorityReason(Priority Priority, bool BecauseOfSafety, int Severity, int Impact, int Urgency, int Score);

/// <summary>One thing the customer complains about.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Text">In the customer's words or a fair summary.</param>
public sealed record PointRaised(int Number, string Text);
