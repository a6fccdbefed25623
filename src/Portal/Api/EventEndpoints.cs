using System.ComponentModel;
using System.Text.Json;
using Portal.Identity.ApiKeys;

namespace Portal.Api;

/// <summary>Something a member did beside buying.</summary>
public sealed record EventRequest
{
    [Description("Unique for all events of this type. Sending the same event again under it is safe; other contents are refused.")]
    public string? Reference { get; init; }

    [Description("visit, review, payment, referral.qualified, or custom.NAME as declared in the programme.")]
    public string? Type { get; init; }

    public MemberReference? Member { get; init; }

    [Description("When, with offset. Left out: now.")]
    public DateTime? OccurredAt { get; init; }

    [Description("Of a visit: the shop's own code of the store.")]
    public string? Store { get; init; }

    [Description("Of a review: the product.")]
    public string? Sku { get; init; }

    [Description("Of a review: 1 to 5.")]
    public int? Rating { get; init; }

    [Description("Of a review: characters of text.")]
    public int? Length { get; init; }

    [Description("Of a payment: the invoice.")]
    public string? Invoice { get; init; }

    [Description("Of a payment: in the programme's currency.")]
    public decimal? Amount { get; init; }

    [Description("Of a payment: card, transfer …")]
    public string? Method { get; init; }

    [Description("Of a payment: days before the due date; negative when late.")]
    public int? DaysEarly { get; init; }

    [Description("Of a referral: referrer or friend. One event for each side.")]
    public string? Side { get; init; }

    [Description("Of a custom event: its declared fields. Numbers, texts, true or false, days as 2026-09-17, durations in minutes.")]
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }
}

/// <summary>What an event gave; the same for every repeat, with the balance as it is then.</summary>
public sealed record EventAnswer
{
    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required string Type { get; init; }

    [Description("True when this event had been recorded before.")]
    public required bool Repeated { get; init; }

    public required Guid Member { get; init; }
    public required DateTime OccurredAt { get; init; }
    public required long PointsEarned { get; init; }

    [Description("Points the member can spend, less what is owed.")]
    public required long Balance { get; init; }

    public required long Pending { get; init; }

    [Description("Rises with every change of the member's points.")]
    public required long Version { get; init; }

    public required ExplanationAnswer Explanation { get; init; }
}

/// <summary>Events beside sales.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapPost("/events", (HttpRequest request, EventDesk desk, CancellationToken cancel) => ApiCalls.OneAsync<EventRequest, EventAnswer>(request, desk.RecordAsync, cancel))
            .RequireAuthorization(ApiPolicies.EventsWrite)
            .Describe<EventRequest, EventAnswer>("recordEvent", "Record an event",
                "A visit, review, payment, referral or an event of your own: decides and books what the rules give for it.", repeatable: true);

        api.MapPost("/events/bulk", (EventDesk desk) => new Bulk<EventRequest, EventAnswer>(desk.RecordAsync))
            .RequireAuthorization(ApiPolicies.EventsWrite)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(BulkDocument.MaxBytes))
            .DescribeBulk<EventRequest, BulkLine<EventAnswer>>("recordEvents", "Record many events");
    }
}
