using Microsoft.Playwright;
using Tests.Shared;

namespace EndToEnd.Tests.Journeys;

public sealed class RuleTests(BrowserPortal portal)
{
    [Fact]
    public async Task A_marketer_writes_a_rule_publishes_it_and_the_next_purchase_has_its_points_with_the_reason()
    {
        await using var tab = await portal.OpenAsync(Persona.Marketer);
        var page = tab.Page;
        await page.SetViewportSizeAsync(1280, 900);

        await page.GotoAsync("/staff/rules/new");
        await page.Locator("main a[href$='start=basket']").First.ClickAsync();
        await page.FillAsync("[name='Form.NameId']", "Belanja akhir tahun");
        await page.FillAsync("[name='Form.NameEn']", "Year-end basket");
        await page.FillAsync("[name='Form.Key']", "year-end-basket");
        await page.FillAsync("[name='Form.Condition']", "order.total >= 400000");
        await page.FillAsync("[name='Form.Effects[0].Points']", "321");
        await page.Locator("button[name='Form.Do'][value='save-publish']").ClickAsync();
        await page.ArrivesAsync("/publish");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await page.ArrivesAsync("/staff/rules/year-end-basket");

        var (_, member) = await portal.Server.CustomerAsync(m => m.Name = "Nia");
        await portal.Server.BuysAsync(A.Purchase(member.Id, 450_000m, DateTime.UtcNow));
        await using var browser = await portal.NewContextAsync(member.Email!);
        var own = await browser.NewPageAsync();
        await own.GotoAsync("/transactions");
        await own.Locator("main a.entry").First.ClickAsync();
        await Assertions.Expect(own.Locator("main")).ToContainTextAsync("Belanja akhir tahun");
        await Assertions.Expect(own.Locator("main")).ToContainTextAsync("321 poin");

        await page.GotoAsync("/staff/rules/year-end-basket/pause"); // the other journeys must not meet it
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await page.ArrivesAsync("/staff/rules/year-end-basket");
    }
}
