using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Closes;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Closing;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Payments;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>The daily close, over days that the test lets pass. One long test on purpose: the close is about all members.</summary>
public abstract class DailyCloseTests(PortalFixture portal)
{
    private static readonly DateOnly First = new(2026, 9, 17);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_standards_example_reproduces_missed_days_are_caught_up_and_two_nodes_close_once()
    {
        await PublishAsync();
        await RateAsync(95);
        var (_, member) = await portal.Server.CustomerAsync();
        await portal.Server.BuysAsync(A.Purchase(member.Id, 100_000, portal.Server.Time.GetUtcNow().UtcDateTime));
        await SpendAsync(member.Id, 4_500);

        Assert.Equal(0, await Close().HandleAsync(Cancel)); // the day is not over
        portal.Server.Time.SetTo(new(2026, 9, 17, 17, 5, 0, DateTimeKind.Utc)); // 00.05 WIB: it may still be committing
        Assert.Equal(0, await Close().HandleAsync(Cancel));
        portal.Server.Time.SetTo(new(2026, 9, 17, 17, 11, 0, DateTimeKind.Utc));
        Assert.Equal(1, await Close().HandleAsync(Cancel));
        Assert.Equal(0, await Close().HandleAsync(Cancel)); // safe to repeat

        var first = await DayAsync(First);
        Assert.Equal((10_000, 4_500, 5_500, 0), (first.Issued, first.Redeemed, first.Available, first.Difference));
        Assert.Equal((8_676, 4_110, 4_566, 500), (first.Deferred, first.RecognisedNow, first.Liability, first.Breakage));

        // Nobody runs for three days; then two nodes start at once.
        portal.Server.Time.SetTo(new(2026, 9, 18, 3, 0, 0, DateTimeKind.Utc));
        await RateAsync(97);
        await SpendAsync(member.Id, 4_000);
        portal.Server.Time.SetTo(new(2026, 9, 21, 3, 0, 0, DateTimeKind.Utc));
        await using (var other = new PortalServer(portal.Server.Database, new() { Time = portal.Server.Time, Services = SqliteWithoutCloses.WithoutJob }))
        {
            var closed = await Task.WhenAll(
                Task.Run(() => Close().HandleAsync(Cancel), Cancel), Task.Run(() => other.Services.GetRequiredService<DailyClose>().HandleAsync(Cancel), Cancel),
                Task.Run(() => Close().HandleAsync(Cancel), Cancel));
            Assert.Equal(3, closed.Sum());
        }

        var second = await DayAsync(First.AddDays(1));
        Assert.Equal((3_493, 1_073, 300), (second.RecognisedNow, second.Liability, second.Breakage));
        var last = await DayAsync(First.AddDays(3));
        Assert.Equal((0, 1_073, 0), (last.RecognisedNow, last.Liability, last.Difference));
        await using (var db = portal.Server.OpenDatabase())
            Assert.Equal([First, First.AddDays(1), First.AddDays(2), First.AddDays(3)], await db.Set<DailyCloseRow>().OrderBy(c => c.Day).Select(c => c.Day).ToListAsync(Cancel));
        await ActivatesExpiresAndReviewsTiersAsync();
        await ManagersSeeItAsync();
    }

    /// <summary>What waits becomes free, what is old expires, a tier whose time is over is reviewed, a forgotten hold ends.</summary>
    private async Task ActivatesExpiresAndReviewsTiersAsync()
    {
        var (_, member) = await portal.Server.CustomerAsync();
        var now = portal.Server.Time.GetUtcNow().UtcDateTime;
        await using (var work = await portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel))
        {
            var account = (await work.FindAsync(member.Id, Cancel))!;
            account.Apply(Ledger.Adjust(account.Wallet, new("gone", now, new Cause(Reason: "test")), new(70, new LotId(Guid.CreateVersion7()), now.AddHours(2))));
            account.Apply(Ledger.Adjust(account.Wallet, new("stays", now, new Cause(Reason: "test")), new(30, new LotId(Guid.CreateVersion7()))));
            account.Row.TierKey = "gold";
            account.Row.TierStanding = """{"Tier":"gold","Valid":{"First":"2026-01-01","Last":"2026-09-21"}}""";
            account.Row.TierReviewOn = new(2026, 9, 22);
            await work.CommitAsync(Cancel);
        }
        await portal.Server.Services.GetRequiredService<PayWithPoints>().HoldAsync(member.Id, "forgotten", 20, 60, Cancel);
        portal.Server.Time.SetTo(new(2026, 9, 22, 3, 0, 0, DateTimeKind.Utc));

