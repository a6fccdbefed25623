using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;
using Portal.Rewarding;

namespace Portal.Api;

/// <summary>
/// Examples of the API's description: a request that can be sent as it stands, its answer, and the refusals. They are made of
/// the API's own types, so that none of them can say what the API does not.
/// </summary>
internal static class ApiExamples
{
    /// <summary>The card of the member in the examples.</summary>
    public static readonly string Card = CardCode.WithCheck("KPR2M7B4X9D");

    private static readonly Guid Member = new("01995d2e-5f3a-7c41-9b1d-2f6c8e0a4d17");
    private static readonly Guid Hold = new("01995d34-88c2-7d05-a6e9-51b07f3c2e90");
    private static readonly DateTime SoldAt = new(2026, 9, 17, 2, 12, 0, DateTimeKind.Utc);

    private static readonly PurchaseRequest Sale = new()
    {
        Reference = "INV-2026-004711",
        Member = new() { Card = CardCode.Display(Card) },
        OccurredAt = SoldAt,
        Lines =
        [
            new() { Sku = "kopi-susu", Name = "Kopi susu", Category = "drinks/coffee", Quantity = 2, UnitPrice = 25_000m },
            new() { Sku = "roti-bakar", Name = "Roti bakar", Category = "food", Quantity = 1, UnitPrice = 18_000m },
        ],
        Channel = "store",
        Store = "menteng",
        PaymentMethod = "card",
    };

    private static readonly LineAnswer[] Lines =
        [new("1", "kopi-susu", 2, 50_000m, 0m, 50_000m, 4), new("2", "roti-bakar", 1, 18_000m, 0m, 18_000m, 2)];

    private static readonly ExplanationAnswer Explanation =
        new([new("Points for purchases", "6 points", ["Rp68.000 ÷ Rp10.000 = 6.8", "rounded down: 6"])], []);

    private static readonly PurchaseAnswer Receipt = new()
    {
        Id = new("01995d2f-0b7e-7a92-8f40-6d3b1c5e9a28"),
        Reference = Sale.Reference!,
        Repeated = false,
        Member = Member,
        OccurredAt = SoldAt,
        Currency = "IDR",
        Totals = new(68_000m, 0m, 0m, 68_000m, 68_000m),
        Lines = Lines,
        Discounts = [],
        Codes = [],
        PointsEarned = 6,
        Balance = 106,
        Pending = 0,
        Version = 2,
        Explanation = Explanation,
    };

    private static readonly RefundRequest Return = new() { Reference = "RET-2026-000093", PurchaseReference = Sale.Reference, Lines = [new() { Sku = "roti-bakar", Quantity = 1 }] };

    private static readonly RefundAnswer Returned = new()
    {
        Id = new("01995d41-7d19-7e38-b2c4-90f1a6e37b5c"),
        Reference = Return.Reference!,
        Repeated = false,
        Sales = [new(Sale.Reference, 18_000m, false, [new("2", 1, 18_000m)])],
        Unmatched = [],
        PointsReversed = 2,
        Balance = 104,
        Pending = 0,
        Version = 3,
    };

    private static readonly HoldAnswer Held = new()
    {
        Id = Hold,
        Reference = "PAY-2026-000118",
        Member = Member,
        State = "open",
        Points = 50,
        Held = 50,
        Captured = 0,
        Moved = 50,
        PlacedAt = SoldAt,
        ExpiresAt = SoldAt.AddSeconds(300),
        Repeated = false,
        Balance = 54,
        Pending = 0,
        Version = 4,
    };

    private static readonly VoucherAnswer Voucher = new()
    {
        Code = "KOPI7M2QX4",
        Name = "Free coffee",
        State = "usable",
        Usable = true,
        ValidFrom = new(2026, 9, 1),
        ValidTo = new(2026, 9, 30),
        UsesLeft = 1,
        Gives = [],
        Reward = "kopi-susu",
        Transferable = false,
        OwnerCard = "••••••••" + Card[^4..],
    };

    private static readonly EventRequest Visited = new() { Reference = "VISIT-2026-000042", Type = "visit", Member = Sale.Member, OccurredAt = SoldAt, Store = "menteng" };

    private static readonly EventAnswer Event = new()
    {
        Id = new("01995d52-3c6f-7b19-8d20-4a7e5c90b3f1"),
        Reference = Visited.Reference!,
        Type = "visit",
        Repeated = false,
        Member = Member,
        OccurredAt = SoldAt,
        PointsEarned = 5,
        Balance = 109,
        Pending = 0,
        Version = 5,
        Explanation = new([new("Points for a visit", "5 points", ["5 points"])], []),
    };

    private static readonly Dictionary<string, object> Requests = new(StringComparer.Ordinal)
    {
        ["recordPurchase"] = Sale,
        ["recordPurchases"] = Sale,
        ["quote"] = Sale with { Reference = null, OccurredAt = null },
        ["recordRefund"] = Return,
        ["recordRefunds"] = Return,
        ["holdPoints"] = new HoldRequest { Reference = Held.Reference, Member = Sale.Member, Points = 50, TimeoutSeconds = 300 },
        ["captureHold"] = new CaptureRequest { Reference = "CAP-2026-000118", Points = 30 },
        ["releaseHold"] = new ReleaseRequest { Reference = "REL-2026-000118" },
        ["recordEvent"] = Visited,
        ["recordEvents"] = Visited,
        ["useVoucher"] = new VoucherUseRequest { Reference = "INV-2026-004712" },
    };

