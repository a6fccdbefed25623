using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding.Marks;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>Badges and challenges that rules give.</summary>
public abstract class MarksTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_badge_is_given_once_and_a_challenge_goes_on_until_it_is_complete_and_both_are_shown()
    {
        var key = $"m{Guid.NewGuid():N}"[..20];
        await PublishAsync(
            new GiveBadge { Badge = key, Name = new("Teman pagi", "Early bird") },
            new AdvanceChallenge { Challenge = key, Goal = 3 });
        var (visitor, member) = await portal.Server.CustomerAsync();

        await portal.Server.BuysAsync(A.Purchase(member.Id, 10_000m));
        await portal.Server.BuysAsync(A.Purchase(member.Id, 10_000m));
        var home = await visitor.GetAsync("/home");
        Assert.Contains("Teman pagi", home.Text, StringComparison.Ordinal);
        Assert.Contains("2 dari 3", home.Text, StringComparison.Ordinal);
        await portal.Server.BuysAsync(A.Purchase(member.Id, 10_000m));
        await portal.Server.BuysAsync(A.Purchase(member.Id, 10_000m));

        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(1, await db.Set<BadgeRow>().CountAsync(b => b.MemberId == member.Id && b.Badge == key, Cancel));
        var challenge = await db.Set<ChallengeRow>().SingleAsync(c => c.MemberId == member.Id && c.Challenge == key, Cancel);
        Assert.Equal(3, challenge.Progress);
        Assert.NotNull(challenge.CompletedAt);
    }

    private async Task PublishAsync(params Effect[] effects)
    {
        await using var db = portal.Server.OpenDatabase();
        await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db, [new()
        {
            Id = new($"marks-{Guid.NewGuid():N}"[..30]),
            Name = new("Tantangan pagi", "Morning challenge"),
            Trigger = ActivityTypes.Purchase,
            Effects = effects,
            Status = RuleStatus.Live,
        }], [], null, Guid.Empty, Cancel);
        await db.SaveChangesAsync(Cancel);
    }
}

public sealed class MarksOnSqlite(SqlitePortal portal) : MarksTests(portal), IClassFixture<SqlitePortal>;

public sealed class MarksOnPostgres(PostgresPortal portal) : MarksTests(portal), IClassFixture<PostgresPortal>;
