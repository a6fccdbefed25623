using System.Text.Json.Serialization;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions;

/// <summary>A sale as it was decided, with what has come back of it so far.</summary>
/// <param name="Decision">The stored decision of the sale.</param>
/// <param name="Returned">Returned so far, line by line; lines without a return may be missing.</param>
public sealed record Sale(Decision Decision, IReadOnlyList<LineReturn> Returned);

/// <summary>What came back of one line.</summary>
/// <param name="LineId">The line of the sale.</param>
/// <param name="Quantity">Units; 0 when only money came back.</param>
/// <param name="Amount">Money.</param>
public sealed record LineReturn(string LineId, int Quantity, decimal Amount);

/// <summary>What a refund leads to.</summary>
public sealed record RefundDecision
{
    /// <summary>The refund's reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The sale; null when there is none.</summary>
    public string? PurchaseReference { get; init; }

    /// <summary>What comes back of each line now, already returned units left out.</summary>
    public IReadOnlyList<LineReturn> Lines { get; init; } = [];

    /// <summary>The money given back.</summary>
    public decimal Amount { get; init; }

    /// <summary>With this refund everything of the sale is back; it was not before.</summary>
    public bool WholeSaleReturned { get; init; }

    /// <summary>What the shell has to do.</summary>
    public IReadOnlyList<RefundEffect> Effects { get; init; } = [];

    /// <summary>Why nothing or less happens; null when everything asked for came back.</summary>
    public RefundReason? Reason { get; init; }

    /// <summary>All points to take back.</summary>
    public long PointsReversed() => Effects.OfType<ReversePoints>().Sum(reverse => reverse.Points);
}

/// <summary>Why a refund does less than asked.</summary>
public enum RefundReason
{
    /// <summary>No sale matches.</summary>
    NoMatchingSale,

    /// <summary>Everything asked for had come back before.</summary>
    AlreadyReturned,

    /// <summary>Some of it had come back before.</summary>
    PartlyReturnedBefore,
}

/// <summary>One thing that the shell has to do because of a refund.</summary>
/// <param name="Rule">The rule that gave it at the sale.</param>
/// <param name="Version">Its version at the sale.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ReversePoints), "reverse_points")]
[JsonDerivedType(typeof(RevokeVouchers), "revoke_vouchers")]
[JsonDerivedType(typeof(ReleaseCode), "release_code")]
[JsonDerivedType(typeof(ReleaseVoucher), "release_voucher")]
[JsonDerivedType(typeof(ReleaseUse), "release_use")]
[JsonDerivedType(typeof(ReturnBudget), "return_budget")]
[JsonDerivedType(typeof(ReturnStock), "return_stock")]
public abstract record RefundEffect(RuleId Rule, int Version);

/// <summary>Take points back from the lot that the rule's award made.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version at the sale.</param>
/// <param name="Points">How many, in the wallet's smallest unit.</param>
/// <param name="Qualifying">How many qualifying points.</param>
/// <param name="Lines">By line of the sale.</param>
public sealed record ReversePoints(RuleId Rule, int Version, long Points, long Qualifying, IReadOnlyList<LinePoints> Lines) : RefundEffect(Rule, Version);

/// <summary>Take back the vouchers that the sale issued, as far as they are unused.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version at the sale.</param>
public sealed record RevokeVouchers(RuleId Rule, int Version) : RefundEffect(Rule, Version);

/// <summary>Give the use of a code back.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version at the sale.</param>
/// <param name="Code">The code.</param>
public sealed record ReleaseCode(RuleId Rule, int Version, string Code) : RefundEffect(Rule, Version);

/// <summary>Give the use of a voucher back.</summary>
/// <param name="Rule">The rule that stands for it.</param>
/// <param name="Version">Its version at the sale.</param>
/// <param name="Code">The voucher's code.</param>
public sealed record ReleaseVoucher(RuleId Rule, int Version, string Code) : RefundEffect(Rule, Version);

/// <summary>Count uses of a rule back.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version at the sale.</param>
/// <param name="Uses">How many.</param>
/// <param name="Points">Points given with them.</param>
/// <param name="ForEveryone">The limit over everyone too.</param>
public sealed record ReleaseUse(RuleId Rule, int Version, long Uses, long Points, bool ForEveryone) : RefundEffect(Rule, Version);

/// <summary>Give back to the rule's budget.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version at the sale.</param>
/// <param name="Spend">Discounts.</param>
/// <param name="Points">Points, in the wallet's smallest unit.</param>
/// <param name="Uses">Uses.</param>
public sealed record ReturnBudget(RuleId Rule, int Version, decimal Spend, long Points, long Uses) : RefundEffect(Rule, Version);

/// <summary>Items that were given away come back.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version at the sale.</param>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">Units.</param>
public sealed record ReturnStock(RuleId Rule, int Version, string Sku, long Quantity) : RefundEffect(Rule, Version);
