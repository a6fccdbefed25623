using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Portal.Identity;

namespace EndToEnd.Tests;

/// <summary>One page of the portal, found by its route, so that a new page cannot be forgotten.</summary>
/// <param name="Policy">Null: anyone.</param>
public sealed record PortalPage(string Template, string? Policy)
{
    /// <summary>The person a page is made for.</summary>
    public Persona Reader => Policy switch
    {
        null => Persona.Anonymous,
        Policies.Customer or Policies.SignedIn => Persona.Customer,
        _ => Persona.Administrator,
    };

    public bool IsForStaff => Template.StartsWith("/staff", StringComparison.Ordinal);
}

public static class PageList
{
    public static IReadOnlyList<PortalPage> All { get; } =
        [.. typeof(Program).Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>(), (type, route) => new PortalPage(
                route.Template,
                type.GetCustomAttribute<AllowAnonymousAttribute>() is not null ? null : type.GetCustomAttribute<AuthorizeAttribute>()?.Policy))
            .OrderBy(p => p.IsForStaff).ThenBy(p => p.Template, StringComparer.Ordinal)];

    public static TheoryData<string> Templates(Func<PortalPage, bool>? which = null) => [.. All.Where(which ?? (_ => true)).Select(p => p.Template)];

    public static PortalPage Find(string template) => All.Single(p => p.Template == template);
}
