using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Portal.Identity.Sessions;

/// <summary>Every sign-in opens a session on the server and puts its id into the cookie.</summary>
public sealed class PortalSignInManager(
    UserManager<User> users, IHttpContextAccessor contexts, IUserClaimsPrincipalFactory<User> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<User> confirmation, SessionStore sessions)
    : SignInManager<User>(users, contexts, claims, options, logger, schemes, confirmation)
{
    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        // A refreshed cookie stays in its session.
        var current = Context.User.UserId() == user.Id ? Context.User.SessionId() : null;
        var session = current ?? await sessions.OpenAsync(user.Id, ClientDetails.Of(Context), Context.RequestAborted);
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. additionalClaims, new(PortalClaims.Session, session.ToString())]);
    }

    public override async Task SignOutAsync()
    {
        if (Context.User.UserId() is { } user && Context.User.SessionId() is { } session)
            await sessions.EndAsync(user, session, Context.RequestAborted);
        await base.SignOutAsync();
    }
}
