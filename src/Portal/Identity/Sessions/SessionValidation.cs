using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Portal.Identity.Sessions;

/// <summary>Asks on every request whether the session in the cookie still stands, then now and then whether the account changed.</summary>
internal static class SessionValidation
{
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SessionStore>();
        if (context.Principal?.UserId() is not { } user || context.Principal.SessionId() is not { } session
            || !await sessions.IsOpenAsync(session, user, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }
        await SecurityStampValidator.ValidatePrincipalAsync(context);
    }

    /// <summary>The validator makes the principal anew from the account; the session is not part of the account.</summary>
    public static Task KeepSession(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(PortalClaims.Session) is { } session)
            context.NewPrincipal!.Identities.First().AddClaim(session);
        return Task.CompletedTask;
    }
}