    private static readonly Dictionary<string, object> Answers = new(StringComparer.Ordinal)
    {
        ["recordPurchase"] = Receipt,
        ["recordPurchases"] = new BulkLine<PurchaseAnswer>(1, 201, Receipt, null),
        ["quote"] = new QuoteAnswer
        {
            QuotedAt = SoldAt,
            Currency = "IDR",
            Totals = Receipt.Totals,
            Lines = Lines,
            Discounts = [],
            Codes = [],
            PointsEarned = 6,
            Explanation = Explanation,
        },
        ["recordRefund"] = Returned,
        ["recordRefunds"] = new BulkLine<RefundAnswer>(1, 201, Returned, null),
        ["recordEvent"] = Event,
        ["recordEvents"] = new BulkLine<EventAnswer>(1, 201, Event, null),
        ["holdPoints"] = Held,
        ["getHold"] = Held with { Moved = 0, Repeated = true },
        ["captureHold"] = Held with { State = "captured", Held = 0, Captured = 30, Moved = 30, Balance = 74, Version = 5 },
        ["releaseHold"] = Held with { State = "released", Held = 0, Balance = 104, Version = 5 },
        ["checkVoucher"] = Voucher,
        ["useVoucher"] = Voucher with { State = "used", Usable = false, UsesLeft = 0, UsedAt = SoldAt, UsedOn = "INV-2026-004712", Repeated = false },
        ["findMemberByCard"] = new MemberAnswer
        {
            Id = Member,
            Card = Card,
            Tier = "silver",
            Balance = 104,
            Pending = 0,
            Held = 0,
            Version = 3,
            Vouchers = [new(Voucher.Code, Voucher.Name, Voucher.ValidTo, 1)],
            Contact = new("Ayu Lestari", "ayu@example.com", "+62 812 0000 0000"),
        },
    };

    /// <param name="operation">Gets its examples.</param>
    /// <param name="scopes">What a key lacks when it is refused.</param>
    /// <param name="texts">The words of refusals.</param>
    public static void Add(OpenApiOperation operation, IReadOnlyList<string> scopes, IStringLocalizer<ApiTexts> texts)
    {
        var id = operation.OperationId ?? "";
        if (Requests.GetValueOrDefault(id) is { } request)
            foreach (var media in operation.RequestBody?.Content?.Values ?? [])
                media.Example = Json(request);
        foreach (var (status, response) in operation.Responses ?? [])
        {
            var example = status.StartsWith('2') ? Answer(id, status) : Problem(id, int.Parse(status, CultureInfo.InvariantCulture), scopes, texts);
            foreach (var media in response.Content?.Values ?? [])
                media.Example = example?.DeepClone();
        }
    }

    private static JsonNode? Answer(string id, string status)
    {
        var node = Answers.GetValueOrDefault(id) is { } answer ? Json(answer) : null;
        if (status == "200" && node?["repeated"] is not null && id is "recordPurchase" or "recordRefund" or "recordEvent" or "holdPoints")
            node!["repeated"] = true;
        return node;
    }

    private static JsonNode? Problem(string id, int status, IReadOnlyList<string> scopes, IStringLocalizer<ApiTexts> texts)
    {
        var language = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en"); // the description is English
        try
        {
            return JsonSerializer.SerializeToNode(Refusal(id, status, scopes).Body(texts), ApiProblem.Json);
        }
        finally
        {
            CultureInfo.CurrentUICulture = language;
        }
    }

    private static ApiProblem Refusal(string id, int status, IReadOnlyList<string> scopes) => (status, id) switch
    {
        (400, _) => new(400, "malformed", [new("lines[0].quantity", "type")]),
        (401, _) => new(401, "key.missing"),
        (403, _) => new(403, "scope.missing", null, string.Join(", ", scopes)),
        (404, "checkVoucher" or "useVoucher") => new(404, "voucher.unknown"),
        (404, "findMemberByCard") => new(404, "member.unknown"),
        (404, _) => new(404, "hold.unknown"),
        (409, "holdPoints") => new(409, "points.short", [new("points", "points.short", 40L)], 40L),
        (409, "captureHold" or "releaseHold") => new(409, "hold.closed"),
        (409, "useVoucher") => new(409, "voucher.unusable", null, "used"),
        (409, _) => new(409, "reference.conflict", [new("reference", "reference.conflict", Sale.Reference!)], Sale.Reference!),
        (413, _) => new(413, "too_large"),
        (415, _) => new(415, "media_type"),
        (422, _) => ApiProblem.Invalid("lines", "required"),
        (429, _) => new(429, "too_many", null, "17"),
        _ => throw new InvalidOperationException($"{id} describes the status {status}, of which there is no example."),
    };

    private static JsonNode Json(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), ApiJson.Options)!;
}
