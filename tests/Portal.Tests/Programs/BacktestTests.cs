using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Programs.Backtests;
using Portal.Features.Programs.Rules;
using Portal.Identity;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Backtesting;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Programs;

/// <summary>A draft replayed over what members really bought.</summary>
public abstract class BacktestTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_replayed_over_real_sales_and_returns_the_same_every_time_and_marketers_see_totals_and_why()
    {
        var (_, rich) = await portal.Server.CustomerAsync();
        var (_, poor) = await portal.Server.CustomerAsync();
        var day = new DateTime(2026, 9, 1, 3, 0, 0, DateTimeKind.Utc);
        var big = A.Purchase(rich.Id, 500_000, day);
        await portal.Server.BuysAsync(big);
        await portal.Server.BuysAsync(A.Purchase(rich.Id, 400_000, day.AddDays(1)));
        await portal.Server.BuysAsync(A.Purchase(poor.Id, 50_000, day.AddDays(2)));
        await RefundAsync(rich.Id, big, day.AddDays(3)); // names no sale: it is replayed on the one it found
        var id = await DraftAsync("big-basket", "order.total >= 300000", 100);

        var row = await RunAsync(id);
        var report = EngineJson.Read<BacktestReport>(row.Report!);

        Assert.Equal((BacktestState.Done, 4), (row.State, row.Done));
        Assert.Equal((4, 2, 1, 1, 0), (report.Activities, report.Members, report.Touched, report.Winners, report.Losers));
        Assert.Equal((50L + 5, 50L + 5 + 100), (report.Live.Points, report.Draft.Points)); // 40 + 100 of the newest sale came back
        Assert.Equal((0L, 100L), report.Rules.Where(r => r.Rule == id).Select(r => (r.LivePoints, r.DraftPoints)).Single());
        Assert.All(report.Examples, e => Assert.Contains(e.Draft.Explanation.Applied, r => r.Rule == id));

        var again = await RunAsync(id);
        Assert.Equal(row.Report, again.Report);
        await using var db = portal.Server.OpenDatabase();
        Assert.False(await db.Set<Portal.Rewarding.Programmes.PublishedRuleRow>().AnyAsync(r => r.RuleId == id, Cancel)); // nothing went live
        await MarketersSeeItAsync();
    }

    private async Task MarketersSeeItAsync()
    {
        var (_, member) = await portal.Server.CustomerAsync();
        await portal.Server.BuysAsync(A.Purchase(member.Id, 750_000, new(2026, 9, 5, 3, 0, 0, DateTimeKind.Utc)));
        var id = await DraftAsync("shown", "order.total >= 700000", 70);
        var marketer = await portal.Server.StaffAsync(Roles.Marketer, "en");
        var path = $"/staff/rules/{id}/backtest";

        var wrong = await marketer.SubmitAsync(await marketer.GetAsync(path), "ask", ("Form.Count", "0"));
        Assert.Contains("from 1 to 100,000", wrong.Text);
        await marketer.SubmitAsync(wrong, "ask", ("Form.Count", "1000"));
        await WaitAsync(id);
        var done = await marketer.GetAsync(path);

        Assert.Contains("Would have more", done.Text);
        Assert.Contains("+70", done.Text);
        Assert.Contains("Rule shown", done.Text);
        Assert.Empty(done.Document.QuerySelectorAll("a[href^='/staff/members/']")); // whom marketers do not see
        Assert.Contains("All rules of a decision", (await marketer.GetAsync(done.Element("a[href^='/staff/decisions/']").GetAttribute("href")!)).Text);
        var agent = await portal.Server.StaffAsync(Roles.Agent, "en");
        Assert.Equal("/denied", (await agent.GetAsync(path)).Path);
    }

    [Fact]
    public async Task One_that_waits_is_stopped_and_a_draft_with_faults_is_not_begun()
    {
        var manage = portal.Server.Services.GetRequiredService<ManageBacktests>();
        var id = await DraftAsync("stopped", null, 10);
        Assert.Equal("backtest.count", Assert.Single((await manage.AskAsync(id, 100_001, Guid.NewGuid(), Cancel)).Refusals).Code);
        await using (var db = portal.Server.OpenDatabase())
        {
            db.Add(new BacktestRow { RuleId = id, Rule = "{}", RuleSet = 1, Purchases = 1, AsOf = DateTime.UtcNow, State = BacktestState.Running, LeaseUntil = DateTime.UtcNow.AddDays(400), AskedAt = DateTime.UtcNow, AskedBy = Guid.NewGuid() });
            await db.SaveChangesAsync(Cancel);
        }
        await manage.CancelAsync(id, Cancel);
        Assert.True((await manage.LatestAsync(id, Cancel))!.CancelWanted);
        await using var change = portal.Server.OpenDatabase();
        var row = await change.Set<Portal.Rewarding.Programmes.RuleRow>().SingleAsync(r => r.Id == id, Cancel);
        row.Json = EngineJson.Write(EngineJson.Read<Rule>(row.Json) with { Condition = "order.totl > 1" });
        await change.SaveChangesAsync(Cancel);
        Assert.Equal("backtest.faults", Assert.Single((await manage.AskAsync(id, 10, Guid.NewGuid(), Cancel)).Refusals).Code);
    }

    private async Task<RuleId> DraftAsync(string key, string? condition, int points)
    {
        var rule = new Rule
        {
            Id = new($"{key}-{Guid.NewGuid():N}"[..24]),
            Name = new($"Aturan {key}", $"Rule {key}"),
            Trigger = ActivityTypes.Purchase,
            Condition = condition,
            Effects = [new FixedPoints { Points = points }],
            Schedule = new() { From = new DateOnly(2027, 1, 1) }, // left aside: it is about the future
        };
        Assert.True((await portal.Server.Services.GetRequiredService<EditRules>().CreateAsync(rule, Guid.NewGuid(), Cancel)).Succeeded);
        return rule.Id;
    }

    private async Task<BacktestRow> RunAsync(RuleId id)
    {
        var asked = await portal.Server.Services.GetRequiredService<ManageBacktests>().AskAsync(id, 100_000, Guid.NewGuid(), Cancel);
        Assert.True(asked.Succeeded);
        return await WaitAsync(id);
    }

    private async Task<BacktestRow> WaitAsync(RuleId id)
    {
        // The job beside the test may be at it already; both ways are right.
        var run = portal.Server.Services.GetRequiredService<RunBacktests>();
        var manage = portal.Server.Services.GetRequiredService<ManageBacktests>();
        while (await manage.LatestAsync(id, Cancel) is { IsBusy: true })
        {
            if (!await run.RunNextAsync(Cancel))
                await Task.Delay(100, Cancel);
        }
        return (await manage.LatestAsync(id, Cancel))!;
    }

    private async Task RefundAsync(MemberId member, Purchase sale, DateTime at)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel);
        var refund = new Refund { Reference = $"r-{sale.Reference}", Member = member, OccurredAt = at, Returned = new SomeLines([new(sale.Lines[0].Sku, 1, sale.Lines[0].Id, 500_000)]) };
        var receipt = await portal.Server.Services.GetRequiredService<RecordRefund>().HandleAsync(work, refund, "import", Cancel);
        Assert.NotEmpty(receipt.Value.Outcome.Sales);
        await work.CommitAsync(Cancel);
    }
}

public sealed class BacktestOnSqlite(SqlitePortal portal) : BacktestTests(portal), IClassFixture<SqlitePortal>;

public sealed class BacktestOnPostgres(PostgresPortal portal) : BacktestTests(portal), IClassFixture<PostgresPortal>;
