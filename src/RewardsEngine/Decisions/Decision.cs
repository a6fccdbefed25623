using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions;

/// <summary>What an activity leads to. A quote is the same decision, not stored.</summary>
public sealed record Decision
{
    /// <summary>The activity's reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The activity's type.</summary>
    public required string Activity { get; init; }

    /// <summary>The member; null for a guest.</summary>
    public MemberId? Member { get; init; }

    /// <summary>When the activity happened (UTC).</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>The version of the rule set that decided.</summary>
    public required long RuleSetVersion { get; init; }

    /// <summary>The currency of all amounts.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The lines with their prices; empty unless the activity is a purchase.</summary>
    public IReadOnlyList<PricedLine> Lines { get; init; } = [];

    /// <summary>Sums; null unless the activity is a purchase.</summary>
    public Totals? Totals { get; init; }

    /// <summary>Each discount, rule by rule in the order applied.</summary>
    public IReadOnlyList<RuleDiscount> Discounts { get; init; } = [];

    /// <summary>Items added without charge.</summary>
    public IReadOnlyList<GivenItem> FreeItems { get; init; } = [];

    /// <summary>Stored value taken, in order.</summary>
    public IReadOnlyList<TenderTaken> Tendered { get; init; } = [];

    /// <summary>Every code presented and what became of it.</summary>
    public IReadOnlyList<CodeOutcome> Codes { get; init; } = [];

    /// <summary>What the shell has to do, in order.</summary>
    public IReadOnlyList<DecidedEffect> Effects { get; init; } = [];

    /// <summary>Why.</summary>
    public required Explanation Explanation { get; init; }

    /// <summary>All points awarded.</summary>
    public long PointsAwarded() => Effects.OfType<AwardPoints>().Sum(award => award.Points);
}

/// <summary>A purchase line with its price.</summary>
/// <param name="LineId">The line.</param>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">Units.</param>
/// <param name="Gross">The price before rules.</param>
/// <param name="Discount">What rules took off.</param>
/// <param name="Net">The price to pay.</param>
/// <param name="EarningBasis">What points are earned on.</param>
/// <param name="Points">Points earned by the line.</param>
public sealed record PricedLine(string LineId, string Sku, int Quantity, decimal Gross, decimal Discount, decimal Net, decimal EarningBasis, long Points);

/// <summary>Sums of a purchase.</summary>
/// <param name="Gross">Goods before rules.</param>
/// <param name="Discount">Off the goods.</param>
/// <param name="ShippingGross">Delivery before rules.</param>
/// <param name="ShippingDiscount">Off delivery.</param>
/// <param name="Total">Goods and delivery to pay.</param>
/// <param name="Tendered">Paid with stored value.</param>
/// <param name="Payable">What is left to pay.</param>
public sealed record Totals(decimal Gross, decimal Discount, decimal ShippingGross, decimal ShippingDiscount, decimal Total, decimal Tendered, decimal Payable)
{
    /// <summary>Delivery to pay.</summary>
    public decimal Shipping() => ShippingGross - ShippingDiscount;
}

/// <summary>What one rule took off.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Lines">By line.</param>
/// <param name="Shipping">Off delivery.</param>
/// <param name="Total">Together.</param>
public sealed record RuleDiscount(RuleId Rule, int Version, IReadOnlyList<LineAmount> Lines, decimal Shipping, decimal Total);

/// <summary>An amount of a line.</summary>
/// <param name="LineId">The line.</param>
/// <param name="Amount">The amount.</param>
public sealed record LineAmount(string LineId, decimal Amount);

/// <summary>Points of a line.</summary>
/// <param name="LineId">The line.</param>
/// <param name="Points">In the wallet's smallest unit.</param>
public sealed record LinePoints(string LineId, long Points);

/// <summary>Items given.</summary>
/// <param name="Rule">By which rule.</param>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">Units.</param>
/// <param name="UnitValue">What one is worth.</param>
public sealed record GivenItem(RuleId Rule, string Sku, long Quantity, decimal UnitValue);

/// <summary>Stored value taken.</summary>
/// <param name="Account">The gift card or wallet.</param>
/// <param name="Taken">How much.</param>
/// <param name="Left">What is left, top-ups of this purchase included.</param>
public sealed record TenderTaken(string Account, decimal Taken, decimal Left);

/// <summary>What became of a code.</summary>
/// <param name="Code">As presented.</param>
/// <param name="Rule">Its rule, if it has one.</param>
/// <param name="Applied">It changed something.</param>
/// <param name="Reason">Why not; null when applied.</param>
public sealed record CodeOutcome(string Code, RuleId? Rule, bool Applied, MissReason? Reason);
