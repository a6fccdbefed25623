using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Vouchers;
using RewardsEngine.Activities;
using RewardsEngine.Rewards;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>From a voucher and from the points of a complaint, staff come to what the rules said.</summary>
public abstract class DecisionLinkTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_voucher_leads_to_what_issued_it_and_to_the_sale_it_was_used_on()
    {
        await using (var db = Server.OpenDatabase())
        {
            await Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db, [new()
            {
                Id = new("next-cup"),
                Name = new("Cangkir berikutnya", "Next cup"),
                Trigger = ActivityTypes.Purchase,
                Effects = [new RewardsEngine.Rewards.GiveVoucher { Voucher = new() { Key = "next-cup", Name = new("Cangkir berikutnya", "Next cup"), Discounts = [new AmountOffOrder { Amount = 10_000 }], ValidDays = 14 } }],
                Limits = [new(1)],
            }], [], null, null, Cancel);
            await db.SaveChangesAsync(Cancel);
        }
        var (_, member) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        // References of tills may hold what separates type and reference.
        var (first, second) = (A.Purchase(member.Id, reference: $"till:7:{Guid.NewGuid():N}"), A.Purchase(member.Id, reference: $"till:8:{Guid.NewGuid():N}"));
        await Server.BuysAsync(first);
        await Server.BuysAsync(second);
        var code = await CodeAsync(member);

        var page = await agent.GetAsync($"/staff/counter?code={code}");
        Assert.Equal(await LinkAsync(ActivityTypes.Purchase, first.Reference), Assert.Single(Links(page)));
        Assert.Contains("Next cup", (await agent.GetAsync(Links(page)[0])).Text, StringComparison.Ordinal);
        var row = (await agent.GetAsync($"/staff/members/{member.Id}")).Document.QuerySelectorAll("section[aria-labelledby=vouchers] tbody tr").Single();
        Assert.Equal(Links(page)[0], row.QuerySelector("a[href^='/staff/decisions/']")!.GetAttribute("href"));

        Assert.True((await Server.Services.GetRequiredService<VoucherCounter>().UseAsync(code, second.Reference, "till", Cancel)).Succeeded);
        Assert.Equal([await LinkAsync(ActivityTypes.Purchase, first.Reference), await LinkAsync(ActivityTypes.Purchase, second.Reference)], Links(await agent.GetAsync($"/staff/counter?code={code}")));
    }

    [Fact]
    public async Task A_voucher_that_no_rule_issued_and_no_sale_used_leads_nowhere()
    {
        var (_, member) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        await using (var work = await Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel))
        {
            await work.FindAsync(member.Id, Cancel);
            Assert.NotNull(await Server.Services.GetRequiredService<Portal.Rewarding.Vouchers.GiveVoucher>().HandleAsync(work, member.Id, new(null, 10_000, 0, 14, new("Potongan", "Money off")), "complaint:NONE/1.1", Cancel));
            await work.CommitAsync(Cancel);
        }
        var code = await CodeAsync(member);
        await agent.SubmitAsync(await agent.GetAsync($"/staff/counter/{code}/use"), "use");

        var page = await agent.GetAsync($"/staff/counter?code={code}");

        Assert.Contains("Last used", page.Text, StringComparison.Ordinal);
        Assert.Empty(Links(page));
    }

    [Fact]
    public async Task The_purchase_of_a_case_and_the_points_it_gave_lead_to_their_decisions_until_the_case_is_erased()
    {
        var (customer, member) = await Server.EnglishCustomerAsync();
        var (agent, manager) = (await Server.StaffAsync(Roles.Agent, "en"), await Server.StaffAsync(Roles.Manager, "en"));
        var sale = A.Purchase(member.Id);
        await Server.BuysAsync(sale);
        var reference = (await customer.FileAsync("A long wait")).Path.Split('/')[^1];
        await using (var db = Server.OpenDatabase())
        {
            var purchase = await db.Set<Portal.Rewarding.Purchases.PurchaseRow>().Where(p => p.Reference == sale.Reference).Select(p => p.Id).SingleAsync(Cancel);
            await db.Set<CaseRow>().Where(c => c.Reference == reference).ExecuteUpdateAsync(s => s.SetProperty(c => c.PurchaseId, purchase), Cancel);
        }
        await agent.InvestigateAsync(reference);
        await agent.DecideAsync(reference, points: "200");
        var bought = await LinkAsync(ActivityTypes.Purchase, sale.Reference);
        Assert.Equal([bought], Links(await agent.GetAsync($"/staff/complaints/{reference}"))); // promised is not booked
        await customer.SubmitAsync(await customer.GetAsync($"/complaints/{reference}"), "accept");

        var page = await agent.GetAsync($"/staff/complaints/{reference}");
        var booked = await LinkAsync(ActivityTypes.ComplaintResolved, $"{reference}/1");
        Assert.Equal([bought, booked], Links(page));
        Assert.Contains("200 points booked on", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync(booked)).Status);

        await manager.SubmitAsync(await manager.GetAsync($"/staff/complaints/{reference}"), "erase", ("Sure", "true"));
        Assert.Empty(Links(await manager.GetAsync($"/staff/complaints/{reference}")));
    }

    private static List<string> Links(HtmlPage page) => [.. page.Document.QuerySelectorAll("main a[href^='/staff/decisions/']").Select(a => a.GetAttribute("href")!)];

    private async Task<string> LinkAsync(string type, string reference)
    {
        await using var db = Server.OpenDatabase();
        return $"/staff/decisions/{await db.Set<ActivityRow>().Where(a => a.Type == type && a.Reference == reference).Select(a => a.Id).SingleAsync(Cancel)}";
    }

    private async Task<string> CodeAsync(MemberRow member)
    {
        await using var db = Server.OpenDatabase();
        return await db.Set<VoucherRow>().Where(v => v.MemberId == member.Id).Select(v => v.Code).SingleAsync(Cancel);
    }
}

public sealed class DecisionLinksOnSqlite(SqlitePortal portal) : DecisionLinkTests(portal), IClassFixture<SqlitePortal>;

public sealed class DecisionLinksOnPostgres(PostgresPortal portal) : DecisionLinkTests(portal), IClassFixture<PostgresPortal>;
