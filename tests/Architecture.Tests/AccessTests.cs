using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Identity;
using Portal.Identity.ApiKeys;
using Tests.Shared;

namespace Architecture.Tests;

/// <summary>Every page and every endpoint states who may use it; what states nothing is closed by the fallback policy, and a mistake.</summary>
public sealed class AccessTests(SqlitePortal portal) : IClassFixture<SqlitePortal>
{
    private static readonly IReadOnlyList<string> Known =
        [.. typeof(Policies).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!), .. ApiPolicies.All];

    [Fact]
    public void Every_page_states_who_may_see_it() =>
        Violations.None("Pages without [Authorize(Policy = …)] or [AllowAnonymous]:", typeof(Program).Assembly.GetTypes()
            .Where(t => t.GetCustomAttributes<RouteAttribute>().Any())
            .Where(t => !States(t.GetCustomAttributes(inherit: false)))
            .Select(t => t.FullName!));

    [Fact]
    public void Every_endpoint_states_who_may_use_it() =>
        Violations.None("Endpoints without .RequireAuthorization(policy) or .AllowAnonymous():", portal.Server.Services
            .GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => !States([.. e.Metadata]) && e.RoutePattern.RawText != "{**path:file}") // MapStaticAssets' own, in Development only
            .Select(e => $"{string.Join(",", e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} /{e.RoutePattern.RawText?.TrimStart('/')}"));

    [Fact]
    public void A_page_below_staff_is_for_staff_and_no_other_page_is()
    {
        var pages = typeof(Program).Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>(), (type, route) => (Type: type, Route: route.Template))
            .ToList();

        Violations.None("Staff pages live under /staff, customer pages do not:", pages
            .Where(p => PolicyOf(p.Type) is { } policy && policy != Policies.SignedIn && (policy == Policies.Customer) == p.Route.StartsWith("/staff", StringComparison.Ordinal))
            .Select(p => $"{p.Route} has the policy {PolicyOf(p.Type)}"));
    }

    private static string? PolicyOf(Type page) => page.GetCustomAttribute<AuthorizeAttribute>()?.Policy;

    private static bool States(IReadOnlyList<object> metadata) =>
        metadata.OfType<IAllowAnonymous>().Any()
        || metadata.OfType<IAuthorizeData>().Any(a => a.Policy is not null && Known.Contains(a.Policy))
        || metadata.OfType<AuthorizationPolicy>().Any();
}
