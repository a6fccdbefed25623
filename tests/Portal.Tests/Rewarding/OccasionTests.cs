using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
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

    private async Task PublishAsync(params Rule[] rules)
    {
        await using var db = portal.Server.OpenDatabase();
        await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db, rules, [], null, null, Cancel);
        await db.SaveChangesAsync(Cancel);
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

public sealed class OccasionsOnSqlite(SqlitePortal portal) : OccasionTests(portal), IClassFixture<SqlitePortal>;

public sealed class OccasionsOnPostgres(PostgresPortal portal) : OccasionTests(portal), IClassFixture<PostgresPortal>;
