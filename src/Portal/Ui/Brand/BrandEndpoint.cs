using System.Text;

namespace Portal.Ui.Brand;

/// <summary><c>/brand.css</c>: the configured colours as custom properties.</summary>
internal static partial class BrandEndpoint
{
    public static void MapBrand(this WebApplication app)
    {
        var brand = app.Services.GetRequiredService<BrandOptions>();
        var theme = app.Services.GetRequiredService<BrandTheme>();
        if (theme.Darkened is { } darkened)
            LogDarkened(app.Logger, brand.Primary, darkened.ToString());
        app.MapGet("/brand.css", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=600";
            return Results.Text(theme.Css, "text/css", Encoding.UTF8);
        }).AllowAnonymous();
    }

    [LoggerMessage(1, LogLevel.Warning, "Brand:Primary {Configured} cannot be read on the pages' ground (contrast below 4.5); it is darkened to {Used}.")]
    private static partial void LogDarkened(ILogger logger, string configured, string used);
}
