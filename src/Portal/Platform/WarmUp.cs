namespace Portal.Platform;

/// <summary>
/// Renders a page that needs no database while the database is being made ready: compiling what every page needs takes about a
/// second, which the first visitor would wait for.
/// </summary>
internal static class WarmUp
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
        await endpoint.RequestDelegate!(context);
    }
}
