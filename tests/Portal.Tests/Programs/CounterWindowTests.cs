using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Catalogue;
using Portal.Features.Complaints;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Payments;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Programs;

/// <summary>Rules that look back over a member's redemptions and complaints, written by staff and fired by sales.</summary>
public abstract class CounterWindowTests(PortalFixture portal)
{
    private static readonly DateTime Start = new(2026, 9, 17, 3, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redemptions_are_counted_over_exactly_the_window_with_their_points()
    {
        var count = await RuleAsync("redeems-count", "redemptions.last(30 days).count >= 2");
        var points = await RuleAsync("redeems-points", "redemptions.last(30 days).total >= 50 and redemptions.last(30 days).quantity < 4");
        var (_, member) = await portal.Server.CustomerAsync();
        await portal.Server.JoinsAsync(member.Id); // 100 points
        var reward = await RewardAsync(20);
        try
        {
            await RedeemAsync(member.Id, reward);
            Assert.Equal((false, false), await FiresAsync(member.Id, count, points));
            portal.Server.Time.Advance(TimeSpan.FromDays(10));
            await RedeemAsync(member.Id, reward);
            Assert.Equal((true, false), await FiresAsync(member.Id, count, points)); // two, but 40 points
            await RedeemAsync(member.Id, reward);
            Assert.Equal((true, true), await FiresAsync(member.Id, count, points)); // three, 60 points

            portal.Server.Time.SetTo(Start.AddDays(30)); // the first is exactly 30 days ago
            Assert.Equal((true, true), await FiresAsync(member.Id, count, points));
            portal.Server.Time.SetTo(Start.AddDays(30).AddMicroseconds(1));
            Assert.Equal((true, false), await FiresAsync(member.Id, count, points)); // two are left, 40 points
            portal.Server.Time.SetTo(Start.AddDays(40));
            Assert.Equal((true, false), await FiresAsync(member.Id, count, points));
            portal.Server.Time.SetTo(Start.AddDays(40).AddMicroseconds(1));
            Assert.Equal((false, false), await FiresAsync(member.Id, count, points));
        }
        finally
        {
            portal.Server.Time.SetTo(Start);
        }
    }

    [Fact]
    public async Task Points_paid_at_a_till_are_a_redemption_too_when_they_are_taken()
    {
        var paid = await RuleAsync("paid", "redemptions.last(30 days).count = 1 and redemptions.last(30 days).total = 40");
        var never = await RuleAsync("never-paid", "redemptions.last(30 days).count = 0");
        var (_, member) = await portal.Server.CustomerAsync();
        await portal.Server.JoinsAsync(member.Id);
        var pay = portal.Server.Services.GetRequiredService<PayWithPoints>();

        var hold = (await pay.HoldAsync(member.Id, $"h-{member.Id}", 60, 600, Cancel)).Value;
        Assert.Equal((false, true), await FiresAsync(member.Id, paid, never)); // set aside is not spent
        Assert.True((await pay.CaptureAsync(hold.Hold.Id, $"c-{member.Id}", 40, keepRest: false, Cancel)).Succeeded);
        Assert.True((await pay.CaptureAsync(hold.Hold.Id, $"c-{member.Id}", 40, keepRest: false, Cancel)).Value.Repeated);
        Assert.Equal((true, false), await FiresAsync(member.Id, paid, never));
    }

    [Fact]
    public async Task Complaints_are_counted_over_exactly_the_window_and_only_the_members_own()
    {
        var once = await RuleAsync("complained", "complaints.last(90 days).count = 1");
        var calm = await RuleAsync("calm", "complaints.last(90 days).count = 0");
        var (_, member) = await portal.Server.CustomerAsync();
        var (_, other) = await portal.Server.CustomerAsync();
        try
        {
            Assert.Equal((false, true), await FiresAsync(member.Id, once, calm));
            await ComplainAsync(member.Id);
            Assert.Equal((true, false), await FiresAsync(member.Id, once, calm));
            Assert.Equal((false, true), await FiresAsync(other.Id, once, calm));

            portal.Server.Time.SetTo(Start.AddDays(90));
            Assert.Equal((true, false), await FiresAsync(member.Id, once, calm));
            portal.Server.Time.SetTo(Start.AddDays(90).AddMicroseconds(1));
            Assert.Equal((false, true), await FiresAsync(member.Id, once, calm));
            await ComplainAsync(member.Id);
            await ComplainAsync(member.Id);
            Assert.Equal((false, false), await FiresAsync(member.Id, once, calm)); // two by now
        }
        finally
        {
            portal.Server.Time.SetTo(Start);
        }
    }

    /// <summary>Written and published through the pages.</summary>
    private async Task<RuleId> RuleAsync(string key, string condition)
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        var page = await staff.SubmitAsync(await staff.GetAsync("/staff/rules/new?start=basket"), "rule", ("Form.Do", "remove:0"));
        page = await staff.SubmitAsync(page, "rule", ("Form.Do", "add:fixed_points"));
        page = await staff.SubmitAsync(page, "rule",
            ("Form.Key", key), ("Form.NameId", key), ("Form.NameEn", key), ("Form.Condition", condition), ("Form.Effects[0].Points", "5"), ("Form.Do", "save-publish"));
        await staff.SubmitAsync(page, "step");
        return new(key);
    }

    private async Task<(bool First, bool Second)> FiresAsync(MemberId member, RuleId first, RuleId second)
    {
        var decision = (await portal.Server.BuysAsync(A.Purchase(member, 300_000m, portal.Server.Time.GetUtcNow().UtcDateTime))).Decision;
        var applied = decision.Explanation.Applied.Select(a => a.Rule).ToList();
        Assert.All((RuleId[])[first, second], rule => Assert.True(applied.Contains(rule) || decision.Explanation.Missed.Any(m => m.Rule == rule), $"{rule} was not asked."));
        return (applied.Contains(first), applied.Contains(second));
    }

    private async Task RedeemAsync(MemberId member, string reward) =>
        Assert.True((await portal.Server.Services.GetRequiredService<RedeemReward>().HandleAsync(member, reward, Guid.CreateVersion7(), Cancel)).Succeeded);

    private async Task ComplainAsync(MemberId member) =>
        Assert.True((await portal.Server.Services.GetRequiredService<FileComplaint>().HandleAsync(
            new(Guid.CreateVersion7(), member, global::Complaints.Cases.Channel.Web, "id-ID", "service", "Lama.", "explanation", null, null, null, null), [], Cancel)).Succeeded);

    private async Task<string> RewardAsync(long points)
    {
        var row = new RewardRow { Key = $"r-{Guid.NewGuid():N}", NameId = "Kopi susu", NameEn = "Milk coffee", Points = points };
        await using var db = portal.Server.OpenDatabase();
        db.Add(row);
        await db.SaveChangesAsync(Cancel);
        return row.Key;
    }
}

public sealed class CounterWindowsOnSqlite(SqlitePortal portal) : CounterWindowTests(portal), IClassFixture<SqlitePortal>;

public sealed class CounterWindowsOnPostgres(PostgresPortal portal) : CounterWindowTests(portal), IClassFixture<PostgresPortal>;
