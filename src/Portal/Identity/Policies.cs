using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Portal.Identity;

/// <summary>Staff roles, from the least to the most powerful.</summary>
public static class Roles
{
    public const string Agent = "agent";
    public const string Marketer = "marketer";
    public const string Manager = "manager";
    public const string Administrator = "administrator";

    public static readonly IReadOnlyList<string> All = [Agent, Marketer, Manager, Administrator];
}

/// <summary>Every page and endpoint names one of these, or says that anyone may use it.</summary>
public static class Policies
{
    /// <summary>A signed-in customer with a membership; sees only that membership.</summary>
    public const string Customer = nameof(Customer);

    /// <summary>Anybody signed in, for what customers and staff share: their own password and sign-ins.</summary>
    public const string SignedIn = nameof(SignedIn);

    /// <summary>Any member of staff.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>Works complaints and the counter: agent, manager, administrator.</summary>
    public const string Desk = nameof(Desk);

    /// <summary>Sets rules and the catalogue: marketer, manager, administrator.</summary>
    public const string Rules = nameof(Rules);

    /// <summary>Imports and approves: manager, administrator.</summary>
    public const string Management = nameof(Management);

    /// <summary>Staff accounts, keys, settings: administrator.</summary>
    public const string Administration = nameof(Administration);

    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Customer, p => p.RequireAuthenticatedUser().RequireClaim(PortalClaims.Member));
        options.AddPolicy(SignedIn, p => p.RequireAuthenticatedUser());
        options.AddPolicy(Staff, p => p.RequireRole(Roles.All));
        options.AddPolicy(Desk, p => p.RequireRole(Roles.Agent, Roles.Manager, Roles.Administrator));
        options.AddPolicy(Rules, p => p.RequireRole(Roles.Marketer, Roles.Manager, Roles.Administrator));
        options.AddPolicy(Management, p => p.RequireRole(Roles.Manager, Roles.Administrator));
        options.AddPolicy(Administration, p => p.RequireRole(Roles.Administrator));
        // An endpoint that states nothing is closed, not open.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(Roles.Administrator).Build();
    }
}

public static class PortalClaims
{
    /// <summary>The membership of the signed-in customer.</summary>
    public const string Member = "member_id";

    public const string Name = "name";

    /// <summary>The sign-in this cookie belongs to.</summary>
    public const string Session = "session_id";

    /// <summary>The membership of this principal, or null for staff and visitors.</summary>
    public static RewardsEngine.Values.MemberId? MemberId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(Member), out var id) ? new(id) : null;

    public static Guid? UserId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Guid? SessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(Session), out var id) ? id : null;

    public static bool IsStaff(this ClaimsPrincipal principal) => Roles.All.Any(principal.IsInRole);
}
