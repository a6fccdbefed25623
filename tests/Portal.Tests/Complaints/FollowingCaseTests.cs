using Portal.Identity;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>Complaints that go on after their case was closed for good.</summary>
public abstract class FollowingCaseTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    [Fact]
    public async Task What_can_no_longer_be_opened_again_goes_on_in_a_new_case_that_names_the_old_one()
    {
        var (customer, member) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var old = (await customer.FileAsync("It broke")).Path.Split('/')[^1];
        await agent.InvestigateAsync(old);
        await agent.StepAsync(old, "ask", ("Question", "Which day?"));
        for (var i = 0; i < 15; i++)
        {
            Server.Time.Advance(TimeSpan.FromDays(7));
            while (await Server.TickAsync() > 0)
            {
            }
        }
        (customer, agent) = (await Server.SignedInAsync(member.Email!, "en"), await Server.StaffAsync(Roles.Agent, "en"));
        var closed = await customer.GetAsync($"/complaints/{old}");
        Assert.DoesNotContain("Open it again", closed.Text);

        var page = await customer.GetAsync(closed.Element("a[href*='after=']").GetAttribute("href")!);
        Assert.Contains($"follows {old}", page.Text);
        page = await customer.SubmitAsync(page, "complaint", ("Text", "It broke again"));
        var filed = await customer.SubmitAsync(page, "complaint");

        var reference = filed.Path.Split('/')[^1];
        Assert.Equal($"/complaints/{old}", filed.Element($"main dd a[href='/complaints/{old}']").GetAttribute("href"));
        Assert.Contains(old, (await agent.GetAsync($"/staff/complaints/{reference}")).Element($"a[href='/staff/complaints/{old}']").TextContent);
        var (other, _) = await Server.EnglishCustomerAsync();
        var foreign = await other.SubmitAsync(await other.GetAsync($"/complaints/new?after={old}"), "complaint", ("Category", "product"), ("Text", "Not mine"));
        Assert.DoesNotContain("follows", foreign.Text);
        Assert.Equal("/complaints/new", (await other.SubmitAsync(foreign, "complaint")).Path);
    }
}

public sealed class FollowingCasesOnSqlite(SqlitePortal portal) : FollowingCaseTests(portal), IClassFixture<SqlitePortal>;

public sealed class FollowingCasesOnPostgres(PostgresPortal portal) : FollowingCaseTests(portal), IClassFixture<PostgresPortal>;
