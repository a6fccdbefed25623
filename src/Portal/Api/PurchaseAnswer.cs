using System.ComponentModel;
using System.Globalization;
using Portal.Rewarding.Purchases;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;

namespace Portal.Api;

/// <summary>What a sale costs and earns, and why.</summary>
public record PricedAnswer
{
    [Description("ISO 4217 code of all amounts.")]
    public required string Currency { get; init; }

    public required TotalsAnswer Totals { get; init; }
    public required IReadOnlyList<LineAnswer> Lines { get; init; }

    [Description("Each discount, rule by rule in the order applied.")]
    public required IReadOnlyList<DiscountAnswer> Discounts { get; init; }

    [Description("Every code presented and what became of it.")]
    public required IReadOnlyList<CodeAnswer> Codes { get; init; }

    [Description("Points earned, in the wallet's smallest unit.")]
    public required long PointsEarned { get; init; }

    public required ExplanationAnswer Explanation { get; init; }

    internal static IReadOnlyList<LineAnswer> LinesOf(Decision d) =>
        [.. d.Lines.Select(l => new LineAnswer(l.LineId, l.Sku, l.Quantity, l.Gross, l.Discount, l.Net, l.Points))];

    internal static IReadOnlyList<DiscountAnswer> DiscountsOf(Decision d)
    {
        var names = d.Explanation.Applied.ToLookup(a => a.Rule);
        return
        [
            .. d.Discounts.Select(x => new DiscountAnswer(
                x.Rule.Value, names[x.Rule].FirstOrDefault()?.Name.In(Language), x.Total, x.Shipping, [.. x.Lines.Select(l => new LineAmountAnswer(l.LineId, l.Amount))])),
        ];
    }

    internal static IReadOnlyList<CodeAnswer> CodesOf(Decision d, ExplanationText text) =>
        [.. d.Codes.Select(c => new CodeAnswer(c.Code, c.Applied, c.Reason is { } r ? text.Reason(r) : null))];

    internal static TotalsAnswer TotalsOf(Decision d) => d.Totals is { } t
        ? new(t.Gross, t.Discount, t.Shipping(), t.Total, t.Payable)
        : throw new InvalidOperationException("A decided sale has totals.");

    internal static string Language => CultureInfo.CurrentUICulture.Name;

    internal static ExplanationText TextOf(Decision d, Programme programme, IReadOnlyDictionary<string, string>? lineNames = null) =>
        new(programme, Language, id => lineNames?.GetValueOrDefault(id) ?? d.Lines.FirstOrDefault(l => l.LineId == id)?.Sku);

    internal static ExplanationAnswer Explained(Decision d, Programme programme) => Explain(d, TextOf(d, programme));

    internal static ExplanationAnswer Explain(Decision d, ExplanationText text)
    {
        var explained = text.ForCustomer(d.Explanation, d.Activity);
        return new(
            [.. explained.Applied.Select(a => new AppliedAnswer(a.Name, a.Result, a.Steps))],
            [.. explained.Missed.Select(m => new MissedAnswer(m.Name, m.Reason, m.Needs, m.Hint))]);
    }
}

/// <summary>What a cart would cost and earn now. Nothing is stored or reserved.</summary>
public sealed record QuoteAnswer : PricedAnswer
{
    [Description("When it was reckoned.")]
    public required DateTime QuotedAt { get; init; }

    internal static QuoteAnswer Of(Decision d, Programme programme, IReadOnlyDictionary<string, string> lineNames)
    {
        var text = TextOf(d, programme, lineNames);
        return new()
        {
            QuotedAt = d.OccurredAt,
            Currency = d.Currency.Code,
            Totals = TotalsOf(d),
            Lines = LinesOf(d),
            Discounts = DiscountsOf(d),
            Codes = CodesOf(d, text),
            PointsEarned = d.PointsAwarded(),
            Explanation = Explain(d, text),
        };
    }
}

/// <summary>The receipt of a recorded sale; the same for every repeat, with the balance as it is then.</summary>
public sealed record PurchaseAnswer : PricedAnswer
{
    public required Guid Id { get; init; }
    public required string Reference { get; init; }

    [Description("True when this sale had been recorded before.")]
    public required bool Repeated { get; init; }

    [Description("The member; left out for a guest.")]
    public Guid? Member { get; init; }

    public required DateTime OccurredAt { get; init; }

    [Description("Points the member can spend, less what is owed; left out for a guest.")]
    public long? Balance { get; init; }

    [Description("Points that wait for the end of the return window.")]
    public long? Pending { get; init; }

    [Description("Rises with every change of the member's points: of two answers the higher version is the newer.")]
    public long? Version { get; init; }

    internal static PurchaseAnswer Of(PurchaseReceipt receipt, Programme programme, IReadOnlyDictionary<string, string> lineNames)
    {
        var d = receipt.Decision;
        var text = TextOf(d, programme, lineNames);
        var member = receipt.Balance is not null;
        return new()
        {
            Id = receipt.Purchase,
            Reference = d.Reference,
            Repeated = receipt.Repeated,
            Member = d.Member?.Value,
            OccurredAt = d.OccurredAt,
            Currency = d.Currency.Code,
            Totals = TotalsOf(d),
            Lines = LinesOf(d),
            Discounts = DiscountsOf(d),
            Codes = CodesOf(d, text),
            PointsEarned = d.PointsAwarded(),
            Balance = receipt.Balance,
            Pending = member ? receipt.Pending : null,
            Version = member ? receipt.Version : null,
            Explanation = Explain(d, text),
        };
    }
}

/// <param name="Gross">Goods before rules.</param>
/// <param name="Discount">Off the goods.</param>
/// <param name="Shipping">Delivery to pay.</param>
/// <param name="Total">Goods and delivery to pay.</param>
/// <param name="Payable">What is left to pay after stored value.</param>
public sealed record TotalsAnswer(decimal Gross, decimal Discount, decimal Shipping, decimal Total, decimal Payable);

public sealed record LineAnswer(string Id, string Sku, int Quantity, decimal Gross, decimal Discount, decimal Net, long Points);

public sealed record DiscountAnswer(string Rule, string? Name, decimal Total, decimal Shipping, IReadOnlyList<LineAmountAnswer> Lines);

public sealed record LineAmountAnswer(string Line, decimal Amount);

public sealed record CodeAnswer(string Code, bool Applied, string? Reason);

/// <summary>In the caller's language, as the customer may read it.</summary>
public sealed record ExplanationAnswer(IReadOnlyList<AppliedAnswer> Applied, IReadOnlyList<MissedAnswer> Missed);

public sealed record AppliedAnswer(string Name, string Result, IReadOnlyList<string> Steps);

public sealed record MissedAnswer(string Name, string Reason, IReadOnlyList<string> Needs, string? Hint);
