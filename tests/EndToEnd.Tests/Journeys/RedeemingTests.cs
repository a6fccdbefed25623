using Microsoft.Playwright;
using Tests.Shared;

namespace EndToEnd.Tests.Journeys;

public sealed class RedeemingTests(BrowserPortal portal)
{
    [Fact]
    public async Task A_customer_earns_redeems_and_holds_a_voucher_with_its_code()
    {
        var (_, member) = await portal.Server.CustomerAsync(m => m.Name = "Rini");
        await portal.Server.BuysAsync(A.Purchase(member.Id, 1_000_000m, DateTime.UtcNow.AddHours(-1)));
        await using var browser = await portal.NewContextAsync(Persona.Anonymous);
        await browser.AddCookiesAsync([new() { Name = "portal", Value = await portal.Server.CookieAsync(member.Email!), Url = portal.Server.Url.ToString() }]);
        var page = await browser.NewPageAsync();

        await page.GotoAsync("/rewards/kopi-susu");
        await page.Locator("main a[href='/rewards/kopi-susu/redeem']").ClickAsync();
        await page.ArrivesAsync("/redeem");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.ArrivesAsync("/vouchers/[^/]*");

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Kopi susu gratis");
        await Assertions.Expect(page.Locator("main svg").First).ToBeVisibleAsync();
        await page.GotoAsync("/home");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("40");
    }
}
