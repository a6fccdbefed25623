using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Tests.Shared;

namespace EndToEnd.Tests.Journeys;

public sealed class KeyTests(BrowserPortal portal)
{
    [Fact]
    public async Task An_administrator_makes_a_key_that_works_and_revokes_it_and_it_works_no_more()
    {
        await using var tab = await portal.OpenAsync(Persona.Administrator);
        var page = tab.Page;
        await page.GotoAsync("/staff/keys");
        await page.FillAsync("[name='Form.Name']", "Kasir uji");
        await page.CheckAsync("[name='Form.Scopes'][value='quotes:read']");
        await page.Locator("form:has([name='Form.Name']) button[type=submit]").ClickAsync();
        var key = (await page.Locator("code.key").TextContentAsync())!;
        Assert.NotEqual(HttpStatusCode.Unauthorized, await AskAsync(key));

        await page.GotoAsync("/staff/keys");
        await page.GetByRole(AriaRole.Link, new() { Name = "Kasir uji" }).ClickAsync();
        await page.ArrivesAsync("/revoke");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.ArrivesAsync("/staff/keys");

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(key));
    }

    private async Task<HttpStatusCode> AskAsync(string key)
    {
        using var http = new HttpClient { BaseAddress = portal.Server.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/quotes") { Content = JsonContent.Create(new { }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
