using System.ComponentModel;

namespace Portal.Api;

/// <summary>Who bought: exactly one of the three.</summary>
public sealed record MemberReference
{
    [Description("Code on the membership card; spaces, dashes and case do not matter.")]
    public string? Card { get; init; }

    [Description("The customer's number in the shop's own system.")]
    public string? ExternalNumber { get; init; }

    [Description("The portal's id of the member.")]
    public Guid? Id { get; init; }
}

/// <summary>A sale, as reported or as a cart to be quoted.</summary>
public sealed record PurchaseRequest
{
    [Description("The receipt number, unique for all sales. Sending the same sale again under it is safe; other contents are refused. Not needed for a quote.")]
    public string? Reference { get; init; }

    [Description("Who bought; left out for a guest.")]
    public MemberReference? Member { get; init; }

    [Description("When, with offset (2026-09-17T17:00:00+07:00). Left out: now.")]
    public DateTime? OccurredAt { get; init; }

    [Description("ISO 4217; must be the programme's currency, which is also the default.")]
    public string? Currency { get; init; }

    [Description("What was bought, in the order of the receipt.")]
    public IReadOnlyList<LineRequest?>? Lines { get; init; }

    [Description("Delivery charge.")]
    public decimal? Shipping { get; init; }

    public string? ShippingMethod { get; init; }

    [Description("For example store, web, app.")]
    public string? Channel { get; init; }

    [Description("The shop's own code of the store.")]
    public string? Store { get; init; }

    [Description("For example cash, card.")]
    public string? PaymentMethod { get; init; }

    [Description("Vouchers and discount codes presented.")]
    public IReadOnlyList<string?>? Codes { get; init; }
}

/// <summary>One line of a receipt.</summary>
public sealed record LineRequest
{
    [Description("Unique within the sale; the line's position (1, 2, …) when left out.")]
    public string? Id { get; init; }

    public string? Sku { get; init; }
    public string? Name { get; init; }

    [Description("Path with slashes: drinks/coffee.")]
    public string? Category { get; init; }

    public string? Brand { get; init; }
    public int? Quantity { get; init; }

    [Description("Price of one, tax included, before the programme's discounts; at most 4 decimals. A number, or text such as \"12.50\".")]
    public decimal? UnitPrice { get; init; }

    [Description("The usual price when the line is on sale.")]
    public decimal? ListPrice { get; init; }

    public IReadOnlyList<string?>? Tags { get; init; }
}
