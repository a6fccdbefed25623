using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Routing;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>Routing rules from the page to the case they hand out.</summary>
public abstract class RoutingRuleTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_written_on_the_page_hands_the_next_complaint_to_its_team_and_whoever_has_room()
    {
        var (team, busy) = await DeskAsync();
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var saved = await manager.SubmitAsync(await manager.GetAsync("/staff/complaints/routing/new"), "rule",
            ("Name", "Valued customers"), ("Condition", "customer.tier = \"gold\" and event.category = \"waiting\""), ("Team", team), ("Priority", "High"), ("Tags", "valued"));
        Assert.Contains("Valued customers", saved.Text);

        var (gold, _) = await Server.CustomerAsync(m => { m.Language = "en"; m.TierKey = "gold"; }, "en");
        var (plain, _) = await Server.EnglishCustomerAsync();
        var routed = await Server.CaseAsync((await gold.FileAsync("Gold waits too long")).Path.Split('/')[^1]);
        var other = await Server.CaseAsync((await plain.FileAsync("Somebody waits")).Path.Split('/')[^1]);

        Assert.Equal((team, Priority.High, "valued"), (routed.Team, routed.Priority, routed.Tags));
        Assert.NotNull(routed.AssigneeId);
        Assert.NotEqual(busy, routed.AssigneeId);
        Assert.Equal((null, Priority.Normal), (other.Team, other.Priority));
        Assert.Contains("#valued", (await manager.GetAsync("/staff/complaints")).Text);
        Assert.Contains("cases so far: 1", (await manager.GetAsync("/staff/complaints/routing")).Text);

        var list = await manager.GetAsync("/staff/complaints/routing");
        var rule = await RuleAsync("Valued customers");
        await manager.SubmitAsync(list, "rules", ("Form.Do", $"pause:{rule.Id}"));
        Assert.Null((await Server.CaseAsync((await gold.FileAsync("Gold waits again")).Path.Split('/')[^1])).Team);
    }

    [Fact]
    public async Task A_fault_in_a_condition_is_shown_where_it_stands_and_nothing_typed_is_lost()
    {
        var (team, _) = await DeskAsync();
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var page = await manager.SubmitAsync(await manager.GetAsync("/staff/complaints/routing/new"), "rule",
            ("Name", "Wrong"), ("Condition", "event.category = \"product\" and event.amout > 5"), ("Team", team));

        Assert.Contains("event.amount", page.Element("#f-form-condition-error").TextContent);
        Assert.Contains("character 32", page.Element("#f-form-condition-error").TextContent);
        Assert.Equal("event.amout", page.Element("pre mark").TextContent);
        Assert.Equal("Wrong", page.Element("#f-form-name").GetAttribute("value"));
        Assert.Contains("does not exist for complaints", (await manager.SubmitAsync(page, "rule", ("Condition", "purchases.last(30 days).count > 2"))).Text);
    }

    [Fact]
    public async Task A_draft_is_tried_on_the_cases_there_are_without_touching_them()
    {
        var (team, _) = await DeskAsync();
        var (customer, _) = await Server.EnglishCustomerAsync();
        var reference = (await customer.FileAsync("For the trial")).Path.Split('/')[^1];
        var before = await Server.CaseAsync(reference);
        var manager = await Server.StaffAsync(Roles.Manager, "en");

        var page = await manager.SubmitAsync(await manager.GetAsync("/staff/complaints/routing/new"), "rule",
            ("Name", "Trial"), ("Condition", "event.wish = \"points\" and event.account = true"), ("Team", team), ("Form.Do", "try"));

        Assert.Contains("For the trial", page.Text);
        Assert.Equal(before.Version, (await Server.CaseAsync(reference)).Version);
        await using var db = Server.OpenDatabase();
        Assert.False(await db.Set<RoutingRuleRow>().AnyAsync(r => r.Name == "Trial", Cancel));
    }

    [Fact]
    public async Task Rules_are_read_in_their_order_and_a_rule_that_no_longer_reads_is_passed_over()
    {
        var (team, _) = await DeskAsync();
        await using (var db = Server.OpenDatabase())
        {
            await db.Set<RoutingRuleRow>().ExecuteDeleteAsync(Cancel);
            db.AddRange(
                new RoutingRuleRow { Name = "broken", Position = 1, Condition = "customer.consent.gone = true", Team = team, Tags = "one" },
                new RoutingRuleRow { Name = "second", Position = 2, Condition = "event.language = \"en\"", Team = team, Tags = "two" },
                new RoutingRuleRow { Name = "third", Position = 3, Condition = "", Team = team, Tags = "three" });
            await db.SaveChangesAsync(Cancel);
        }
        var (customer, _) = await Server.EnglishCustomerAsync();
        Assert.Equal("two", (await Server.CaseAsync((await customer.FileAsync("First order")).Path.Split('/')[^1])).Tags);

        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var list = await manager.GetAsync("/staff/complaints/routing");
        Assert.Contains("passed over", list.Text, StringComparison.OrdinalIgnoreCase);
        await manager.SubmitAsync(list, "rules", ("Form.Do", $"up:{(await RuleAsync("third")).Id}"));
        Assert.Equal("three", (await Server.CaseAsync((await customer.FileAsync("Second order")).Path.Split('/')[^1])).Tags);
        await using var clean = Server.OpenDatabase();
        await clean.Set<RoutingRuleRow>().ExecuteDeleteAsync(Cancel);
    }

    [Fact]
    public async Task An_agent_who_is_away_gets_nothing_and_an_agent_may_not_change_teams()
    {
        var (team, _) = await DeskAsync();
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await agent.GetAsync("/staff/complaints/teams")).Status);
        Assert.Equal("/denied", (await agent.GetAsync("/staff/complaints/routing")).Path);
        await using var db = Server.OpenDatabase();
        var profile = await db.Set<DeskAgentRow>().AsNoTracking().FirstAsync(a => a.Capacity > 0, Cancel);
        var page = await manager.SubmitAsync(await manager.GetAsync($"/staff/complaints/teams/{profile.UserId}"), "agent", ("AwayFrom", "2026-09-01"), ("AwayTo", "2026-08-01"));
        Assert.Contains("before the first", page.Element("#f-form-awayto-error").TextContent);
        await manager.SubmitAsync(page, "agent", ("AwayTo", "2026-12-31"));
        var loads = await CaseRouter.LoadsAsync(db, new(2026, 9, 17), Cancel);
        Assert.True(loads.Single(l => l.Id == profile.UserId.ToString()).Absent);
        await db.Set<DeskAgentRow>().ExecuteUpdateAsync(s => s.SetProperty(a => a.AwayFrom, (DateOnly?)null).SetProperty(a => a.AwayTo, (DateOnly?)null), Cancel);
        Assert.NotEmpty(team);
    }

    private async Task<RoutingRuleRow> RuleAsync(string name)
    {
        await using var db = Server.OpenDatabase();
        return await db.Set<RoutingRuleRow>().AsNoTracking().SingleAsync(r => r.Name == name, Cancel);
    }

    /// <summary>A team of two: one has no room left.</summary>
    private async Task<(string Team, Guid Busy)> DeskAsync()
    {
        await Server.StaffAsync(Roles.Agent);
        await Server.StaffAsync(Roles.Manager);
        await using var db = Server.OpenDatabase();
        var people = await db.Users.Where(u => u.Email == "agent@staff.test" || u.Email == "manager@staff.test").OrderBy(u => u.Email).Select(u => u.Id).ToListAsync(Cancel);
        var teams = Server.Services.GetRequiredService<EditTeams>();
        var known = (await teams.ReadAsync(Cancel)).Teams.FirstOrDefault(t => t.Name == "Front desk")?.Key;
        var team = known ?? (await teams.SaveTeamAsync(null, "Front desk", null, people[1], Cancel)).Value;
        await teams.SaveAgentAsync(new() { UserId = people[0], Teams = team, Capacity = 20 }, people[1], Cancel);
        await teams.SaveAgentAsync(new() { UserId = people[1], Teams = team, Capacity = 0 }, people[1], Cancel);
        return (team, people[1]);
    }
}

public sealed class RoutingRulesOnSqlite(SqlitePortal portal) : RoutingRuleTests(portal), IClassFixture<SqlitePortal>;

public sealed class RoutingRulesOnPostgres(PostgresPortal portal) : RoutingRuleTests(portal), IClassFixture<PostgresPortal>;
