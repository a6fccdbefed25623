using System.Globalization;
using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>What a transfer does. The number is stored; never renumber.</summary>
public enum TransferKind
{
    /// <summary>Points awarded, free at once.</summary>
    Accrue = 1,

    /// <summary>Points awarded, waiting for the end of the return window.</summary>
    AccruePending = 2,

    /// <summary>Waiting points become free.</summary>
    Activate = 3,

    /// <summary>Points reserved.</summary>
    Hold = 4,

    /// <summary>A reservation, or the rest of one, given up.</summary>
    Release = 5,

    /// <summary>A reservation ended by its time limit.</summary>
    TimeOut = 6,

    /// <summary>Reserved points spent.</summary>
    Capture = 7,

    /// <summary>Points spent.</summary>
    Redeem = 8,

    /// <summary>Points past their last valid day.</summary>
    Expire = 9,

    /// <summary>An accrual taken back, whole or in part.</summary>
    ReverseAccrual = 10,

    /// <summary>Spent points given back.</summary>
    ReturnRedemption = 11,

    /// <summary>Points that settle what the member owes.</summary>
    RepayDebt = 12,

    /// <summary>Points given by a person.</summary>
    AdjustUp = 13,

    /// <summary>Points taken by a person.</summary>
    AdjustDown = 14,

    /// <summary>Qualifying points earned.</summary>
    Qualify = 15,

    /// <summary>Qualifying points taken back.</summary>
    Disqualify = 16,

    /// <summary>Handed over to the person's other membership.</summary>
    MoveOut = 17,

    /// <summary>Taken over from the person's other membership.</summary>
    MoveIn = 18,
}

/// <summary>Why points moved.</summary>
/// <param name="Activity">Reference of the event: purchase, refund, redemption.</param>
/// <param name="Rule">The rule that decided, if a rule did.</param>
/// <param name="RuleVersion">The version of that rule.</param>
/// <param name="Person">Who did it, if a person did.</param>
/// <param name="Reason">The person's words, or a fixed code of the process.</param>
public sealed record Cause(string? Activity = null, RuleId? Rule = null, int? RuleVersion = null, string? Person = null, string? Reason = null);

/// <summary>What every change of a wallet states about itself.</summary>
/// <param name="Reference">Unique per change; the same reference is never booked twice. The transfers are named <c>reference/1</c>, <c>reference/2</c> …</param>
/// <param name="EffectiveAt">When it counts: decides expiry and tiers.</param>
/// <param name="RecordedAt">When it was written: decides books and liability.</param>
/// <param name="Cause">Why.</param>
public sealed record Posting(string Reference, DateTime EffectiveAt, DateTime RecordedAt, Cause Cause)
{
    /// <summary>A change that counts at the moment it is written.</summary>
    public Posting(string reference, DateTime at, Cause? cause = null) : this(reference, at, at, cause ?? new Cause()) { }
}

/// <summary>One movement of points between two accounts. Never changed, never deleted; a correction is a new transfer.</summary>
public sealed record Transfer
{
    /// <summary>Unique over all transfers: operation and ordinal.</summary>
    public string Reference => string.Create(CultureInfo.InvariantCulture, $"{Operation}/{Ordinal}");

    /// <summary>The <see cref="Posting.Reference"/> of the change this is part of.</summary>
    public required string Operation { get; init; }

    /// <summary>Whose points.</summary>
    public required MemberId Member { get; init; }

    /// <summary>What it does.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>The account the points leave.</summary>
    public required Account Debit { get; init; }

    /// <summary>The account the points enter.</summary>
    public required Account Credit { get; init; }

    /// <summary>Always more than zero, in the smallest unit of the wallet.</summary>
    public required long Amount { get; init; }

    /// <summary>The lot created or taken from; for a reversal, the accrual reversed. None for qualifying points.</summary>
    public LotId? Lot { get; init; }

    /// <summary>The reservation made, spent or given up.</summary>
    public HoldId? Hold { get; init; }

    /// <summary>For a return: the <see cref="Operation"/> that spent the points.</summary>
    public string? Returns { get; init; }

    /// <summary>For an accrual: when its points become free.</summary>
    public DateTime? ActivatesAt { get; init; }

    /// <summary>For an accrual or a return with grace: when the lot expires from now on. For a hold: its time limit.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>The wallet's version after the change; orders a member's transfers together with <see cref="Ordinal"/>.</summary>
    public required long WalletVersion { get; init; }

    /// <summary>1, 2, 3 … within the change.</summary>
    public required int Ordinal { get; init; }

    /// <summary>When it counts.</summary>
    public required DateTime EffectiveAt { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTime RecordedAt { get; init; }

    /// <summary>Why.</summary>
    public required Cause Cause { get; init; }
}
