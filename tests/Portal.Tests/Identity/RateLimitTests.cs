using System.Net;
using Portal.Tests.Api;
using Tests.Shared;

namespace Portal.Tests.Identity;

/// <summary>Who tries too often is told to wait, and for how long.</summary>
public sealed class RateLimitTests(RateLimitTests.LimitedPortal portal) : IClassFixture<RateLimitTests.LimitedPortal>
{
    [Fact]
    public async Task A_key_that_calls_too_often_gets_problem_details_and_another_key_goes_on()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        var other = await ApiCaller.WithAsync(portal.Server);
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await till.PostAsync("/quotes", PurchaseApiTests.Sale(null))).Code);

        var refused = await till.PostAsync("/quotes", PurchaseApiTests.Sale(null));
        using var raw = await till.Http.GetAsync("/api/v1/members/by-card/nobody", TestContext.Current.CancellationToken);

        Assert.Equal((429, "application/problem+json"), (refused.Code, refused.ContentType));
        Assert.Equal((429, "urn:loyalty-portal:problem:too_many"), (refused.Body.GetProperty("status").GetInt32(), refused.Text("type")));
        Assert.Equal(HttpStatusCode.TooManyRequests, raw.StatusCode);
        var wait = int.Parse(Assert.Single(raw.Headers.GetValues("Retry-After")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(wait, 1, 60);
        Assert.Equal(200, (await other.PostAsync("/quotes", PurchaseApiTests.Sale(null))).Code);
    }

    [Theory]
    [InlineData("/sign-in", 2)]
    [InlineData("/join", 2)]
    public async Task A_form_sent_too_often_is_answered_with_a_page_that_says_when_to_come_back(string path, int allowed)
    {
        var visitor = portal.Server.Visitor("en");
        var statuses = new List<HttpStatusCode>();
        string? wait = null;
        for (var i = 0; i <= allowed; i++)
        {
            using var content = new FormUrlEncodedContent([]);
            using var response = await visitor.SendAsync(HttpMethod.Post, path, content);
            statuses.Add(response.StatusCode);
            wait = response.Headers.RetryAfter?.ToString();
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses.Take(allowed));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.InRange(int.Parse(wait!, System.Globalization.CultureInfo.InvariantCulture), 1, 3600);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(path)).Status); // looking never counts
    }

    public sealed class LimitedPortal : SqlitePortal
    {
        protected override PortalServerOptions Options => new()
        {
            Time = new(),
            Settings = new Dictionary<string, string>
            {
                ["RateLimits:ApiCallsPerMinute"] = "3",
                ["RateLimits:SignInsPerMinute"] = "2",
                ["RateLimits:JoinsPerHour"] = "2",
            },
        };
    }
}
