using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Teams;
using Tests.Shared;

namespace EndToEnd.Tests.Journeys;

public sealed class RoutingTests(BrowserPortal portal)
{
    [Fact]
    public async Task A_rule_made_by_a_manager_hands_a_complaint_to_the_agent_who_answers_with_a_prepared_reply()
    {
        await using var db = portal.Server.OpenDatabase();
        var agent = await db.Users.SingleAsync(u => u.Email == "agent@staff.test", TestContext.Current.CancellationToken);
        var teams = portal.Server.Services.GetRequiredService<EditTeams>();
        await using (var managers = await portal.NewContextAsync(Persona.Manager))
        {
            var page = await managers.NewPageAsync();
            await page.GotoAsync("/staff/complaints/routing/new");
            await page.FillAsync("#f-form-name", "Barang hilang ke layanan utama");
            await page.FillAsync("#f-form-condition", "event.category = \"delivry\"");
            await page.SelectOptionAsync("#f-form-team", new SelectOptionValue { Label = "Layanan utama" });
            await page.FillAsync("#f-form-condition", "event.category == \"delivery\"");
            await page.Locator("button[value=save]").ClickAsync();
            await Assertions.Expect(page.Locator("#f-form-condition-error")).ToBeVisibleAsync();
            await page.FillAsync("#f-form-condition", "event.category = \"delivery\"");
            await page.Locator("button[value=save]").ClickAsync();
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Barang hilang ke layanan utama");
        }
        Assert.Contains((await teams.ReadAsync(TestContext.Current.CancellationToken)).Agents, a => a.Id == agent.Id && a.Profile.Capacity > 0);

        await using (var customers = await portal.NewContextAsync(Persona.Customer))
        {
            var page = await customers.NewPageAsync();
            await page.GotoAsync("/complaints/new");
            await page.SelectOptionAsync("[name$='Category']", "delivery");
            await page.FillAsync("[name$='Text']", "Paket biji kopi saya tidak sampai");
            await page.Locator("main form button[type=submit]").First.ClickAsync();
            await page.CheckAsync("#wish-replacement");
            await page.Locator("main form button[type=submit]").First.ClickAsync();
            await page.ArrivesAsync("/complaints/[^/]*filed=1");
        }

        await using var agents = await portal.NewContextAsync(Persona.Agent);
        var desk = await agents.NewPageAsync();
        await desk.GotoAsync("/staff/complaints?show=Mine");
        await desk.GetByText("Paket biji kopi saya tidak sampai").ClickAsync();
        await desk.SelectOptionAsync("#canned", new SelectOptionValue { Label = "Sedang diperiksa" });
        await desk.Locator("button[name='Form.Insert']").ClickAsync();
        await Assertions.Expect(desk.Locator("#reply-Reply")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("sedang kami periksa"));
        var row = await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Subject == "Paket biji kopi saya tidak sampai", TestContext.Current.CancellationToken);
        Assert.Equal(agent.Id, row.AssigneeId);
        await desk.Locator("form:has(#reply-Reply) button[type=submit]").Last.ClickAsync();
        await Assertions.Expect(desk.Locator("ol.thread")).ToContainTextAsync("sedang kami periksa");
    }
}
