using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Identity.Accounts;
using Portal.Identity.ApiKeys;
using Portal.Identity.Sessions;
using Portal.Rewarding;

namespace Portal.Identity;

public static class IdentityRegistration
{
    public static void AddPortalIdentity(this IServiceCollection services)
    {
        services.AddProtectionKeys();
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, null)
            .AddIdentityCookies();
        services.ConfigureApplicationCookie(o =>
        {
            o.LoginPath = "/sign-in";
            o.LogoutPath = "/sign-out";
            o.AccessDeniedPath = "/denied";
            o.Cookie.Name = "portal";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.ExpireTimeSpan = SessionStore.Lifetime;
            o.SlidingExpiration = true;
            o.Events.OnValidatePrincipal = SessionValidation.ValidateAsync;
        });
        services.AddSingleton<SessionStore>();
        services.AddScoped<AccountLookup>();
        services.AddScoped<NewAccount>();
        services.AddScoped<SignInWithPassword>();
        services.AddScoped<ResetPassword>();
        services.AddSingleton<EmailState>();
        services.AddSingleton<ConfirmationMail>();
        services.AddSingleton<LinkTokens>();
        // A changed role or membership reaches the cookie within a minute; ending a session works at once.
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            o.ValidationInterval = TimeSpan.FromMinutes(1);
            o.OnRefreshingPrincipal = SessionValidation.KeepSession;
        });
        services.AddAuthorization(o =>
        {
            Policies.Add(o);
            ApiPolicies.Add(o);
        });
        services.AddCascadingAuthenticationState();
        services.AddIdentityCore<User>(o =>
            {
                o.User.RequireUniqueEmail = false; // only proven addresses are unique, and the database sees to that
                o.User.AllowedUserNameCharacters = "";
                o.SignIn.RequireConfirmedEmail = false; // an unconfirmed customer may look around; what needs a proven address asks for it
                o.Password.RequiredLength = 10;
                o.Password.RequireDigit = o.Password.RequireUppercase = o.Password.RequireLowercase = o.Password.RequireNonAlphanumeric = false;
                o.Password.RequiredUniqueChars = 4;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<PortalDb>()
            .AddSignInManager<PortalSignInManager>()
            .AddClaimsPrincipalFactory<PortalClaimsFactory>();
    }
}

/// <summary>Adds the membership and the name to the cookie, so that no page looks them up again.</summary>
internal sealed class PortalClaimsFactory(
    UserManager<User> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options, PortalDb db)
    : UserClaimsPrincipalFactory<User, IdentityRole<Guid>>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new(PortalClaims.Name, user.Name));
        var member = await db.Set<MemberRow>().Where(m => m.UserId == user.Id).Select(m => m.Id).FirstOrDefaultAsync();
        if (member != default)
            identity.AddClaim(new(PortalClaims.Member, member.ToString()));
        return identity;
    }
}
