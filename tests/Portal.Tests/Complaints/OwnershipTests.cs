using System.Net;
using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Features.Complaints;
using Portal.Identity;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>A case filed without account comes to one by its proven address or by an identity check, never otherwise.</summary>
public abstract class OwnershipTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    [Fact]
    public async Task A_member_takes_over_what_was_filed_with_the_proven_address()
    {
        var (member, row) = await Server.CustomerAsync(m => (m.Language, m.EmailConfirmedAt) = ("en", Server.Time.GetUtcNow().UtcDateTime), "en");
        var guest = await Server.Visitor("en").FileAsync("Before I joined", email: row.Email!.ToUpperInvariant());
        await Server.Visitor("en").FileAsync("Of somebody else", email: "else@example.com");

        var list = await member.GetAsync("/complaints");
        Assert.Contains("Before I joined", list.Form("claim").ParentElement!.TextContent);
        Assert.DoesNotContain("Of somebody else", list.Text);
        var claimed = await member.SubmitAsync(list, "claim");

        Assert.Contains("Now in your account, complaints: 1", claimed.Text);
        var @case = await Server.CaseBySubjectAsync("Before I joined");
        Assert.Equal(row.Id, @case.MemberId);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync($"/complaints/{@case.Reference}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Server.Visitor("en").GetAsync(guest.Path)).Status); // the link goes on
        Assert.Null((await member.GetAsync("/complaints")).Document.QuerySelector("input[value*='claim']"));
    }

    [Fact]
    public async Task An_address_that_is_not_proven_opens_nothing()
    {
        var (member, row) = await Server.CustomerAsync(m => (m.Language, m.EmailConfirmedAt) = ("en", null), "en");
        await Server.Visitor("en").FileAsync("Not proven", email: row.Email);

        Assert.DoesNotContain("Not proven", (await member.GetAsync("/complaints")).Text);
    }

    [Fact]
    public async Task Staff_join_a_callers_case_after_two_right_answers_and_points_can_be_given()
    {
        var (customer, row) = await Server.CustomerAsync(m => (m.Language, m.Birthday) = ("en", new DateOnly(1990, 4, 21)), "en");
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var form = await agent.GetAsync("/staff/complaints/new");
        var filed = await agent.SubmitAsync(form, "caller", [("Category", "product"), ("Text", "Called about a broken cup"), ("Phone", "+62 812 3456 7890")], [new("files", "cup.png", "image/png", Desk.Png)]);
        Assert.Contains("cup.png", filed.Text);
        var reference = filed.Path.Split('/')[^1];

        var nothing = await agent.GetAsync($"/staff/complaints/{reference}/account?find=%2B62+812+3456+7890");
        Assert.Contains("No account found", nothing.Text);
        var found = await agent.GetAsync($"/staff/complaints/{reference}/account?find={row.CardCode}");
        var check = await agent.GetAsync(found.Element($"a[href*='member={row.Id.Value}']").GetAttribute("href")!);
        Assert.Contains("21 April 1990", check.Text);

        var refused = await agent.SubmitAsync(check, "join-account", ("Form.Answered", "card"));
        Assert.Contains("Two right answers are needed", refused.Text);
        Assert.Null((await Server.CaseAsync(reference)).MemberId);

        var joined = await agent.SendFormAsync(refused, "join-account", ("Form.Answered", "card"), ("Form.Answered", "birthday"));
        Assert.Equal(HttpStatusCode.Redirect, joined);
        Assert.Equal(row.Id, (await Server.CaseAsync(reference)).MemberId);
        Assert.Contains("Called about a broken cup", (await customer.GetAsync("/complaints")).Text);
        await using var db = Server.OpenDatabase();
        var id = (await Server.CaseAsync(reference)).Id;
        var linked = await db.Set<CaseEventRow>().Where(e => e.CaseId == id && e.Type == "linked").Select(e => e.Payload).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Contains("birthday", linked);
    }

    [Fact]
    public async Task A_signed_in_member_keeps_the_navigation_while_filing()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();

        Assert.NotNull((await customer.GetAsync("/complaints/new")).Document.QuerySelector("nav.places"));
        Assert.Null((await Server.Visitor("en").GetAsync("/complaints/new")).Document.QuerySelector("nav.places"));
    }
}

public sealed class OwnershipOnSqlite(SqlitePortal portal) : OwnershipTests(portal), IClassFixture<SqlitePortal>;

public sealed class OwnershipOnPostgres(PostgresPortal portal) : OwnershipTests(portal), IClassFixture<PostgresPortal>;
