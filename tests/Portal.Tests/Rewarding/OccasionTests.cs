using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Occasions;
using Portal.Rewarding.Programmes;
using Portal.Tests.Api;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>Events beside sales: what only time brings, and what a shop reports.</summary>
public abstract class OccasionTests(PortalFixture portal)
{
    private static readonly DateTime Now = new(2026, 9, 17, 3, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RaiseOccasions Occasions => portal.Server.Services.GetRequiredService<RaiseOccasions>();

    [Fact]
    public async Task An_anniversary_expiring_points_and_an_absence_are_told_once_each_to_whom_it_concerns()
    {
        await PublishAsync(
            Rule("year", ActivityTypes.Anniversary, 10) with { Condition = "event.years >= 2" },
            Rule("expiring", ActivityTypes.PointsExpiring, 20) with { Condition = "event.points >= 50 and event.in <= 14 days" },
            Rule("lapsing", ActivityTypes.CustomerLapsing, 30) with { Condition = "event.inactive_for >= 60 days" },
            Rule("old-points", ActivityTypes.Registered, 60) with { Expiry = new ExpiryPolicy.Rolling(new(10)) });
        var (_, two) = await portal.Server.CustomerAsync(m => m.JoinedAt = new(2024, 9, 16, 18, 0, 0, DateTimeKind.Utc)); // 17 September in Jakarta
        var (_, one) = await portal.Server.CustomerAsync(m => m.JoinedAt = new(2025, 9, 17, 3, 0, 0, DateTimeKind.Utc));
        var (_, losing) = await portal.Server.CustomerAsync();
        var (_, away) = await portal.Server.CustomerAsync();
        var (_, longAway) = await portal.Server.CustomerAsync();
        await portal.Server.JoinsAsync(losing.Id);
        await BuysSilentlyAsync(away.Id, Now.AddDays(-70));
        await BuysSilentlyAsync(longAway.Id, Now.AddDays(-200));

        Assert.Equal(4, await Occasions.HandleAsync(Cancel)); // both anniversaries are raised, one is rewarded
        Assert.Equal(0, await Occasions.HandleAsync(Cancel));

        Assert.Equal(10, await GivenAsync(two.Id, "year"));
        Assert.Equal(0, await GivenAsync(one.Id, "year"));
        Assert.Equal(20, await GivenAsync(losing.Id, "expiring"));
        Assert.Equal(30, await GivenAsync(away.Id, "lapsing"));
        Assert.Equal(0, await GivenAsync(longAway.Id, "lapsing"));
    }

    [Fact]
    public async Task Who_was_told_is_not_looked_at_again_until_something_new_can_expire()
    {
        await PublishAsync(
            Rule("year", ActivityTypes.Anniversary, 10), Rule("lapsing", ActivityTypes.CustomerLapsing, 30), Rule("expiring", ActivityTypes.PointsExpiring, 20),
            Rule("old-points", ActivityTypes.Registered, 60) with { Expiry = new ExpiryPolicy.Rolling(new(10)) },
            Rule("waiting", ActivityTypes.Purchase, 5) with { PendingDays = 3 });
        _ = await portal.Server.CustomerAsync(m => m.JoinedAt = new(2024, 6, 1, 3, 0, 0, DateTimeKind.Utc));
        await Occasions.HandleAsync(Cancel);
        var alone = await CommandsOfARoundAsync();
        var told = new List<MemberId>();
        for (var i = 0; i < 5; i++)
        {
            var (_, member) = await portal.Server.CustomerAsync(m => m.JoinedAt = new(2025, 9, 17, 3, 0, 0, DateTimeKind.Utc));
            await portal.Server.JoinsAsync(member.Id);
            await BuysSilentlyAsync(member.Id, Now.AddDays(-70)); // stays away, and has points of which none expire soon
            told.Add(member.Id);
        }
        var (_, waiting) = await portal.Server.CustomerAsync();
        await BuysSilentlyAsync(waiting.Id, Now.AddHours(-1)); // something is due soon, but no expiry

        Assert.Equal(15, await Occasions.HandleAsync(Cancel));
        Assert.Equal(alone, await CommandsOfARoundAsync());

        foreach (var member in told)
            await BuysSilentlyAsync(member, Now.AddMinutes(-1)); // something becomes due before the expiry that was told
        Assert.True(await CommandsOfARoundAsync() > alone);
        Assert.Equal(alone, await CommandsOfARoundAsync());

        async Task<int> CommandsOfARoundAsync()
        {
            var commands = CommandCount.Start();
            Assert.Equal(0, await Occasions.HandleAsync(Cancel));
            return commands.Count;
        }
    }

    [Fact]
    public async Task An_expiry_that_comes_nearer_by_a_spending_or_a_longer_notice_is_told_too()
    {
        await PublishAsync(
            Rule("expiring", ActivityTypes.PointsExpiring, 20) with { PendingDays = 0, Expiry = new ExpiryPolicy.Never() },
            Rule("in-ten", ActivityTypes.Registered, 60) with { Expiry = new ExpiryPolicy.Rolling(new(10)) },
            Rule("in-twelve", ActivityTypes.Visit, 60) with { Expiry = new ExpiryPolicy.Rolling(new(12)) },
            Rule("in-twenty", ActivityTypes.Review, 60) with { Expiry = new ExpiryPolicy.Rolling(new(20)) });
        var (_, spender) = await portal.Server.CustomerAsync();
        await portal.Server.JoinsAsync(spender.Id);
        await HappensAsync(spender.Id, new Visit { Reference = "v", Member = spender.Id, OccurredAt = Now });
        var (_, later) = await portal.Server.CustomerAsync();
        await HappensAsync(later.Id, new Review { Reference = "r", Member = later.Id, OccurredAt = Now, Sku = "kopi-susu", Rating = 5 });

        await Occasions.HandleAsync(Cancel);
        Assert.Equal((1, 0), (await ToldAsync(spender.Id), await ToldAsync(later.Id)));

        await using (var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel))
        {
            var account = (await work.FindAsync(spender.Id, Cancel))!;
            Assert.True(account.Apply(Ledger.Spend(account.Wallet, new($"spend:{spender.Id}", work.Now), 60)).Accepted); // all that the first mail spoke of
            await work.CommitAsync(Cancel);
        }
        await Occasions.HandleAsync(Cancel);
        Assert.Equal(2, await ToldAsync(spender.Id));

        await SetAsync(programme => programme with { Occasions = programme.Occasions with { ExpiringDays = 25 } });
        await Occasions.HandleAsync(Cancel);
        await Occasions.HandleAsync(Cancel);
        Assert.Equal((2, 1), (await ToldAsync(spender.Id), await ToldAsync(later.Id)));
        await SetAsync(programme => programme with { Occasions = programme.Occasions with { ExpiringDays = 14 } });
    }

