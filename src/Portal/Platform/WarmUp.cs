namespace Portal.Platform;

/// <summary>
/// Renders a page that needs no rows while the database is being made ready: compiling what every page needs takes about a
/// second, which the first visitor would wait for.
/// </summary>
internal static partial class WarmUp
{
    private const string Page = "/not-found";

    public static async Task RenderAsync(WebApplication app)
    {
        var endpoint = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().First(e => e.RoutePattern.RawText == Page);
        await using var scope = app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.SetEndpoint(endpoint);
        context.Request.Method = HttpMethods.Get;
        context.Request.Scheme = "http";
        context.Request.Host = new("localhost");
        context.Request.Path = Page;
        context.Response.Body = Stream.Null;
        try
        {
            await endpoint.RequestDelegate!(context);
        }
        catch (Exception e)
        {
            Failed(app.Logger, e); // the first visitor waits, nothing else
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No page could be rendered in advance.")]
    private static partial void Failed(ILogger log, Exception e);
}
