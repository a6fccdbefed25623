using Microsoft.Playwright;
using Tests.Shared;

namespace EndToEnd.Tests.Journeys;

public sealed class WhyTests(BrowserPortal portal)
{
    [Fact]
    public async Task A_customer_sees_which_rule_gave_the_points_of_a_purchase_with_the_arithmetic()
    {
        var (_, member) = await portal.Server.CustomerAsync(m => m.Name = "Wati");
        await portal.Server.BuysAsync(A.Purchase(member.Id, 137_000m, DateTime.UtcNow.AddHours(-2)));
        await using var browser = await portal.NewContextAsync(member.Email!, script: false);
        var page = await browser.NewPageAsync();

        await page.GotoAsync("/transactions");
        await page.Locator("main a.entry").First.ClickAsync();

        var main = page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync("Mengapa");
        await Assertions.Expect(main).ToContainTextAsync("Rp137.000");
        await Assertions.Expect(main).ToContainTextAsync("13 poin"); // the starter programme: one point for every Rp10.000
    }
}
