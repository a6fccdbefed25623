using Microsoft.AspNetCore.Authorization;

namespace Portal.Identity.ApiKeys;

/// <summary>What a key may do. Each scope is the policy of the endpoints that need it; a cookie satisfies none of them.</summary>
public static class ApiPolicies
{
    public const string PurchasesWrite = "purchases:write";
    public const string RefundsWrite = "refunds:write";
    public const string QuotesRead = "quotes:read";
    public const string PointsWrite = "points:write";
    public const string VouchersRead = "vouchers:read";
    public const string VouchersWrite = "vouchers:write";
    public const string EventsWrite = "events:write";
    public const string MembersRead = "members:read";

    /// <summary>Adds name, email and phone to what <see cref="MembersRead"/> shows; by itself it opens nothing.</summary>
    public const string MembersContact = "members:contact";

    public static readonly IReadOnlyList<string> All =
        [PurchasesWrite, RefundsWrite, QuotesRead, PointsWrite, VouchersRead, VouchersWrite, EventsWrite, MembersRead, MembersContact];

    internal static void Add(AuthorizationOptions options)
    {
        foreach (var scope in All)
        {
            options.AddPolicy(scope, p => p
                .AddAuthenticationSchemes(ApiKeyAuthentication.Scheme)
                .RequireAuthenticatedUser()
                .RequireClaim(ApiKeyAuthentication.ScopeClaim, scope));
        }
    }
}
