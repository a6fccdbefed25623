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
    /// <summary>What the voucher is good for, for a voucher; otherwise null.</summary>
    public VoucherTerms? Voucher { get; init; }

    /// <summary>A voucher.</summary>
    public static Remedy OfVoucher(VoucherTerms terms) => new(RemedyKind.Voucher, 0, 0, null, "") { Voucher = terms };

    /// <summary>Points from the ledger.</summary>
    public static Remedy OfPoints(long points, string text = "") => new(RemedyKind.Points, points, 0, null, text);

    /// <summary>Money back.</summary>
    public static Remedy OfRefund(decimal amount, string currency, string text = "") => new(RemedyKind.Refund, 0, amount, currency, text);

    /// <summary>Anything else.</summary>
    public static Remedy Of(RemedyKind kind, string text) => new(kind, 0, 0, null, text);
}

/// <summary>What a voucher is good for: a reward of the catalogue, an amount or a percentage off; exactly one of them.</summary>
/// <param name="ValidDays">How many days it can be used, the day it is given included.</param>
/// <param name="Reward">Key of the reward.</param>
/// <param name="Amount">The amount off; otherwise 0.</param>
/// <param name="Currency">ISO code of the amount.</param>
/// <param name="Percent">The percentage off; otherwise 0.</param>
/// <param name="NameId">What it is called in Indonesian.</param>
/// <param name="NameEn">What it is called in English.</param>
/// <param name="Worth">What it is worth in points, against the agent's limit; null when that cannot be said.</param>
public sealed record VoucherTerms(
    int ValidDays, string? Reward = null, decimal Amount = 0, string? Currency = null, decimal Percent = 0, string NameId = "", string NameEn = "", long? Worth = null)
{
    /// <summary>The longest time a voucher is given for.</summary>
    public const int MostDays = 366;

    /// <summary>Whether it says one thing, and for how long.</summary>
    public bool IsComplete =>
        ValidDays is >= 1 and <= MostDays && Amount >= 0 && Percent is >= 0 and <= 100 && (Amount == 0 || Currency is { Length: 3 })
        && (Reward is { Length: > 0 } ? 1 : 0) + (Amount > 0 ? 1 : 0) + (Percent > 0 ? 1 : 0) == 1;
}

/// <summary>A voucher that was given.</summary>
/// <param name="Code">What is shown at the till or counter.</param>
/// <param name="ValidTo">The last day on which it can be used, in the programme's zone.</param>
/// <param name="NameId">What it is called in Indonesian.</param>
/// <param name="NameEn">What it is called in English.</param>
public sealed record GivenVoucher(string Code, DateOnly ValidTo, string NameId, string NameEn);

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

    /// <summary>Points promised and what vouchers are worth in points; null when that cannot be said.</summary>
    public long? Compensation => Remedies.Where(r => r.Voucher is not null).Aggregate((long?)Points, (sum, r) => checked(sum + r.Voucher!.Worth));

    /// <summary>Whether a manager has to approve it: more than the limit, or nobody can say how much.</summary>
    public bool NeedsApproval(long limit) => Compensation is not { } points || points > limit;

    /// <summary>Whether something has to be delivered before the case closes.</summary>
    public bool HasRemedy => Remedies.Count > 0;
}
