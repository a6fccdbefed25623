using Microsoft.Playwright;
using Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Journeys;

/// <summary>An open case in two browsers at once.</summary>
public sealed class LiveCaseTests(BrowserPortal portal)
{
    private const string StillThere = "window.stillThere === 1";

    [Fact]
    public async Task The_customers_open_page_shows_the_agents_answer_and_keeps_what_is_half_written()
    {
        await using var customer = await CustomerAsync("Sinta");
        var (page, path) = await CaseAsync(customer, "Kopi tumpah di tas saya.");
        await using var agent = await portal.OpenAsync(Persona.Agent, "en");
        await page.EvaluateAsync("() => { window.stillThere = 1; }");
        await page.Locator("#text-message").FillAsync("Tas saya basah dan");

        await agent.Page.GotoAsync("/staff" + path);
        await agent.Page.Locator("#reply-Reply").FillAsync("Kami minta maaf, kami periksa hari ini.");
        await agent.Page.Locator("form:has(#reply-Reply) button.primary").ClickAsync();
        await Expect(agent.Page.Locator("[data-part=thread]")).ToContainTextAsync("kami periksa hari ini");

        await Expect(page.Locator("[data-part=thread]")).ToContainTextAsync("kami periksa hari ini");
        await Expect(page.Locator("#text-message")).ToHaveValueAsync("Tas saya basah dan");
        await Expect(page.Locator("#text-message")).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<bool>(StillThere), "The page was loaded again.");

        await agent.Page.EvaluateAsync("() => { window.stillThere = 1; }");
        await page.Locator("form:has(#text-message) button[type=submit]").ClickAsync();
        await Expect(agent.Page.Locator("[data-part=thread]")).ToContainTextAsync("Tas saya basah dan");
        Assert.True(await agent.Page.EvaluateAsync<bool>(StillThere), "The agent's page was loaded again.");
        Assert.Empty(agent.Complaints);
    }

    [Fact]
    public async Task Without_script_the_answer_is_there_after_a_plain_reload()
    {
        await using var customer = await CustomerAsync("Wulan", script: false);
        var (page, path) = await CaseAsync(customer, "Tanpa skrip.");
        var agent = await portal.VisitorAsync(Persona.Agent, "en");
        await agent.SubmitAsync(await agent.GetAsync("/staff" + path), "reply", ("Reply", "Jawaban kami."));

        await page.ReloadAsync();

        await Expect(page.Locator("[data-part=thread]")).ToContainTextAsync("Jawaban kami.");
        await page.Locator("#text-message").FillAsync("Terima kasih.");
        await page.Locator("form:has(#text-message) button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-part=thread]")).ToContainTextAsync("Terima kasih.");
    }

    [Fact]
    public async Task Half_written_text_outlives_a_lost_connection_and_a_closed_tab()
    {
        await using var customer = await CustomerAsync("Yanti");
        var (page, path) = await CaseAsync(customer, "Sambungan putus.");

        await page.Locator("#text-message").FillAsync("Saya ingin menambahkan");
        await Expect(page.Locator(".draft-state")).ToContainTextAsync("Tersimpan");
        await page.CloseAsync();
        var again = await customer.NewPageAsync();
        await again.GotoAsync(path);
        await Expect(again.Locator("#text-message")).ToHaveValueAsync("Saya ingin menambahkan");

        await customer.SetOfflineAsync(true);
        await again.Locator("#text-message").FillAsync("Saya ingin menambahkan bahwa hujan");
        await Expect(again.Locator(".draft-state")).ToContainTextAsync("Sambungan terputus");
        await customer.SetOfflineAsync(false);
        await again.ReloadAsync();
        await Expect(again.Locator("#text-message")).ToHaveValueAsync("Saya ingin menambahkan bahwa hujan");

        await again.Locator("form:has(#text-message) button[type=submit]").ClickAsync();
        await Expect(again.Locator("[data-part=thread]")).ToContainTextAsync("bahwa hujan");
        await Expect(again.Locator("#text-message")).ToHaveValueAsync("");
        await again.ReloadAsync();
        await Expect(again.Locator("#text-message")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Two_agents_see_each_other_and_neither_loses_a_word()
    {
        await using var customer = await CustomerAsync("Vina");
        var (_, path) = await CaseAsync(customer, "Dua agen.");
        await using var first = await portal.OpenAsync(Persona.Agent, "en");
        await using var second = await portal.OpenAsync(Persona.Manager, "en");
        await first.Page.GotoAsync("/staff" + path);
        await second.Page.GotoAsync("/staff" + path);
        var note = second.Page.Locator("[data-part=colleagues]");
        await Expect(note).ToContainTextAsync("has this case open too");

        await first.Page.Locator("#reply-Reply").FillAsync("First answer.");
        await Expect(note).ToContainTextAsync("is writing an answer");
        await second.Page.Locator("#reply-Reply").FillAsync("Second answer.");
        await first.Page.Locator("form:has(#reply-Reply) button.primary").ClickAsync();

        await Expect(second.Page.Locator("[data-part=thread]")).ToContainTextAsync("First answer.");
        await Expect(second.Page.Locator("form:has(#reply-Reply) .kept")).ToContainTextAsync("changed while you were writing");
        await second.Page.Locator("form:has(#reply-Reply) button.primary").ClickAsync();
        await Expect(second.Page.Locator("main")).ToContainTextAsync("Somebody else has answered meanwhile");
        await Expect(second.Page.Locator("#reply-Reply")).ToHaveValueAsync("Second answer.");
    }

    private async Task<IBrowserContext> CustomerAsync(string name, bool script = true)
    {
        var (_, member) = await portal.Server.CustomerAsync(m => m.Name = name);
        var browser = await portal.NewContextAsync(Persona.Anonymous, script: script);
        await browser.AddCookiesAsync([new() { Name = "portal", Value = await portal.Server.CookieAsync(member.Email!), Url = portal.Server.Url.ToString() }]);
        return browser;
    }

    private static async Task<(IPage Page, string Path)> CaseAsync(IBrowserContext customer, string text)
    {
        var page = await customer.NewPageAsync();
        await page.GotoAsync("/complaints/new");
        await page.Locator("select[name='Form.Category']").SelectOptionAsync("product");
        await page.Locator("textarea").FillAsync(text);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.Locator("#wish-apology").CheckAsync();
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.ArrivesAsync("/complaints/[^/]*filed=1");
        return (page, new Uri(page.Url).AbsolutePath);
    }
}
