using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Identity;

/// <summary>Signing out is a form post with its token: a picture on another site must not be able to do it.</summary>
internal static class SignOutEndpoint
{
    public static void MapSignOut(this WebApplication app) =>
        app.MapPost("/sign-out", async (SignInManager<User> signIn, [FromForm] string? returnUrl) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect(LocalUrl.Check(returnUrl) ?? "/");
        }).AllowAnonymous();
}
