using Microsoft.AspNetCore.Mvc;
using Portal.Identity.ApiKeys;
using Portal.Rewarding;

namespace Portal.Api;

/// <summary>Sales, refunds and quotes.</summary>
internal static class PurchaseEndpoints
{
    public static void MapPurchases(this IEndpointRouteBuilder api)
    {
        api.MapPost("/purchases", (HttpRequest request, PurchaseDesk desk, CancellationToken cancel) =>
                ApiCalls.OneAsync<PurchaseRequest, PurchaseAnswer>(request, desk.RecordAsync, cancel))
            .RequireAuthorization(ApiPolicies.PurchasesWrite)
            .Describe<PurchaseRequest, PurchaseAnswer>("recordPurchase", "Record a sale",
                "Decides and books one sale. 201 when it is new, 200 with the same receipt when it was recorded before, 409 when the reference stands for another sale.", repeatable: true);

        api.MapPost("/purchases/bulk", (PurchaseDesk desk) => new Bulk<PurchaseRequest, PurchaseAnswer>(desk.RecordAsync, ahead: new GroupCommitOptions().Together))
            .RequireAuthorization(ApiPolicies.PurchasesWrite)
            .WithMetadata(new RequestSizeLimitAttribute(BulkDocument.MaxBytes))
            .DescribeBulk<PurchaseRequest, BulkLine<PurchaseAnswer>>("recordPurchases", "Record many sales");

        api.MapPost("/refunds", (HttpRequest request, RefundDesk desk, CancellationToken cancel) =>
                ApiCalls.OneAsync<RefundRequest, RefundAnswer>(request, desk.RecordAsync, cancel))
            .RequireAuthorization(ApiPolicies.RefundsWrite)
            .Describe<RefundRequest, RefundAnswer>("recordRefund", "Record a refund",
                "Takes back what the sale gave, by the share that came back. A refund that names no sale takes the newest earlier purchases of the same member and products.", repeatable: true);

        api.MapPost("/refunds/bulk", (RefundDesk desk) => new Bulk<RefundRequest, RefundAnswer>(desk.RecordAsync, ahead: new GroupCommitOptions().Together))
            .RequireAuthorization(ApiPolicies.RefundsWrite)
            .WithMetadata(new RequestSizeLimitAttribute(BulkDocument.MaxBytes))
            .DescribeBulk<RefundRequest, BulkLine<RefundAnswer>>("recordRefunds", "Record many refunds");

        api.MapPost("/quotes", (HttpRequest request, PurchaseDesk desk, CancellationToken cancel) =>
                ApiCalls.OneAsync<PurchaseRequest, QuoteAnswer>(request, desk.QuoteAsync, cancel))
            .RequireAuthorization(ApiPolicies.QuotesRead)
            .Describe<PurchaseRequest, QuoteAnswer>("quote", "Quote a cart",
                "What the cart would cost with the codes given, what it would earn, and why. Stores and reserves nothing.", repeatable: false);
    }
}