        Assert.Equal(1, await Close().HandleAsync(Cancel));

        await using var db = portal.Server.OpenDatabase();
        var wallet = await db.Set<WalletRow>().AsNoTracking().SingleAsync(w => w.MemberId == member.Id, Cancel);
        Assert.Equal((30, 0), (wallet.Available, wallet.Held));
        Assert.Equal("basic", (await db.Set<MemberRow>().SingleAsync(m => m.Id == member.Id, Cancel)).TierKey);
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);
    }

    private async Task ManagersSeeItAsync()
    {
        var manager = await portal.Server.StaffAsync(Roles.Manager, "en");
        var page = await manager.GetAsync("/staff/closes");
        Assert.Contains("Rp1,073", page.Text);
        Assert.Contains("September 2026", page.Text);
        using var csv = await manager.SendAsync(HttpMethod.Get, "/staff/closes/closes.csv");
        Assert.Contains("2026-09-17,10000,4500,0,0,0,5500,0,0,0,0.95,500,8676,8676,4110,4110,4566", await csv.Content.ReadAsStringAsync(Cancel));
        var set = await manager.SubmitAsync(page, "rate", ("Form.Percent", "101"), ("Form.Reason", ""));
        Assert.Contains("from 0 to 100", set.Text);
        var done = await manager.SubmitAsync(set, "rate", ("Form.Percent", "92.5"), ("Form.Reason", "Study of last year"));
        Assert.Contains("92.5 %", done.Text);
        var marketer = await portal.Server.StaffAsync(Roles.Marketer, "en");
        Assert.Equal("/denied", (await marketer.GetAsync("/staff/closes")).Path);
    }

    private DailyClose Close() => portal.Server.Services.GetRequiredService<DailyClose>();

    /// <summary>The standard's example: a point for ten spent, a point is worth one.</summary>
    private async Task PublishAsync()
    {
        var store = portal.Server.Services.GetRequiredService<ProgrammeStore>();
        var before = await store.CurrentAsync(Cancel);
        await using var db = portal.Server.OpenDatabase();
        await store.PublishAsync(db,
            [new Rule { Id = new("points-for-purchases"), Version = 2, Name = new("Poin", "Points"), Trigger = ActivityTypes.Purchase, Effects = [new PointsPerAmount { Points = 1, Per = 10 }] }],
            [], before.Programme with
            {
                Conversion = new(1, 1, 1, before.Programme.Currency),
                Tiers = [new("basic", new("Dasar", "Basic")), new("gold", new("Emas", "Gold"))],
                TierRules = new() { Steps = [new("basic", 0), new("gold", 1_000_000)], Expiry = TierExpiry.EndOfPeriod },
            }, null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task RateAsync(decimal percent) =>
        Assert.True((await portal.Server.Services.GetRequiredService<SetRedemptionRate>().HandleAsync(percent, "example", Guid.NewGuid(), Cancel)).Succeeded);

    private async Task SpendAsync(MemberId member, long points)
    {
        var pay = portal.Server.Services.GetRequiredService<PayWithPoints>();
        var hold = await pay.HoldAsync(member, $"h{points}", points, 600, Cancel);
        Assert.True((await pay.CaptureAsync(hold.Value.Hold.Id, $"c{points}", null, keepRest: false, Cancel)).Succeeded);
    }

    private async Task<DailyCloseRow> DayAsync(DateOnly day)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<DailyCloseRow>().AsNoTracking().SingleAsync(c => c.Day == day, Cancel);
    }
}

public sealed class DailyCloseOnSqlite(SqliteWithoutCloses portal) : DailyCloseTests(portal), IClassFixture<SqliteWithoutCloses>;

public sealed class DailyCloseOnPostgres(PostgresWithoutCloses portal) : DailyCloseTests(portal), IClassFixture<PostgresWithoutCloses>;

/// <summary>The days are closed by the test, not by the job beside it.</summary>
public sealed class SqliteWithoutCloses : SqlitePortal
{
    protected override PortalServerOptions Options => new() { Time = new(), Services = WithoutJob };

    internal static void WithoutJob(IServiceCollection services)
    {
        foreach (var job in services.Where(s => s.ImplementationType?.Name == "CloseDays").ToList())
            services.Remove(job);
    }
}

/// <inheritdoc cref="SqliteWithoutCloses"/>
public sealed class PostgresWithoutCloses : PostgresPortal
{
    protected override PortalServerOptions Options => new() { Time = new(), Services = SqliteWithoutCloses.WithoutJob };
}
