using RewardsEngine.Decisions;
using RewardsEngine.Values;

namespace RewardsEngine.Backtesting;

/// <summary>What a draft would have done, beside what the live rules would have done over the same history.</summary>
public sealed record BacktestReport
{
    /// <summary>Activities replayed.</summary>
    public required int Activities { get; init; }

    /// <summary>Members in them.</summary>
    public required int Members { get; init; }

    /// <summary>The live rules.</summary>
    public required BacktestTotals Live { get; init; }

    /// <summary>The draft.</summary>
    public required BacktestTotals Draft { get; init; }

    /// <summary>Members for whom anything differs.</summary>
    public required int Touched { get; init; }

    /// <summary>Members who would have had more.</summary>
    public required int Winners { get; init; }

    /// <summary>Members who would have had less.</summary>
    public required int Losers { get; init; }

    /// <summary>By segment, by key; a member in several counts in each, one in none under an empty key.</summary>
    public required IReadOnlyList<BacktestSegment> Segments { get; init; }

    /// <summary>By rule.</summary>
    public required IReadOnlyList<BacktestRule> Rules { get; init; }

    /// <summary>The activities that differ most, with why on both sides.</summary>
    public required IReadOnlyList<BacktestExample> Examples { get; init; }
}

/// <summary>Sums of one side.</summary>
/// <param name="Points">Points awarded, less those taken back by refunds.</param>
/// <param name="Discount">Discounts given, delivery included.</param>
/// <param name="Vouchers">Vouchers issued.</param>
/// <param name="Outstanding">Points that members hold at the end, pending ones included.</param>
/// <param name="Liability">What they are worth.</param>
/// <param name="Expired">Points that expired unused.</param>
/// <param name="Cost">Discounts and the worth of points awarded.</param>
public sealed record BacktestTotals(long Points, decimal Discount, long Vouchers, long Outstanding, decimal Liability, long Expired, decimal Cost);

/// <summary>One segment.</summary>
/// <param name="Segment">Its key.</param>
/// <param name="Members">Members of it in the history.</param>
/// <param name="LivePoints">Points by the live rules.</param>
/// <param name="DraftPoints">Points by the draft.</param>
/// <param name="LiveDiscount">Discounts by the live rules.</param>
/// <param name="DraftDiscount">Discounts by the draft.</param>
/// <param name="Winners">Members who would have had more.</param>
/// <param name="Losers">Members who would have had less.</param>
public sealed record BacktestSegment(string Segment, int Members, long LivePoints, long DraftPoints, decimal LiveDiscount, decimal DraftDiscount, int Winners, int Losers);

/// <summary>One rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="LiveUses">How often it applied live; 0 when it is not in the live rules.</param>
/// <param name="DraftUses">How often it would have applied.</param>
/// <param name="LivePoints">Points it gave live.</param>
/// <param name="DraftPoints">Points it would have given.</param>
/// <param name="LiveDiscount">Discounts it gave live.</param>
/// <param name="DraftDiscount">Discounts it would have given.</param>
public sealed record BacktestRule(RuleId Rule, long LiveUses, long DraftUses, long LivePoints, long DraftPoints, decimal LiveDiscount, decimal DraftDiscount);

/// <summary>One activity that differs.</summary>
/// <param name="Reference">The activity.</param>
/// <param name="Member">The member.</param>
/// <param name="Difference">What the customer would have had more or less, in money.</param>
/// <param name="Live">Why the live rules decide as they do.</param>
/// <param name="Draft">Why the draft would have.</param>
public sealed record BacktestExample(string Reference, MemberId? Member, decimal Difference, Decision Live, Decision Draft);
