using Complaints.Cases;
using Insight.Value;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints.Staff.Routing;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Features.Segments;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Payments;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Segments;
using Portal.Tests.Complaints;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Segments;

/// <summary>From purchases to segments, and from segments to rules, routing and pages. One long test on purpose: a reckoning is about all members.</summary>
public abstract class SegmentTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RefreshSegments Refresh => Server.Services.GetRequiredService<RefreshSegments>();

    private DateTime Now => Server.Time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Members_are_reckoned_once_a_night_and_rules_routing_and_pages_know_their_segment()
    {
        await PublishAsync();
        var (best, rich) = await Server.CustomerAsync(m => { m.Language = "en"; m.Name = "Rich"; }, "en");
        var (_, poor) = await Server.CustomerAsync(m => { m.Language = "en"; m.Name = "Costly"; }, "en");
        var (_, some) = await Server.CustomerAsync(m => m.Name = "Some");
        for (var i = 0; i < 4; i++)
            await Server.BuysAsync(A.Purchase(rich.Id, 1_000_000, Now.AddDays(-5 - (i * 90))));
        await Server.BuysAsync(A.Purchase(rich.Id, 9_000_000, Now.AddMonths(-13))); // before the period
        await Server.BuysAsync(A.Purchase(poor.Id, 40_000, Now.AddDays(-3)));
        await ComplainAsync("Costly waits", poor);
        foreach (var n in Enumerable.Range(0, 3))
            await Server.BuysAsync(A.Purchase(some.Id, 100_000, Now.AddDays(-20 * n - 1)));
        await SpendAsync(some.Id, 500);
        Server.Time.Advance(TimeSpan.FromMinutes(1));

        await NightsAsync(rich, poor, some);
        await RulesAsync(rich, some);
        await RoutingAsync(best, rich);
        await PagesAsync(rich);
    }

    private async Task NightsAsync(MemberRow rich, MemberRow poor, MemberRow some)
    {
        var run = await Refresh.RunAsync(again: false, Cancel);
        Assert.Equal((3, 1, 1), (run!.Members, run.MostValuable, run.BelowZero));
        Assert.Null(await Refresh.RunAsync(again: false, Cancel)); // safe to repeat

        var sum = await ValueAsync(rich.Id);
        Assert.Equal((4_000_000, 2_400_000, 0, 0, 1_600_000), (sum.Revenue, sum.Goods, sum.Rewards, sum.Service, sum.Value));
        sum = await ValueAsync(poor.Id);
        Assert.Equal((40_000, 24_000, 50_000, -34_000), (sum.Revenue, sum.Goods, sum.Service, sum.Value));
        sum = await ValueAsync(some.Id);
        Assert.Equal((300_000, 180_000, 5_000, 115_000), (sum.Revenue, sum.Goods, sum.Rewards, sum.Value)); // 500 points at Rp10
        Assert.Equal(["most-valuable"], await SegmentsAsync(rich.Id));
        Assert.Equal(["below-zero"], await SegmentsAsync(poor.Id));
        var since = (await RowsAsync()).ToDictionary(s => s.MemberId, s => s.Since);

        // Another night, two nodes at once: one reckons. Who stays keeps the first day.
        Server.Time.Advance(TimeSpan.FromDays(1));
        await using (var other = new PortalServer(Server.Database, new() { Time = Server.Time, Services = SqliteWithoutReckoning.WithoutJob }))
        {
            var runs = await Task.WhenAll(
                Task.Run(() => Refresh.RunAsync(again: false, Cancel), Cancel), Task.Run(() => other.Services.GetRequiredService<RefreshSegments>().RunAsync(again: false, Cancel), Cancel),
                Task.Run(() => Refresh.RunAsync(again: false, Cancel), Cancel));
            Assert.Single(runs, r => r is not null);
        }
        Assert.All(await RowsAsync(), s => Assert.Equal(since[s.MemberId], s.Since));

        // Other settings need another run; who is no longer in a segment is out of it.
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var page = await manager.SubmitAsync(await manager.GetAsync("/staff/programme"), "worth", ("Worth.Goods", "101"));
        Assert.Contains("from 0 to 100", page.Element("#f-worth-goods-error").TextContent);
        Assert.Null(await Refresh.RunAsync(again: false, Cancel));
        page = await manager.SubmitAsync(page, "worth", ("Worth.Goods", "50.5"), ("Worth.ComplaintCost", "0"), ("Worth.MostGrowable", "0"));
        Assert.Contains("reckoned again", page.Text);
        Assert.Equal((0, 0), await Refresh.RunAsync(again: false, Cancel) is { } third ? (third.BelowZero, third.MostGrowable) : (-1, -1));
        Assert.Equal(4_000_000 * 505 / 1000, (await ValueAsync(rich.Id)).Goods);
        Assert.Empty(await SegmentsAsync(poor.Id));
        Assert.Contains("1 most valuable", (await manager.GetAsync("/staff/programme")).Text);
    }

    private async Task RulesAsync(MemberRow rich, MemberRow some)
    {
        Assert.Equal(777, (await Server.BuysAsync(A.Purchase(rich.Id, 10_000, Now))).Decision.PointsAwarded());
        Assert.Equal(0, (await Server.BuysAsync(A.Purchase(some.Id, 10_000, Now))).Decision.PointsAwarded());
        // Many at once, as imports load them.
        await using var work = await Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel);
        await work.LoadAsync([rich.Id, some.Id], Cancel);
        var decided = await Server.Services.GetRequiredService<Portal.Rewarding.Purchases.RecordPurchase>().HandleAsync(work, A.Purchase(rich.Id, 10_000, Now), "import", Cancel);
        Assert.Equal(777, decided.Value.Decision.PointsAwarded());
    }

    private async Task RoutingAsync(Visitor best, MemberRow rich)
    {
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        await using (var db = Server.OpenDatabase())
        {
            var person = await db.Users.Where(u => u.Email == "manager@staff.test").Select(u => u.Id).SingleAsync(Cancel);
            Assert.True((await Server.Services.GetRequiredService<EditTeams>().SaveTeamAsync(null, "Senior desk", null, person, Cancel)).Succeeded);
        }
        var team = (await Server.Services.GetRequiredService<EditTeams>().ReadAsync(Cancel)).Teams.Single(t => t.Name == "Senior desk").Key;
        var page = await manager.SubmitAsync(await manager.GetAsync("/staff/complaints/routing/new"), "rule",
            ("Name", "Valuable"), ("Condition", "customer.segments = \"most-vauable\""), ("Team", team), ("Priority", "High"));
        Assert.Contains("most-valuable, most-growable, below-zero", page.Element("#f-form-condition-error").TextContent);
        Assert.Contains("Valuable", (await manager.SubmitAsync(page, "rule", ("Condition", "customer.segments = \"most-valuable\""))).Text);

        var routed = await Server.CaseAsync((await best.FileAsync("The best one waits")).Path.Split('/')[^1]);
        var (plain, _) = await Server.EnglishCustomerAsync();
        var other = await Server.CaseAsync((await plain.FileAsync("Somebody waits")).Path.Split('/')[^1]);
        Assert.Equal((team, Priority.High, null), (routed.Team, routed.Priority, other.Team));

        var agent = await Server.StaffAsync(Roles.Agent, "en");
        Assert.Contains("Gold member · Most valuable · value Rp", (await agent.GetAsync("/staff/complaints")).Text);
        Assert.Contains("Most valuable · Rp", (await agent.GetAsync($"/staff/complaints/{routed.Reference}")).Text);
        Assert.NotEqual(default, rich.Id);
    }

    private async Task PagesAsync(MemberRow rich)
    {
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var text = (await agent.GetAsync($"/staff/members/{rich.Id}")).Text;
        Assert.Contains("Most valuable since 17 Sep 2026", text);
        Assert.Contains("Value Rp1,980,000 = revenue Rp4,000,000 − goods Rp2,020,000 − rewards Rp0 − service Rp0", text);
        Assert.Contains("all who bought", text);
        var marketer = await Server.StaffAsync(Roles.Marketer, "en");
        var page = await marketer.SubmitAsync(await marketer.GetAsync("/staff/rules/valued"), "rule", ("Form.Segments", "below-zero"));
        Assert.Contains("customer.segments", page.Text);
        await using var db = Server.OpenDatabase();
        Assert.Contains("below-zero", await db.Set<RuleRow>().Where(r => r.Id == new RuleId("valued")).Select(r => r.Json).SingleAsync(Cancel));
    }

    private async Task ComplainAsync(string text, MemberRow member)
    {
        await using var work = await Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel);
        await Server.Services.GetRequiredService<Portal.Features.Complaints.FileComplaint>().SubmitAsync(work,
            new(Guid.NewGuid(), member.Id, Channel.Web, "en", "waiting", text, "apology", null, null, null, null, null), [], work.Now, Cancel);
        await work.CommitAsync(Cancel);
    }

    private async Task SpendAsync(MemberId member, long points)
    {
        await using (var work = await Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel))
        {
            var account = (await work.FindAsync(member, Cancel))!;
            account.Apply(RewardsEngine.Accounting.Ledger.Adjust(account.Wallet, new("gift", work.Now, new RewardsEngine.Accounting.Cause(Reason: "test")), new(points, new LotId(Guid.CreateVersion7()))));
            await work.CommitAsync(Cancel);
        }
        var pay = Server.Services.GetRequiredService<PayWithPoints>();
        var hold = await pay.HoldAsync(member, "h", points, 600, Cancel);
        Assert.True((await pay.CaptureAsync(hold.Value.Hold.Id, "c", null, keepRest: false, Cancel)).Succeeded);
    }

    private async Task PublishAsync()
    {
        var store = Server.Services.GetRequiredService<ProgrammeStore>();
        var before = await store.CurrentAsync(Cancel);
        var rule = new Rule
        {
            Id = new("valued"),
            Version = 1,
            Name = new("Terima kasih", "Thank you"),
            Trigger = ActivityTypes.Purchase,
            Condition = "customer.segments = \"most-valuable\"",
            Effects = [new FixedPoints { Points = 777 }],
            Status = RuleStatus.Live,
        };
        await using var db = Server.OpenDatabase();
        await store.PublishAsync(db, [rule], [.. before.Source.Rules.Select(r => r.Id)], before.Programme with
        {
            Conversion = new(1, 10, 1, before.Programme.Currency),
            Tiers = [new("gold", new("Anggota emas", "Gold member"))],
            TierRules = new() { Steps = [new("gold", 0)] },
        }, null, Cancel);
        Server.Services.GetRequiredService<RuleBook>().AddPublished(db, rule);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<MemberValueRow> ValueAsync(MemberId member)
    {
        await using var db = Server.OpenDatabase();
        return await db.Set<MemberValueRow>().AsNoTracking().SingleAsync(v => v.MemberId == member, Cancel);
    }

    private async Task<List<string>> SegmentsAsync(MemberId member) => [.. (await RowsAsync()).Where(s => s.MemberId == member).Select(s => s.Segment)];

    private async Task<List<MemberSegmentRow>> RowsAsync()
    {
        await using var db = Server.OpenDatabase();
        return await db.Set<MemberSegmentRow>().AsNoTracking().ToListAsync(Cancel);
    }
}

public sealed class SegmentsOnSqlite(SqliteWithoutReckoning portal) : SegmentTests(portal), IClassFixture<SqliteWithoutReckoning>;

public sealed class SegmentsOnPostgres(PostgresWithoutReckoning portal) : SegmentTests(portal), IClassFixture<PostgresWithoutReckoning>;

/// <summary>Members are reckoned by the test, not by the job beside it.</summary>
public sealed class SqliteWithoutReckoning : SqlitePortal
{
    protected override PortalServerOptions Options => new() { Time = new(), Services = WithoutJob };

    internal static void WithoutJob(IServiceCollection services)
    {
        foreach (var job in services.Where(s => s.ImplementationType?.Name == "ReckonSegments").ToList())
            services.Remove(job);
    }
}

/// <inheritdoc cref="SqliteWithoutReckoning"/>
public sealed class PostgresWithoutReckoning : PostgresPortal
{
    protected override PortalServerOptions Options => new() { Time = new(), Services = SqliteWithoutReckoning.WithoutJob };
}
