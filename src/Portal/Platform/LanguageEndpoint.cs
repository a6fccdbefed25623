using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Platform;

/// <summary>The language switch: a plain form post, so that it works without script.</summary>
internal static class LanguageEndpoint
{
    public const string Cookie = "portal-language";

    public static void MapLanguage(this WebApplication app) =>
        app.MapPost("/language", (HttpContext context, [FromForm] string culture, [FromForm] string? returnUrl) =>
        {
            Remember(context, culture);
            return Results.LocalRedirect(returnUrl is ['/', not '/' and not '\\', ..] or "/" ? returnUrl : "/");
        }).AllowAnonymous();

    /// <summary>Keeps a language for the visits to come; an unknown one counts as the default.</summary>
    public static void Remember(HttpContext context, string culture)
    {
        var chosen = Web.Cultures.FirstOrDefault(c => c.Name == culture) ?? Web.Cultures[0];
        context.Response.Cookies.Append(Cookie, CookieRequestCultureProvider.MakeCookieValue(new(chosen)),
            new() { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });
    }
}
