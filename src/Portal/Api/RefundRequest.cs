using System.ComponentModel;

namespace Portal.Api;

/// <summary>What came back: the whole sale, some lines, or an amount.</summary>
public sealed record RefundRequest
{
    [Description("The number of the refund, unique for all refunds. Sending the same refund again under it is safe; other contents are refused.")]
    public string? Reference { get; init; }

    [Description("The reference of the sale. Left out: the newest earlier purchases of the member and products.")]
    public string? PurchaseReference { get; init; }

    [Description("Needed when the refund names no sale.")]
    public MemberReference? Member { get; init; }

    [Description("When, with offset. Left out: now.")]
    public DateTime? OccurredAt { get; init; }

    [Description("True when everything came back; then neither lines nor amount are given.")]
    public bool? Whole { get; init; }

    public IReadOnlyList<ReturnedLineRequest?>? Lines { get; init; }

    [Description("Money given back without goods.")]
    public decimal? Amount { get; init; }

    [Description("Delivery and fees given back beside the goods; below zero: kept back. Moves no points.")]
    public decimal? Fees { get; init; }

    public string? Channel { get; init; }
    public string? Store { get; init; }
}

public sealed record ReturnedLineRequest
{
    public string? Sku { get; init; }

    [Description("Units that came back.")]
    public int? Quantity { get; init; }

    [Description("The line of the sale, when the product stands on several.")]
    public string? Line { get; init; }

    [Description("Money given back for it; the line's share of the price when left out.")]
    public decimal? Amount { get; init; }
}

/// <summary>The receipt of a recorded refund.</summary>
public sealed record RefundAnswer
{
    public required Guid Id { get; init; }
    public required string Reference { get; init; }

    [Description("True when this refund had been recorded before.")]
    public required bool Repeated { get; init; }

    [Description("The sales it touched.")]
    public required IReadOnlyList<RefundedSaleAnswer> Sales { get; init; }

    [Description("What found no sale: recorded, but it moved no points.")]
    public required IReadOnlyList<UnmatchedAnswer> Unmatched { get; init; }

    [Description("Why something was not taken back: noMatchingSale, alreadyReturned, partlyReturnedBefore.")]
    public string? Reason { get; init; }

    [Description("Points taken back.")]
    public required long PointsReversed { get; init; }

    [Description("Points the member can spend, less what is owed; left out for a guest.")]
    public long? Balance { get; init; }

    public long? Pending { get; init; }
    public long? Version { get; init; }
}

public sealed record RefundedSaleAnswer(string? PurchaseReference, decimal Amount, bool Whole, IReadOnlyList<ReturnedAnswer> Lines);

public sealed record ReturnedAnswer(string Line, int Quantity, decimal Amount);

public sealed record UnmatchedAnswer(string Sku, int Quantity);
