using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;

namespace Portal.Identity.Limits;

/// <summary>
/// Named limits for pages (<c>@attribute [EnableRateLimiting(RateLimitPolicies.SignIn)]</c>) and endpoints
/// (<c>.RequireRateLimiting(RateLimitPolicies.Api)</c>). Looking at a page never counts, sending its form does.
/// </summary>
public static class RateLimitPolicies
{
    public const string Join = "join";
    public const string SignIn = "sign-in";
    public const string Mail = "mail";
    public const string CardLink = "card-link";

    public const string Complaint = "complaint";

    public const string Draft = "draft";

    /// <summary>Every call counts, by API key.</summary>
    public const string Api = "api";

    internal static void AddRateLimits(this IServiceCollection services, RateLimitOptions limits) => services.AddRateLimiter(o =>
    {
        o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        o.AddPolicy(Join, c => Posts(c, Address(c), limits.JoinsPerHour, TimeSpan.FromHours(1)));
        o.AddPolicy(SignIn, c => Posts(c, Address(c), limits.SignInsPerMinute, TimeSpan.FromMinutes(1)));
        o.AddPolicy(Mail, c => Posts(c, Person(c), limits.MailsPerHour, TimeSpan.FromHours(1)));
        o.AddPolicy(CardLink, c => Posts(c, Person(c), limits.CardLinksPerHour, TimeSpan.FromHours(1)));
        o.AddPolicy(Complaint, c => Posts(c, Person(c), limits.ComplaintPostsPerHour, TimeSpan.FromHours(1)));
        o.AddPolicy(Draft, c => Posts(c, Person(c), limits.DraftsPerMinute, TimeSpan.FromMinutes(1)));
        o.AddPolicy(Api, c => Window(Key(c), limits.ApiCallsPerMinute, TimeSpan.FromMinutes(1)));
        o.OnRejected = RejectedAsync;
    });

    private static RateLimitPartition<string> Posts(HttpContext context, string who, int permits, TimeSpan window) =>
        HttpMethods.IsPost(context.Request.Method) ? Window(who, permits, window) : RateLimitPartition.GetNoLimiter("");

    private static RateLimitPartition<string> Window(string who, int permits, TimeSpan window) =>
        RateLimitPartition.GetFixedWindowLimiter(who, _ => new() { PermitLimit = permits, Window = window, QueueLimit = 0 });

    private static string Address(HttpContext context)
    {
        // An IPv6 subscriber has a whole /64 to choose from.
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.Length == 16 ? bytes.AsSpan(0, 8) : bytes);
    }

    private static string Person(HttpContext context) => context.User.UserId()?.ToString() ?? Address(context);

    private static string Key(HttpContext context)
    {
        var key = context.Request.Headers.Authorization.ToString();
        return key.Length > 0 ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))) : Address(context);
    }

    private static async ValueTask RejectedAsync(OnRejectedContext rejected, CancellationToken cancel)
    {
        var context = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        // The API writes its refusals itself, in the caller's language.
        if (!context.Request.Path.StartsWithSegments("/api"))
            await new RazorComponentResult<TooManyRequestsPage>(new Dictionary<string, object?> { [nameof(TooManyRequestsPage.Minutes)] = Math.Max(1, (seconds + 59) / 60) })
            {
                StatusCode = StatusCodes.Status429TooManyRequests,
            }.ExecuteAsync(context);
    }
}
