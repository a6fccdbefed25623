using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Features.Catalogue;
using Tests.Shared;

namespace EndToEnd.Tests.Journeys;

public sealed class CounterTests(BrowserPortal portal)
{
    [Fact]
    public async Task An_agent_types_the_code_of_a_voucher_marks_it_as_used_and_it_cannot_be_used_again()
    {
        var (_, member) = await portal.Server.CustomerAsync(m => m.Name = "Tia");
        await portal.Server.BuysAsync(A.Purchase(member.Id, 1_000_000m, DateTime.UtcNow.AddHours(-1)));
        var voucher = (await portal.Server.Services.GetRequiredService<RedeemReward>()
            .HandleAsync(member.Id, "kopi-susu", Guid.NewGuid(), TestContext.Current.CancellationToken)).Value;
        await using var tab = await portal.OpenAsync(Persona.Agent);
        var page = tab.Page;

        await page.GotoAsync("/staff/counter");
        await page.FillAsync("#code", voucher.Code.ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("main a[href$='/use']").ClickAsync();
        await page.ArrivesAsync("/use");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.ArrivesAsync("/staff/counter[?]code=[^/]*");

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(voucher.Code);
        await Assertions.Expect(page.Locator("main a[href$='/use']")).ToHaveCountAsync(0);

        await using var customer = await portal.NewContextAsync(member.Email!);
        var own = await customer.NewPageAsync();
        await own.GotoAsync($"/vouchers/{voucher.Voucher}");
        await Assertions.Expect(own.Locator("main")).ToContainTextAsync("Dipakai");
    }
}
