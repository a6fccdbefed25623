using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.ResponseCompression;
using Portal.Api;
using Portal.Identity;
using Portal.Platform.Live;
using Portal.Platform.Mail;
using Portal.Ui;
using Portal.Ui.Brand;

namespace Portal.Platform;

internal static class Web
{
    public static readonly IReadOnlyList<CultureInfo> Cultures = [CultureInfo.GetCultureInfo("id-ID"), CultureInfo.GetCultureInfo("en")];

    public static void AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddHealth();
        services.AddLiveStreams();
        services.AddProblemDetails();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "portal-form";
            o.SuppressXFrameOptionsHeader = true; // SecurityHeaders says it
        });
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true; // pages hold no secret beside reflected input; antiforgery tokens differ on every response
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.DefaultRequestCulture = new(Cultures[0]);
            o.SupportedCultures = [.. Cultures];
            o.SupportedUICultures = [.. Cultures];
            o.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { QueryStringKey = "lang", UIQueryStringKey = "lang" },
                new CookieRequestCultureProvider { CookieName = LanguageEndpoint.Cookie },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
    }

    public static void UseWeb(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
            app.UseHsts();
        }
        app.UseSecurityHeaders();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseResponseCompression();
        app.UseRequestLocalization();
        app.UseApiErrors();
        app.UseRouting();
        // What does not exist is not there for anybody; without this the closed fallback policy would send visitors to sign in.
        app.Use((context, next) =>
        {
            switch (context.GetEndpoint())
            {
                case RouteEndpoint:
                    return next(context);
                case { RequestDelegate: { } refuse }: // the address exists, but not for this method or content type
                    return refuse(context);
            }
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.UseAuthentication();
        app.UseRateLimiter(); // after the person is known, before any work is done for them
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapLanguage();
        app.MapBrand();
        app.MapMailbox();
        app.MapSignOut();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null) // SecurityHeaders says it
            .Add(StateWhoMayUseTheFramework);
    }

    // Only staff pages have interactive islands, so only staff may open a circuit. The redirect helper of enhanced navigation serves all.
    private static void StateWhoMayUseTheFramework(EndpointBuilder endpoint)
    {
        var path = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/') ?? "";
        if (path.StartsWith("_blazor", StringComparison.Ordinal))
            endpoint.Metadata.Add(new AuthorizeAttribute(Policies.Staff));
        else if (path.StartsWith("_framework", StringComparison.Ordinal))
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }
}
