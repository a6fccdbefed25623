using Microsoft.Playwright;
using Tests.Shared;

namespace EndToEnd.Tests.Journeys;

public sealed class JoiningTests(BrowserPortal portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_reads_what_joining_gives_joins_and_has_the_welcome_points_at_once(bool script)
    {
        await using var browser = await portal.NewContextAsync(Persona.Anonymous, script: script);
        var page = await browser.NewPageAsync();
        var email = $"sari.{(script ? "a" : "b")}@customer.test";

        await page.GotoAsync("/");
        await page.Locator("main a[href='/join']").First.ClickAsync();
        await page.Locator("input[name='Form.Name']").FillAsync("Sari Dewi");
        await page.Locator("input[name='Form.Email']").FillAsync(email);
        await page.Locator("input[name='Form.Password']").FillAsync(SignIn.Password);
        await page.Locator("form:has(input[name='Form.Email']) button[type=submit]").ClickAsync();

        await page.ArrivesAsync("/home");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("100");

        var mail = await portal.Server.MailToAsync(email, m => m.Text.Contains("/confirm-email", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await page.GotoAsync(new Uri(mail.Link("/confirm-email")).PathAndQuery);
        if (await page.Locator("main form button[type=submit]").CountAsync() > 0)
            await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(email.Split('@')[0][..4], new() { IgnoreCase = true });
    }

    [Fact]
    public async Task A_form_with_a_mistake_keeps_what_was_typed_and_says_what_is_wrong_at_the_field()
    {
        await using var browser = await portal.NewContextAsync(Persona.Anonymous, "en", script: false);
        var page = await browser.NewPageAsync();

        await page.GotoAsync("/join");
        await page.Locator("input[name='Form.Name']").FillAsync("Sari Dewi");
        await page.Locator("input[name='Form.Email']").FillAsync("sari@customer.test");
        await page.Locator("input[name='Form.Password']").FillAsync("short");
        await page.Locator("form:has(input[name='Form.Email']) button[type=submit]").ClickAsync();

        Assert.Equal("Sari Dewi", await page.Locator("input[name='Form.Name']").InputValueAsync());
        Assert.Equal("sari@customer.test", await page.Locator("input[name='Form.Email']").InputValueAsync());
        var password = page.Locator("input[name='Form.Password']");
        Assert.Equal("true", await password.GetAttributeAsync("aria-invalid"));
        var described = (await password.GetAttributeAsync("aria-describedby"))!.Split(' ');
        var texts = await Task.WhenAll(described.Select(id => page.Locator($"#{id}").TextContentAsync()));
        Assert.Contains(texts, t => t!.Contains("10", StringComparison.Ordinal));
    }
}