    [Fact]
    public async Task What_only_time_brings_does_not_put_off_the_expiry_of_who_stays_away()
    {
        await PublishAsync(
            Rule("expiring", ActivityTypes.PointsExpiring, 20) with { Effects = [new Notify { Template = "gone" }] },
            Rule("joined", ActivityTypes.Registered, 60));
        await SetAsync(programme => programme with { Points = programme.Points with { Expiry = new ExpiryPolicy.Inactivity(new CalendarSpan(10)) } });
        var (_, member) = await portal.Server.CustomerAsync();
        await portal.Server.JoinsAsync(member.Id);
        portal.Server.Time.Advance(TimeSpan.FromDays(1));
        try
        {
            await Occasions.HandleAsync(Cancel);
            Assert.Equal(1, await ToldAsync(member.Id));
            await using var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel);
            var next = (await work.FindAsync(member.Id, Cancel))!.Wallet.NextExpiry(work.Now);
            Assert.True(next?.At < Now.AddDays(11));
        }
        finally
        {
            portal.Server.Time.SetTo(Now);
            await SetAsync(programme => programme with { Points = programme.Points with { Expiry = new ExpiryPolicy.Never() } });
        }
    }

    [Fact]
    public async Task A_shop_reports_visits_and_events_of_its_own_and_rules_count_visits_over_a_window()
    {
        await using (var db = portal.Server.OpenDatabase())
        {
            var store = portal.Server.Services.GetRequiredService<ProgrammeStore>();
            var programme = (await store.CurrentAsync(db, Cancel)).Programme with
            {
                CustomActivities = [new("survey", new("Survei", "Survey"), ImmutableArray.Create(new EventField("score", FactType.Number, new("nilai", "score"))))],
            };
            await store.PublishAsync(db, [], [], programme, null, Cancel);
            await db.SaveChangesAsync(Cancel);
        }
        await PublishAsync(
            Rule("third-visit", ActivityTypes.Visit, 15) with { Condition = "visits.last(7 days).count >= 2 and event.store = \"menteng\"" },
            Rule("survey", "custom.survey", 40) with { Condition = "event.score >= 8" });
        var (_, member) = await portal.Server.CustomerAsync();
        var shop = await ApiCaller.WithAsync(portal.Server, "events:write");
        object Visit(string reference, int daysAgo) => new { reference, type = "visit", member = new { id = member.Id.Value }, store = "menteng", occurredAt = Now.AddDays(-daysAgo) };

        Assert.Equal(201, (await shop.PostAsync("/events", Visit("v0", 30))).Code);
        Assert.Equal(0, (await shop.PostAsync("/events", Visit("v1", 3))).Number("pointsEarned"));
        Assert.Equal(0, (await shop.PostAsync("/events", Visit("v2", 2))).Number("pointsEarned")); // two before it, one of them a month ago
        var third = await shop.PostAsync("/events", Visit("v3", 1));
        Assert.Equal(15, third.Number("pointsEarned"));
        var repeat = await shop.PostAsync("/events", Visit("v3", 1));
        Assert.Equal((200, 15L, 15L), (repeat.Code, repeat.Number("pointsEarned"), repeat.Number("balance")));
        Assert.Equal(409, (await shop.PostAsync("/events", Visit("v3", 2))).Code);

        var survey = await shop.PostAsync("/events", new { reference = "s1", type = "custom.survey", member = new { id = member.Id.Value }, fields = new { score = 9 } });
        Assert.Equal((201, 40L), (survey.Code, survey.Number("pointsEarned")));
        var wrong = await shop.PostAsync("/events", new { reference = "s2", type = "custom.survey", member = new { id = member.Id.Value }, fields = new { score = "nine", mood = 1 } });
        Assert.Equal((422, "fields.mood fields.score"), (wrong.Code, string.Join(' ', wrong.Fields.Order())));
        Assert.Equal(["type"], (await shop.PostAsync("/events", new { reference = "s3", type = "custom.other", member = new { id = member.Id.Value } })).Fields);
        var lines = await shop.BulkAsync("/events/bulk", """{"reference":"r1","type":"review","sku":"kopi-susu","rating":5,"member":{"id":"ID"}}""".Replace("ID", member.Id.Value.ToString(), StringComparison.Ordinal), """{"reference":"r2","type":"review"}""");
        Assert.Equal([201, 422], lines.Select(l => l.GetProperty("status").GetInt32()));
    }

    [Fact]
    public void Years_of_membership_begin_on_each_members_own_day()
    {
        var rules = new TierSettings { Steps = [new("basic", 0), new("gold", 100)], Period = new CalendarPeriod.Anniversary(new(2000, 1, 1)) };
        var spring = A.Member(joinedAt: new DateTime(2025, 3, 10, 5, 0, 0, DateTimeKind.Utc));

        Assert.Equal(new DateOnly(2026, 3, 10), TierStandings.Of(rules, spring).Period.Window(new(2026, 9, 17)).First);
    }

    private static Rule Rule(string key, string trigger, decimal points) =>
        new() { Id = new(key), Name = new("Aturan " + key, "Rule " + key), Trigger = trigger, Effects = [new FixedPoints { Points = points }], PendingDays = 0 };

    /// <summary>These rules are in force, and no others.</summary>
    private async Task PublishAsync(params Rule[] rules)
    {
        await using var db = portal.Server.OpenDatabase();
        var others = await db.Set<PublishedRuleRow>().Where(r => r.UntilSet == null).Select(r => r.RuleId).ToListAsync(Cancel);
        await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db, rules, [.. others.Except(rules.Select(r => r.Id))], null, null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task SetAsync(Func<Programme, Programme> change)
    {
        await using var db = portal.Server.OpenDatabase();
        var store = portal.Server.Services.GetRequiredService<ProgrammeStore>();
        await store.PublishAsync(db, [], [], change((await store.CurrentAsync(db, Cancel)).Programme), null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task HappensAsync(MemberId member, Activity activity)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel);
        await portal.Server.Services.GetRequiredService<Rewards>().DecideAsync(work, await work.FindAsync(member, Cancel), activity, Cancel);
        await work.CommitAsync(Cancel);
    }

    private async Task<int> ToldAsync(MemberId member)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<ActivityRow>().CountAsync(a => a.MemberId == member && a.Type == ActivityTypes.PointsExpiring, Cancel);
    }

    private async Task BuysSilentlyAsync(MemberId member, DateTime at)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel);
        await portal.Server.Services.GetRequiredService<Portal.Rewarding.Purchases.RecordPurchase>().HandleAsync(work, A.Purchase(member, 10_000m, at), "import", Cancel);
        await work.CommitAsync(Cancel);
    }

    private async Task<long> GivenAsync(MemberId member, string rule)
    {
        await using var db = portal.Server.OpenDatabase();
        var id = new RuleId(rule);
        return await db.Set<RuleUseRow>().Where(u => u.MemberId == member && u.RuleId == id).SumAsync(u => u.Points, Cancel);
    }
}

/// <summary>Without the job that raises occasions by itself: the tests count what they raise.</summary>
public sealed class StillSqlitePortal : SqlitePortal
{
    protected override PortalServerOptions Options => base.Options with { Services = Occasionless.Leave };
}

/// <inheritdoc cref="StillSqlitePortal"/>
public sealed class StillPostgresPortal : PostgresPortal
{
    protected override PortalServerOptions Options => base.Options with { Services = Occasionless.Leave };
}

internal static class Occasionless
{
    public static void Leave(IServiceCollection services) => services.Remove(services.Single(s => s.ImplementationType?.Name == "TellOccasions"));
}

public sealed class OccasionsOnSqlite(StillSqlitePortal portal) : OccasionTests(portal), IClassFixture<StillSqlitePortal>;

public sealed class OccasionsOnPostgres(StillPostgresPortal portal) : OccasionTests(portal), IClassFixture<StillPostgresPortal>;
