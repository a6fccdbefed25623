using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing.Template;
using Portal.Identity.ApiKeys;

namespace Portal.Api;

/// <summary>Every refusal below <c>/api</c> carries problem details, also those that no endpoint of ours gave.</summary>
internal static partial class ApiErrors
{
    public static void UseApiErrors(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Failed(context.RequestServices.GetRequiredService<ILogger<ApiTexts>>(), context.Request.Method, context.Request.Path, e);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound } && context.GetEndpoint() is null && OtherMethods(context) is { Count: > 0 } allowed)
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = string.Join(", ", allowed);
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } && Of(context) is { } problem)
            await problem.WriteAsync(context);
    });

    private static ApiProblem Of(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => new(401, "key.missing"),
        StatusCodes.Status403Forbidden => new(403, "scope.missing", null, NeededScope(context)),
        StatusCodes.Status404NotFound => new(404, "not_found"),
        StatusCodes.Status405MethodNotAllowed => new(405, "method"),
        StatusCodes.Status413PayloadTooLarge => new(413, "too_large"),
        StatusCodes.Status415UnsupportedMediaType => new(415, "media_type"),
        StatusCodes.Status429TooManyRequests => new(429, "too_many", null, context.Response.Headers.RetryAfter.ToString()),
        >= 500 => new(context.Response.StatusCode, "failure"),
        _ => new(context.Response.StatusCode, "malformed"),
    };

    // In development the framework serves files by a pattern that fits every address, which hides its own 405.
    private static List<string> OtherMethods(HttpContext context) =>
    [
        .. context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true
                && new TemplateMatcher(new(e.RoutePattern), []).TryMatch(context.Request.Path, []))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Distinct(),
    ];

    private static string NeededScope(HttpContext context) => string.Join(", ",
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).Where(ApiPolicies.All.Contains) ?? []);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void Failed(ILogger logger, string method, string path, Exception e);
}
