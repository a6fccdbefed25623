using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Features.Imports;

/// <summary>Why a line or a document was not taken.</summary>
/// <param name="Line">Line of the file, the header being line 1.</param>
/// <param name="Document">The document's number; null when the line has none.</param>
/// <param name="Code">Key of the reason: <c>quantity</c>, <c>date</c> …</param>
/// <param name="Value">What stood there.</param>
public sealed record LineRefusal(long Line, string? Document, string Code, string? Value);

/// <summary>One line of goods or fees, already read and checked.</summary>
public sealed record ImportLine(long Line, string Sku, string? Description, string? Category, string? Brand, int Quantity, decimal UnitPrice);

/// <summary>All lines of the file with one document number that stand near each other: a sale, or a refund.</summary>
public sealed record ImportDocument
{
    public required string Reference { get; init; }
    public required bool IsRefund { get; init; }
    public required long FirstLine { get; init; }
    public required long LastLine { get; init; }

    /// <summary>UTC; the first good line's.</summary>
    public DateTime OccurredAt { get; init; }

    /// <summary>The shop's own customer number; null for a guest.</summary>
    public string? Customer { get; init; }

    public string? Store { get; init; }
    public required IReadOnlyList<ImportLine> Goods { get; init; }

    /// <summary>Delivery, fees, corrections; of a sale these may be negative.</summary>
    public required IReadOnlyList<ImportLine> NotGoods { get; init; }

    public required IReadOnlyList<LineRefusal> Refused { get; init; }

    /// <summary>No line of it could be taken.</summary>
    public bool IsEmpty => Goods.Count + NotGoods.Count == 0;

    public Purchase ToPurchase(MemberId? member, Currency currency, string? channel) => new()
    {
        Reference = Reference,
        Member = member,
        OccurredAt = OccurredAt,
        Currency = currency,
        Channel = channel,
        Store = Store,
        Shipping = Math.Max(0, currency.Round(NotGoods.Sum(l => l.UnitPrice * l.Quantity))),
        Lines = [.. Goods.Select(l => new PurchaseLine
        {
            Id = l.Line.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Sku = l.Sku,
            Name = l.Description,
            Category = l.Category,
            Brand = l.Brand,
            Quantity = l.Quantity,
            UnitPrice = l.UnitPrice,
        })],
    };

    /// <summary>The file does not say which sale a refund belongs to: it is found by member and sku.</summary>
    public Refund ToRefund(MemberId? member, string? channel) => new()
    {
        Reference = Reference,
        Member = member,
        OccurredAt = OccurredAt,
        Channel = channel,
        Store = Store,
        Returned = Goods.Count == 0
            ? new SomeAmount(NotGoods.Sum(l => l.UnitPrice * l.Quantity))
            : new SomeLines([.. Goods.Select(l => new ReturnedLine(l.Sku, l.Quantity, Amount: l.UnitPrice * l.Quantity))]),
        Fees = Goods.Count == 0 ? 0 : NotGoods.Sum(l => l.UnitPrice * l.Quantity),
    };
}
