namespace Complaints.Cases;

/// <summary>Whether the customer was right.</summary>
public enum Outcome
{
    /// <summary>Fully.</summary>
    Upheld,
    /// <summary>In part.</summary>
    PartlyUpheld,
    /// <summary>Not.</summary>
    NotUpheld,
}

/// <summary>The finding on one point raised.</summary>
/// <param name="Point">Number of the point.</param>
/// <param name="Outcome">Whether the customer was right in it.</param>
/// <param name="Reasons">Why, for the customer.</param>
public sealed record Finding(int Point, Outcome Outcome, string Reasons);

/// <summary>How something is put right.</summary>
public enum RemedyKind
{
    /// <summary>Points, through the ledger.</summary>
    Points,
    /// <summary>A voucher.</summary>
    Voucher,
    /// <summary>Money back.</summary>
    Refund,
    /// <summary>A replacement.</summary>
    Replacement,
    /// <summary>An apology.</summary>
    Apology,
    /// <summary>Something done.</summary>
    Action,
}

/// <summary>One thing the customer gets.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Points">Number of points, for points; otherwise 0.</param>
/// <param name="Amount">The amount, for a refund; otherwise 0.</param>
/// <param name="Currency">ISO code of the amount.</param>
/// <param name="Text">What exactly, for the customer.</param>
public sealed record Remedy(RemedyKind Kind, long Points, decimal Amount, string? Currency, string Text)
{
    /// <summary>Points from the ledger.</summary>
    public static Remedy OfPoints(long points, string text = "") => new(RemedyKind.Points, points, 0, null, text);

    /// <summary>Money back.</summary>
    public static Remedy OfRefund(decimal amount, string currency, string text = "") => new(RemedyKind.Refund, 0, amount, currency, text);

    /// <summary>Anything else.</summary>
    public static Remedy Of(RemedyKind kind, string text) => new(kind, 0, 0, null, text);
}

/// <summary>A decision: a finding on every point raised, what the customer gets, and why it happened.</summary>
/// <param name="Findings">One for each point raised.</param>
/// <param name="Remedies">What the customer gets; may be empty.</param>
/// <param name="RootCause">A code of the policy's taxonomy.</param>
/// <param name="ApprovedBy">The manager who approved compensation above the agent's limit.</param>
public sealed record Decision(IReadOnlyList<Finding> Findings, IReadOnlyList<Remedy> Remedies, string RootCause, string? ApprovedBy = null)
{
    /// <summary>The outcome over all points: upheld or not when all agree, otherwise in part.</summary>
    public Outcome Outcome => Findings.Select(f => f.Outcome).Distinct().Count() == 1 ? Findings[0].Outcome : Outcome.PartlyUpheld;

    /// <summary>The sum of points promised.</summary>
    public long Points => Remedies.Where(r => r.Kind == RemedyKind.Points).Aggregate(0L, (sum, r) => checked(sum + r.Points));

    /// <summary>Whether something has to be delivered before the case closes.</summary>
    public bool HasRemedy => Remedies.Count > 0;
}
