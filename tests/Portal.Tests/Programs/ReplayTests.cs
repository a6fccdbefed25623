using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Programs.Rules;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using RewardsEngine.Activities;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Programs;

/// <summary>Staff ask for every rule about one decision; it is rebuilt by deciding again.</summary>
public abstract class ReplayTests(PortalFixture portal)
{
    private const int Failing = 25;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_rule_of_a_decision_is_told_with_needed_and_actual_and_the_replay_is_identical_also_after_the_rules_changed()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var edit = portal.Server.Services.GetRequiredService<EditRules>();
        var by = Guid.NewGuid();
        for (var i = 1; i <= Failing; i++)
        {
            _ = (await edit.CreateAsync(Rule($"far-{i}", $"order.total >= {i}000000"), by, Cancel)).Value;
            _ = (await edit.PublishAsync(new($"far-{i}"), await RevisionAsync($"far-{i}"), by, Cancel)).Value;
        }
        var member = await MemberAsync();
        var receipt = await portal.Server.BuysAsync(A.Purchase(member, 300_000m));
        Assert.True(receipt.Decision.Explanation.Missed.Count <= 20);
        _ = (await edit.StopAsync(new("far-7"), await RevisionAsync("far-7"), forGood: true, by, Cancel)).Value;

        var link = (await staff.GetAsync($"/staff/members/{member}")).Element("a[href^='/staff/decisions/']").GetAttribute("href")!;
        var page = await staff.GetAsync(link);

        Assert.Contains("Replay: identical", page.Text, StringComparison.Ordinal);
        for (var i = 1; i <= Failing; i++)
            Assert.Contains($"far-{i} v1", page.Text, StringComparison.Ordinal);
        Assert.Contains("points-for-purchases v", page.Text, StringComparison.Ordinal);
        Assert.Contains("300", page.Text, StringComparison.Ordinal);
        var indonesian = await portal.Server.StaffAsync(Roles.Marketer, "id");
        Assert.Contains("Putar ulang: identik", (await indonesian.GetAsync(link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_decision_that_does_not_come_out_again_is_told()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var member = await MemberAsync();
        await portal.Server.BuysAsync(A.Purchase(member, 300_000m));
        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<ActivityRow>().AsNoTracking().SingleAsync(a => a.MemberId == member && a.Type == ActivityTypes.Purchase, Cancel);
        var tampered = EngineJson.Write(row.ReadDecision() with { Effects = [] });
        await db.Set<ActivityRow>().Where(a => a.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Decision, tampered), Cancel);

        var page = await staff.GetAsync($"/staff/decisions/{row.Id}");

        Assert.Contains("differs from what was stored", page.Text, StringComparison.Ordinal);
        Assert.Contains("0 effects", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_tells_how_it_was_reckoned_from_its_sale_and_comes_out_the_same_again()
    {
        var agent = await portal.Server.StaffAsync(Roles.Agent, "en");
        var member = await MemberAsync();
        var sale = A.Purchase(member, lines: [A.Line(100_000m, "gayo"), A.Line(50_000m, "susu", quantity: 3)]);
        var receipt = await portal.Server.BuysAsync(sale);
        var (first, _) = await ReturnsAsync(new() { Reference = "r1-" + sale.Reference, Member = member, OccurredAt = sale.OccurredAt.AddDays(1), PurchaseReference = sale.Reference, Returned = new SomeLines([new("susu", 1)]) });
        var (second, back) = await ReturnsAsync(new() { Reference = "r2-" + sale.Reference, Member = member, OccurredAt = sale.OccurredAt.AddDays(2), Returned = new SomeLines([new("susu", 1), new("never-bought", 2)]) });

        var history = await agent.GetAsync($"/staff/members/{member}");
        var page = await agent.GetAsync(history.Document.QuerySelectorAll("a[href^='/staff/decisions/']").Single(a => a.GetAttribute("aria-label")!.EndsWith("r2-" + sale.Reference, StringComparison.Ordinal)).GetAttribute("href")!);

        Assert.Contains("How a return was reckoned", page.Text, StringComparison.Ordinal);
        Assert.Contains("Replay: identical", page.Text, StringComparison.Ordinal);
        Assert.Contains($"{back} points taken back of the {receipt.Decision.PointsAwarded()} points that it gave", page.Text, StringComparison.Ordinal);
        Assert.Contains("2 × never-bought", page.Text, StringComparison.Ordinal);
        Assert.Equal(["3", "1", "1"], page.Document.QuerySelectorAll("table tbody td.num").Take(3).Select(c => c.TextContent));
        Assert.Contains("All rules of a decision", (await agent.GetAsync(page.Element("main a[href^='/staff/decisions/']").GetAttribute("href")!)).Text, StringComparison.Ordinal);

        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<ActivityRow>().AsNoTracking().SingleAsync(a => a.Type == ActivityTypes.Refund && a.Reference == "r1-" + sale.Reference, Cancel);
        var outcome = EngineJson.Read<Portal.Rewarding.Purchases.RefundOutcome>(row.Decision);
        var tampered = EngineJson.Write(outcome with { Sales = [outcome.Sales[0] with { Effects = [] }] });
        await db.Set<ActivityRow>().Where(a => a.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Decision, tampered), Cancel);
        Assert.Contains("differs from what was stored", (await agent.GetAsync($"/staff/decisions/{row.Id}")).Text, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Events_beside_purchases_lead_to_their_rules_too()
    {
        var agent = await portal.Server.StaffAsync(Roles.Agent, "en");
        var member = await MemberAsync();
        await portal.Server.JoinsAsync(member);

        var history = await agent.GetAsync($"/staff/members/{member}");
        var page = await agent.GetAsync(history.Element("section[aria-labelledby=events] a[href^='/staff/decisions/']").GetAttribute("href")!);

        Assert.Contains("welcome-points v", page.Text, StringComparison.Ordinal);
        Assert.Contains("Replay: identical", page.Text, StringComparison.Ordinal);
        Assert.Equal($"/staff/members/{member}", page.Element("main a[href^='/staff/members/']").GetAttribute("href"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await agent.GetAsync($"/staff/decisions/{Guid.NewGuid()}")).Status);
    }

    private async Task<(Guid Refund, long Points)> ReturnsAsync(Refund refund)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel);
        var receipt = (await portal.Server.Services.GetRequiredService<Portal.Rewarding.Purchases.RecordRefund>().HandleAsync(work, refund, "api", Cancel)).Value;
        await work.CommitAsync(Cancel);
        return (receipt.Refund, receipt.Outcome.PointsReversed());
    }

    private static Rule Rule(string key, string condition) => new()
    {
        Id = new(key),
        Name = new(key, key),
        Trigger = ActivityTypes.Purchase,
        Condition = condition,
        Effects = [new FixedPoints { Points = 5 }],
    };

    private async Task<long> RevisionAsync(string key)
    {
        await using var db = portal.Server.OpenDatabase();
        var id = new RuleId(key);
        return await db.Set<Portal.Rewarding.Programmes.RuleRow>().Where(r => r.Id == id).Select(r => r.Revision).SingleAsync(Cancel);
    }

    private async Task<MemberId> MemberAsync()
    {
        await using var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel);
        var id = work.Add(A.Member()).Id;
        await work.CommitAsync(Cancel);
        return id;
    }
}

public sealed class ReplayOnSqlite(SqlitePortal portal) : ReplayTests(portal), IClassFixture<SqlitePortal>;

public sealed class ReplayOnPostgres(PostgresPortal portal) : ReplayTests(portal), IClassFixture<PostgresPortal>;
