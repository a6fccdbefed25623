using Microsoft.Playwright;
using Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Journeys;

/// <summary>Complaints from filing to a decision that holds, as customer and staff see them in their browsers.</summary>
public sealed class ComplainingTests(BrowserPortal portal)
{
    private static readonly byte[] Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_complaint_with_a_photo_is_asked_about_answered_decided_accepted_and_rated()
    {
        await using var customer = await CustomerAsync("Ratna");
        var page = await FileAsync(customer, "Gelas bocor, baju saya basah.", withPhoto: true);
        var path = new Uri(page.Url).AbsolutePath;
        await Expect(page.Locator("main")).ToContainTextAsync("Keluhan Anda kami terima");
        await Expect(page.Locator("[data-part=thread] a[download]")).ToContainTextAsync("foto gelas.png");

        await using var agent = await portal.OpenAsync(Persona.Agent, "en");
        await agent.Page.GotoAsync("/staff" + path);
        await InvestigateAsync(agent.Page);
        await agent.Page.Locator("details:has(#ask-Question) > summary").ClickAsync();
        await agent.Page.Locator("#ask-Question").FillAsync("Di gerai mana?");
        await SendAsync(agent.Page, "#ask-Question");

        await Expect(page.Locator("[data-part=now]")).ToContainTextAsync("berhenti sejak");
        await page.Locator("[data-part=now] a").ClickAsync();
        await Expect(page.Locator("#text-message")).ToBeFocusedAsync(); // where the page is, it goes there without fetching it again
        await page.Keyboard.TypeAsync("Gerai Senopati.");
        await SendAsync(page, "#text-message");
        await Expect(page.Locator("main")).ToContainTextAsync("Gerai Senopati.");
        await Expect(agent.Page.Locator("[data-part=thread]")).ToContainTextAsync("Gerai Senopati.");

        await DecideAsync(agent.Page, "decide", "Gelasnya rusak. Kami minta maaf.");
        await Expect(page.Locator("[data-part=decision]")).ToContainTextAsync("Gelasnya rusak.");
        await page.Locator("[data-part=decision] form:has(input[value$='accept']) button").ClickAsync();
        await Expect(page.Locator("[data-part=now]")).ToContainTextAsync("ditutup", new() { IgnoreCase = true });
        await page.Locator("input[name='Form.Process'][value='5']").CheckAsync();
        await page.Locator("input[name='Form.Outcome'][value='4']").CheckAsync();
        await SendAsync(page, "input[name='Form.Process']");
        await Expect(page.Locator("main .alert.good")).ToBeVisibleAsync();
        await agent.Page.ReloadAsync();
        await Expect(agent.Page.Locator("[data-part=facts]")).ToContainTextAsync("handling 5, result 4");
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task A_disputed_decision_is_looked_at_by_another_person_who_decides_finally()
    {
        await using var customer = await CustomerAsync("Tari");
        var page = await FileAsync(customer, "Pesanan saya tidak datang.");
        var path = new Uri(page.Url).AbsolutePath;
        await using var agent = await portal.OpenAsync(Persona.Agent, "en");
        await agent.Page.GotoAsync("/staff" + path);
        await InvestigateAsync(agent.Page);
        await DecideAsync(agent.Page, "decide", "Kurir kami tidak menemukan rumah Anda.");

        await page.Locator("[data-part=decision] details > summary").ClickAsync();
        await page.Locator("#text-dispute").FillAsync("Saya di rumah sepanjang hari.");
        await SendAsync(page, "#text-dispute");
        await Expect(page.Locator("[data-part=now]")).ToContainTextAsync("Orang lain");

        await agent.Page.ReloadAsync();
        await SendAsync(agent.Page, "input[value$='review']");
        await Expect(agent.Page.Locator("main")).ToContainTextAsync("another person's");
        await using var manager = await portal.OpenAsync(Persona.Manager, "en");
        await manager.Page.GotoAsync("/staff" + path);
        await SendAsync(manager.Page, "input[value$='review']");
        await DecideAsync(manager.Page, "final", "Anda benar: kurir tidak datang.");

        await Expect(page.Locator("[data-part=decision]")).ToContainTextAsync("Anda benar: kurir tidak datang.");
        await Expect(page.Locator("[data-part=decision] form")).ToHaveCountAsync(0); // final: nothing to accept or dispute
        await SendAsync(manager.Page, "input[value$='close']");
        await Expect(page.Locator("[data-part=ending]")).ToContainTextAsync("Bagaimana", new() { IgnoreCase = true });
    }

    [Fact]
    public async Task A_complaint_that_solved_itself_is_withdrawn_and_leaves_the_queue()
    {
        await using var customer = await CustomerAsync("Wulan");
        var page = await FileAsync(customer, "Struk saya tidak masuk, sepertinya.");
        var path = new Uri(page.Url).AbsolutePath;
        await using var agent = await portal.OpenAsync(Persona.Agent, "en");
        await agent.Page.GotoAsync("/staff" + path);

        await page.Locator("details.withdraw > summary").ClickAsync();
        await page.Locator("#text-withdraw").FillAsync("Sudah masuk, terima kasih.");
        await SendAsync(page, "#text-withdraw");

        await Expect(page.Locator("[data-part=now]")).ToContainTextAsync("Anda mencabut keluhan ini");
        await Expect(page.Locator("#text-message")).ToHaveCountAsync(0); // nothing more to write
        await Expect(page.Locator("#text-withdraw")).ToHaveCountAsync(0);
        await Expect(agent.Page.Locator("[data-part=facts]")).ToContainTextAsync("Withdrawn"); // without loading the page again
        await agent.Page.GotoAsync("/staff/complaints");
        await Expect(agent.Page.Locator("main")).Not.ToContainTextAsync("Struk saya tidak masuk");
        await agent.Page.GotoAsync("/staff/complaints?show=Ended");
        await Expect(agent.Page.Locator("main")).ToContainTextAsync("Struk saya tidak masuk");
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task A_closed_complaint_is_opened_again_and_goes_on_with_new_dates()
    {
        await using var customer = await CustomerAsync("Yuli");
        var page = await FileAsync(customer, "Kopi saya hambar.");
        var path = new Uri(page.Url).AbsolutePath;
        await using var agent = await portal.OpenAsync(Persona.Agent, "en");
        await agent.Page.GotoAsync("/staff" + path);
        await InvestigateAsync(agent.Page);
        await DecideAsync(agent.Page, "decide", "Takarannya salah. Kami minta maaf.");
        await Expect(page.Locator("[data-part=decision]")).ToContainTextAsync("Takarannya salah.");
        await page.Locator("[data-part=decision] form:has(input[value$='accept']) button").ClickAsync();
        await Expect(page.Locator("[data-part=now]")).ToContainTextAsync("ditutup", new() { IgnoreCase = true });

        await page.Locator("#text-reopen").FillAsync("Hari ini hambar lagi.");
        await SendAsync(page, "#text-reopen");

        await Expect(page.Locator("[data-part=thread]")).ToContainTextAsync("Hari ini hambar lagi.");
        await Expect(page.Locator("[data-part=now]")).ToContainTextAsync("paling lambat");
        await Expect(page.Locator("[data-part=decision] .findings, [data-part=decision] .finding")).ToHaveCountAsync(0); // the old decision no longer stands
        await agent.Page.ReloadAsync();
        await Expect(agent.Page.Locator("[data-part=facts]")).ToContainTextAsync("Being looked into");
        await DecideAsync(agent.Page, "decide", "Mesinnya sudah kami ganti.");
        await Expect(page.Locator("[data-part=decision]")).ToContainTextAsync("Mesinnya sudah kami ganti.");
        Assert.Empty(agent.Complaints);
    }

    private async Task<IBrowserContext> CustomerAsync(string name)
    {
        var (_, member) = await portal.Server.CustomerAsync(m => m.Name = name);
        var browser = await portal.NewContextAsync(Persona.Anonymous);
        await browser.AddCookiesAsync([new() { Name = "portal", Value = await portal.Server.CookieAsync(member.Email!), Url = portal.Server.Url.ToString() }]);
        return browser;
    }

    private static async Task<IPage> FileAsync(IBrowserContext customer, string text, bool withPhoto = false)
    {
        var page = await customer.NewPageAsync();
        await page.GotoAsync("/complaints/new");
        await page.Locator("select[name='Form.Category']").SelectOptionAsync("product");
        await page.Locator("textarea").FillAsync(text);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.Locator("#wish-apology").CheckAsync();
        if (withPhoto)
            await page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "foto gelas.png", MimeType = "image/png", Buffer = Photo });
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.ArrivesAsync("/complaints/[^/]*filed=1");
        return page;
    }

    private static async Task InvestigateAsync(IPage desk)
    {
        foreach (var step in (string[])["take", "assess", "start"])
        {
            await SendAsync(desk, $"input[value$='{step}']");
            await Expect(desk.Locator("main .alert.good")).ToContainTextAsync("Done");
        }
    }

    private static async Task DecideAsync(IPage desk, string step, string reasons)
    {
        await desk.Locator($"#{step}-reasons-0").FillAsync(reasons);
        await desk.Locator($"#{step}-cause").SelectOptionAsync("product-quality");
        await SendAsync(desk, $"#{step}-cause");
        await Expect(desk.Locator("main .alert.good")).ToContainTextAsync("Done");
    }

    private static async Task SendAsync(IPage page, string inTheForm)
    {
        await page.ToNewPageAsync(() => page.Locator($"form:has({inTheForm}) button[type=submit]").Last.ClickAsync()); // the form's own; helpers stand before it
    }
}
