using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;
using Portal.Identity.ApiKeys;

namespace Portal.Api;

/// <summary>The OpenAPI document: built from the endpoints, with what they cannot say themselves.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";

    private static readonly Dictionary<int, string> Problems = new()
    {
        [400] = "The body is not the JSON that is expected; errors names the place.",
        [401] = "No key, or one that is unknown or revoked.",
        [403] = "The key lacks the scope.",
        [404] = "There is no such thing.",
        [409] = "It contradicts what is stored: the reference stands for something else, or there is not enough left.",
        [413] = "The body is too large.",
        [415] = "Not this content type.",
        [422] = "Members are missing or wrong; errors names each by its JSON path.",
        [429] = "Too many calls with this key; Retry-After says how many seconds to wait.",
    };

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Loyalty Portal API",
                Version = Name,
                Description = "For tills and shops. Amounts are decimal numbers in the programme's currency and may be sent as numbers or as text (\"12.50\"); they are answered as numbers. "
                    + "Points are whole numbers. Calls that change something are idempotent by their reference. Texts follow Accept-Language (id, en) or ?lang=. "
                    + "Refusals are problem details (RFC 9457).",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[ApiKeyAuthentication.Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key made by an administrator at /staff/keys. Each operation names the scope it needs.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // What has no value is left out of an answer, also where a type's constructor asks for it.
            foreach (var absent in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable))
                schema.Required?.Remove(absent.Name);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var scopes = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().ToList();
            operation.Security = [new() { [new(ApiKeyAuthentication.Scheme, context.Document)] = scopes }];
            operation.Description += $"\n\nScope: `{string.Join("`, `", scopes)}`.";
            foreach (var (status, text) in Problems)
                if (operation.Responses?.TryGetValue(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var response) == true)
                    response.Description = text;
            ApiExamples.Add(operation, scopes, context.ApplicationServices.GetRequiredService<IStringLocalizer<ApiTexts>>());
            return Task.CompletedTask;
        });
    });

    public static RouteHandlerBuilder Describe<TRequest, TAnswer>(this RouteHandlerBuilder endpoint, string id, string summary, string description, bool repeatable, bool mayBeMissing = false)
        where TRequest : notnull
    {
        if (mayBeMissing)
            endpoint.Refuses(404);
        if (repeatable)
            endpoint.Produces<TAnswer>(StatusCodes.Status201Created);
        return endpoint.Named(id, summary, description)
            .Accepts<TRequest>("application/json")
            .Produces<TAnswer>()
            .Refuses(400, 401, 403, 409, 413, 415, 422, 429);
    }

    public static RouteHandlerBuilder DescribeRead<TAnswer>(this RouteHandlerBuilder endpoint, string id, string summary, string description) =>
        endpoint.Named(id, summary, description).Produces<TAnswer>().Refuses(401, 403, 404, 429);

    public static RouteHandlerBuilder DescribeBulk<TRequest, TLine>(this RouteHandlerBuilder endpoint, string id, string summary) where TRequest : notnull =>
        endpoint.Named(id, summary,
                "One JSON document a line, as for the single call; one answer a line, in the same order: its number, the status the single call would have answered, and the receipt or the problem. "
                + "Each line stands for itself. At most 1 MiB a line and 100 MiB together.")
            .Accepts<TRequest>(BulkDocument.ContentType)
            .Produces<TLine>(contentType: BulkDocument.ContentType)
            .Refuses(401, 403, 413, 415, 429);

    private static RouteHandlerBuilder Named(this RouteHandlerBuilder endpoint, string id, string summary, string description) =>
        endpoint.WithName(id).WithSummary(summary).WithDescription(description);

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<ProblemBody>(status, ApiProblem.ContentType);
        return endpoint;
    }
}
