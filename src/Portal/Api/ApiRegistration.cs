using Portal.Identity.Limits;

namespace Portal.Api;

/// <summary>The API for tills and shops, below <c>/api/v1</c>.</summary>
internal static class ApiRegistration
{
    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => ApiJson.Apply(o.SerializerOptions)); // also shapes the OpenAPI document
        services.AddSingleton<PurchaseDesk>();
        services.AddSingleton<RefundDesk>();
        services.AddSingleton<HoldDesk>();
        services.AddSingleton<VoucherDesk>();
        services.AddSingleton<MemberDesk>();
        services.AddSingleton<EventDesk>();
        services.AddApiDocument();
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").RequireRateLimiting(RateLimitPolicies.Api).WithTags("Tills and shops");
        api.MapPurchases();
        api.MapHolds();
        api.MapVouchers();
        api.MapMembers();
        api.MapEvents();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }
}
