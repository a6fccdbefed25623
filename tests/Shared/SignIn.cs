using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Identity;
using Portal.Identity.Sessions;
using Portal.Rewarding;

namespace Tests.Shared;

/// <summary>People who are already signed in, by the same cookie that the sign-in page issues.</summary>
public static class SignIn
{
    public const string Password = "kopi susu pagi hari";

    /// <summary>A member of staff with one role, see <see cref="Roles"/>.</summary>
    public static async Task<Visitor> StaffAsync(this PortalServer server, string role, string language = "id-ID")
    {
        var email = $"{role}@staff.test";
        using var scope = server.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (await users.FindByEmailAsync(email) is null)
        {
            var user = await CreateUserAsync(server, email, "Staf " + role);
            Done(await users.AddToRoleAsync((await users.FindByIdAsync(user.Id.ToString()))!, role));
        }
        return await server.SignedInAsync(email, language);
    }

    /// <summary>A customer with a membership of their own and an empty wallet.</summary>
    public static async Task<(Visitor Visitor, MemberRow Member)> CustomerAsync(
        this PortalServer server, Action<MemberRow>? change = null, string language = "id-ID")
    {
        var member = A.Member();
        member.EmailConfirmedAt = member.JoinedAt;
        change?.Invoke(member);
        member.Email ??= $"{member.CardCode.ToLowerInvariant()}@customer.test";
        member.UserId = (await CreateUserAsync(server, member.Email, member.Name ?? "Ayu")).Id;
        await using (var work = await server.Services.GetRequiredService<Rewards>().BeginAsync(CancellationToken.None))
        {
            work.Add(member);
            await work.CommitAsync(CancellationToken.None);
        }
        return (await server.SignedInAsync(member.Email, language), member);
    }

    /// <summary>Signs in somebody who exists, without going through the page.</summary>
    public static async Task<Visitor> SignedInAsync(this PortalServer server, string email, string language = "id-ID")
    {
        var visitor = server.Visitor(language);
        visitor.SetCookie("portal", await server.CookieAsync(email));
        return visitor;
    }

    /// <summary>The value of the sign-in cookie of somebody who exists.</summary>
    public static async Task<string> CookieAsync(this PortalServer server, string email)
    {
        using var scope = server.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = await users.FindByEmailAsync(email) ?? throw new InvalidOperationException($"Nobody has the address {email}.");
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<User>>().CreateAsync(user);
        var session = await scope.ServiceProvider.GetRequiredService<SessionStore>().OpenAsync(user.Id, new(null, "Test"), CancellationToken.None);
        ((ClaimsIdentity)principal.Identity!).AddClaims([new("amr", "pwd"), new(PortalClaims.Session, session.ToString())]);
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        var ticket = new AuthenticationTicket(
            principal, new() { IssuedUtc = now, ExpiresUtc = now.AddDays(400) }, IdentityConstants.ApplicationScheme);
        var cookie = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        return cookie.TicketDataFormat.Protect(ticket);
    }

    private static async Task<User> CreateUserAsync(PortalServer server, string email, string name)
    {
        using var scope = server.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User
        {
            Email = email,
            UserName = email,
            Name = name,
            EmailConfirmed = true,
            CreatedAt = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
        };
        Done(await users.CreateAsync(user, Password));
        return user;
    }

    private static void Done(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(string.Join(" ", result.Errors.Select(e => e.Description)));
    }
}
