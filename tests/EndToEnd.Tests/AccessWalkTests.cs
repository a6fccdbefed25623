using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.ApiKeys;
using Portal.Identity.ApiKeys;
using Tests.Shared;

namespace EndToEnd.Tests;

/// <summary>Knocks at every page and endpoint as everybody, and compares the answer with the stated policy.</summary>
public sealed class AccessWalkTests(BrowserPortal portal)
{
    public static TheoryData<Persona> Everybody => [.. Enum.GetValues<Persona>()];

    [Theory, MemberData(nameof(Everybody))]
    public async Task A_door_opens_to_those_whom_its_policy_names_and_to_nobody_else(Persona persona)
    {
        var visitor = await portal.VisitorAsync(persona);
        var found = new List<string>();
        foreach (var door in Doors())
        {
            using var response = await visitor.SendAsync(new HttpRequestMessage(new(door.Method), door.Address));
            var let = Outcome(response);
            var expected = door.Anyone || (door.Policies.Count > 0 && Permitted.Is(persona, door.Policies));
            if (expected != let is Answer.Inside)
                found.Add($"{door.Method} {door.Template} ({(door.Anyone ? "anyone" : string.Join("+", door.Policies))}): {(int)response.StatusCode} {response.Headers.Location}");
            else if (let is Answer.SignIn && persona is not Persona.Anonymous && !door.IsForKeys)
                found.Add($"{door.Method} {door.Template} asks {persona}, who is signed in, to sign in");
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
                found.Add($"{door.Method} {door.Template} breaks: {(int)response.StatusCode}");
        }
        Assert.True(found.Count == 0, $"As {persona}\n  {string.Join("\n  ", found)}");
    }

    public static TheoryData<string> Scopes => [.. ApiPolicies.All];

    [Theory, MemberData(nameof(Scopes))]
    public async Task A_key_opens_the_doors_of_its_scope_and_no_other(string scope)
    {
        var key = await portal.Server.Services.GetRequiredService<ManageKeys>().CreateAsync($"test {scope}", [scope], null, TestContext.Current.CancellationToken);
        var machine = portal.Server.Visitor();
        var found = new List<string>();
        foreach (var door in Doors().Where(d => !d.Anyone))
        {
            using var request = new HttpRequestMessage(new(door.Method), door.Address) { Headers = { Authorization = new("Bearer", key.Value) } };
            using var response = await machine.SendAsync(request);
            if (door.Policies.Contains(scope) != Outcome(response) is Answer.Inside || response.StatusCode >= HttpStatusCode.InternalServerError)
                found.Add($"{door.Method} {door.Template} ({string.Join("+", door.Policies)}): {(int)response.StatusCode} {response.Headers.Location}");
        }
        Assert.True(found.Count == 0, $"With a key for {scope}\n  {string.Join("\n  ", found)}");
    }

    [Fact]
    public async Task What_belongs_to_one_customer_is_not_there_for_another()
    {
        var owner = await portal.VisitorAsync(Persona.Customer);
        var other = await portal.VisitorAsync(Persona.OtherCustomer);
        foreach (var address in portal.Scene.OwnedByCustomer)
        {
            using var own = await owner.SendAsync(HttpMethod.Get, address);
            using var foreign = await other.SendAsync(HttpMethod.Get, address);

            Assert.True(own.IsSuccessStatusCode, $"{address} answers its owner {(int)own.StatusCode}");
            Assert.True(foreign.StatusCode == HttpStatusCode.NotFound, $"{address} answers another customer {(int)foreign.StatusCode}");
        }
    }

    private enum Answer { Inside, SignIn, Refused }

    private static Answer Outcome(HttpResponseMessage response)
    {
        var to = response.Headers.Location is { } location ? (location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString) : "";
        if (response.StatusCode is HttpStatusCode.Unauthorized || to.StartsWith("/sign-in?ReturnUrl", StringComparison.OrdinalIgnoreCase))
            return Answer.SignIn;
        return response.StatusCode is HttpStatusCode.Forbidden || to.StartsWith("/denied", StringComparison.Ordinal) ? Answer.Refused : Answer.Inside;
    }

    private IEnumerable<Door> Doors() =>
        from endpoint in portal.Server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        let template = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
        where !template.Contains("{**path:file}", StringComparison.Ordinal) && !template.StartsWith("/_content/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method is not "HEAD" and not "OPTIONS" and not "CONNECT"
        select new Door(
            method,
            template,
            Address(template, endpoint.RoutePattern),
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
            [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>()]);

    // Whether something is there behind the door does not matter here: 404 is an answer from inside.
    private string Address(string template, RoutePattern pattern) =>
        portal.Scene.SampleFor(template) ?? "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => Any(parameter),
            _ => "",
        }))));

    private static string Any(RoutePatternParameterPart parameter)
    {
        var policies = parameter.ParameterPolicies.Select(p => p.Content).ToList();
        if (policies.Contains("guid"))
            return Guid.Empty.ToString();
        return policies.Contains("int") || policies.Contains("long") ? "1" : "x";
    }

    private sealed record Door(string Method, string Template, string Address, bool Anyone, IReadOnlyList<string> Policies)
    {
        /// <summary>A cookie is nothing to the API; it asks for a key.</summary>
        public bool IsForKeys => Template.StartsWith("/api/", StringComparison.Ordinal);
    }
}
