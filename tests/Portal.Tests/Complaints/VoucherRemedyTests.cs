using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Vouchers;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>A voucher promised in a decision is a voucher that can be used.</summary>
public abstract class VoucherRemedyTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reward_of_the_catalogue_is_given_with_the_acceptance_and_stands_among_the_members_vouchers()
    {
        var reward = await RewardAsync(points: 300, stock: 2);
        var (customer, member) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var reference = await DecideAsync(agent, customer, "A cold coffee", ("Voucher", reward), ("VoucherDays", "14"));
        Assert.Contains("Voucher: Reward of", (await customer.GetAsync($"/complaints/{reference}")).Text);
        Assert.False(await AnyVoucherAsync(member));

        var page = await customer.SubmitAsync(await customer.GetAsync($"/complaints/{reference}"), "accept");

        var voucher = await VoucherAsync(reference);
        Assert.Equal((member.Id, new DateOnly(2026, 9, 30), 1L), (voucher.MemberId!.Value, voucher.ValidTo, voucher.UsesLeft));
        Assert.Contains($"code {voucher.Code}, valid until Wednesday, 30 September 2026", page.Text);
        Assert.Contains(voucher.Code, (await customer.GetAsync($"/vouchers/{voucher.Id}")).Text);
        Assert.Contains((await Server.MailsAsync(reference)), m => m.Model.Contains(voucher.Code, StringComparison.Ordinal));
        Assert.Equal(CaseState.Closed, (await Server.CaseAsync(reference)).State);
        await using var db = Server.OpenDatabase();
        Assert.Equal(1, await db.Set<RewardRow>().Where(r => r.Key == reward).Select(r => r.Stock).SingleAsync(Cancel));
    }

    [Fact]
    public async Task Above_the_limit_or_of_unknown_worth_a_manager_approves_the_voucher()
    {
        var dear = await RewardAsync(points: 501, stock: null);
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var reference = await InvestigatedAsync(agent, customer, "A dear wish");
        Assert.Contains("above your limit", (await SendAsync(agent, reference, ("Voucher", dear))).Text);
        Assert.Contains("above your limit", (await SendAsync(agent, reference, ("Voucher", "=percent"), ("VoucherValue", "10"))).Text);
        Assert.Contains("1 to 366 days", (await SendAsync(agent, reference, ("Voucher", "=percent"), ("VoucherValue", "10"), ("VoucherDays", "900"))).Text);
        Assert.Contains("A manager has been asked", (await SendAsync(agent, reference, ("Voucher", "=percent"), ("VoucherValue", "10"), ("Form.Ask", "true"))).Text);

        var queue = await manager.GetAsync("/staff/complaints/approvals");
        Assert.Contains("worth not known yet", queue.Text);
        Assert.Contains("10% off", queue.Text);
        await using (var db = Server.OpenDatabase())
        {
            var id = await db.Set<Portal.Features.Complaints.Staff.Approvals.CaseApprovalRow>().Where(a => a.State == Portal.Features.Complaints.Staff.Approvals.ApprovalState.Pending).Select(a => a.Id).SingleAsync(Cancel);
            Assert.Contains("Approved", (await manager.SubmitAsync(queue, $"decide-{id}", ("Form.Do", "approve"))).Text);
        }
        await customer.SubmitAsync(await customer.GetAsync($"/complaints/{reference}"), "accept");
        Assert.Contains("\"percent\":10", (await VoucherAsync(reference)).Template.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_without_account_gets_a_code_on_the_page_and_by_mail_that_the_counter_takes()
    {
        var reward = await RewardAsync(points: 200, stock: null);
        var guest = Server.Visitor("en");
        var filed = await guest.FileAsync("A guest waits", email: "guest-voucher@example.test");
        var reference = (await Server.CaseBySubjectAsync("A guest waits")).Reference;
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        await agent.InvestigateAsync(reference);
        await SendAsync(agent, reference, ("Voucher", reward));
        var page = await guest.SubmitAsync(await guest.GetAsync(filed.Path), "accept");

        var voucher = await VoucherAsync(reference);
        Assert.Null(voucher.MemberId);
        Assert.Contains(voucher.Code, page.Text);
        Assert.Contains((await Server.MailsAsync(reference)), m => m.Model.Contains(voucher.Code, StringComparison.Ordinal));
        var used = await Server.Services.GetRequiredService<VoucherCounter>().UseAsync(voucher.Code, "receipt-1", "till", Cancel);
        Assert.True(used.Succeeded);
        Assert.False((await Server.Services.GetRequiredService<VoucherCounter>().UseAsync(voucher.Code, "receipt-2", "till", Cancel)).Succeeded);
    }

    [Fact]
    public async Task What_is_sold_out_meanwhile_is_neither_given_nor_said_to_be_given_until_staff_say_what_was_given_instead()
    {
        var reward = await RewardAsync(points: 100, stock: 1);
        var (customer, member) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var reference = await DecideAsync(agent, customer, "Sold out meanwhile", ("Voucher", reward));
        await using (var db = Server.OpenDatabase())
            await db.Set<RewardRow>().Where(r => r.Key == reward).ExecuteUpdateAsync(s => s.SetProperty(r => r.Stock, 0L), Cancel);
        await customer.SubmitAsync(await customer.GetAsync($"/complaints/{reference}"), "accept");
        Assert.Equal(CaseState.Accepted, (await Server.CaseAsync(reference)).State);
        Assert.False(await AnyVoucherAsync(member));

        Assert.Contains("sold out", (await agent.StepAsync(reference, "deliver", ("Delivered", ""))).Text);
        await agent.StepAsync(reference, "deliver", ("Delivered", "A coffee at the counter instead."));
        Assert.Equal(CaseState.RemedyDelivered, (await Server.CaseAsync(reference)).State);
        Assert.Contains("sold out", (await SendAsync(agent, await InvestigatedAsync(agent, customer, "Another one"), ("Voucher", reward))).Text);
    }

    [Fact]
    public async Task A_case_that_staff_end_without_a_decision_names_its_cause()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var reference = (await customer.FileAsync("A matter of the bank")).Path.Split('/')[^1];
        var refused = await agent.StepAsync(reference, "scope", ("ScopeReason", "Your bank charges this."), ("WhereToTurn", "The bank"));
        Assert.Contains("cause", refused.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Your bank charges this.", refused.Element("#scope-ScopeReason").TextContent);
        await agent.SubmitAsync(refused, "scope", ("EndCause", "misunderstanding"));
        Assert.Equal((CaseState.OutOfScope, "misunderstanding"), ((await Server.CaseAsync(reference)).State, (await Server.CaseAsync(reference)).RootCause));

        var withdrawn = (await customer.FileAsync("Solved by itself")).Path.Split('/')[^1];
        await customer.SubmitAsync(await customer.GetAsync($"/complaints/{withdrawn}"), "withdraw", ("Form.Text", "It is solved."));
        Assert.Equal("withdrawn", (await Server.CaseAsync(withdrawn)).RootCause);
    }

    private async Task<string> RewardAsync(long points, long? stock)
    {
        var key = $"remedy-{Guid.NewGuid():N}"[..20];
        await using var db = Server.OpenDatabase();
        db.Add(new RewardRow { Key = key, NameId = $"Hadiah {points}", NameEn = $"Reward of {points}", Points = points, Stock = stock });
        await db.SaveChangesAsync(Cancel);
        return key;
    }

    private async Task<string> DecideAsync(Visitor agent, Visitor customer, string subject, params (string, string?)[] remedy)
    {
        var reference = await InvestigatedAsync(agent, customer, subject);
        await SendAsync(agent, reference, remedy);
        Assert.Equal(CaseState.DecisionSent, (await Server.CaseAsync(reference)).State);
        return reference;
    }

    private static async Task<string> InvestigatedAsync(Visitor agent, Visitor customer, string subject)
    {
        var reference = (await customer.FileAsync(subject)).Path.Split('/')[^1];
        await agent.InvestigateAsync(reference);
        return reference;
    }

    private static Task<HtmlPage> SendAsync(Visitor agent, string reference, params (string, string?)[] remedy) => agent.StepAsync(reference, "decide",
        [("Form.Findings[0].Outcome", "Upheld"), ("Form.Findings[0].Reasons", "You are right."), ("RootCause", "product-quality"), .. remedy]);

    private async Task<VoucherRow> VoucherAsync(string reference)
    {
        await using var db = Server.OpenDatabase();
        return await db.Set<VoucherRow>().AsNoTracking().SingleAsync(v => v.IssuedFor.StartsWith("complaint:" + reference + "/"), Cancel);
    }

    private async Task<bool> AnyVoucherAsync(MemberRow member)
    {
        await using var db = Server.OpenDatabase();
        return await db.Set<VoucherRow>().AnyAsync(v => v.MemberId == member.Id && v.IssuedFor.StartsWith("complaint:"), Cancel);
    }
}

public sealed class VoucherRemediesOnSqlite(SqlitePortal portal) : VoucherRemedyTests(portal), IClassFixture<SqlitePortal>;

public sealed class VoucherRemediesOnPostgres(PostgresPortal portal) : VoucherRemedyTests(portal), IClassFixture<PostgresPortal>;
