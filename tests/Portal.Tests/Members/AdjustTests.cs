using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Members;
using Portal.Rewarding.Ledger;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Members;

/// <summary>Points given and taken by hand.</summary>
public abstract class AdjustTests(PortalFixture portal)
{
    [Fact]
    public async Task A_form_sent_twice_gives_once_and_what_was_given_can_be_taken()
    {
        var (_, member) = await portal.Server.CustomerAsync();
        var give = new Adjust(member.Id, 40, "late parcel", Guid.CreateVersion7(), MayExceed: true, Guid.CreateVersion7());

        var given = await HandleAsync(give);
        var again = await HandleAsync(give);
        var taken = await HandleAsync(give with { Points = -15, Request = Guid.CreateVersion7() });
        var tooMuch = await HandleAsync(give with { Points = -26, Request = Guid.CreateVersion7() });
        var nobody = await HandleAsync(give with { Member = new MemberId(Guid.CreateVersion7()), Request = Guid.CreateVersion7() });

        Assert.Equal((40, 40, 25), (given.Value, again.Value, taken.Value));
        Assert.Equal(("points.short", "member.unknown"), (tooMuch.Refusals[0].Code, nobody.Refusals[0].Code));
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, TestContext.Current.CancellationToken)).Differences);
    }

    private async Task<Portal.Platform.Result<long>> HandleAsync(Adjust adjust)
    {
        await using var scope = portal.Server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AdjustPoints>().HandleAsync(adjust, TestContext.Current.CancellationToken);
    }
}

public sealed class AdjustOnSqlite(SqlitePortal portal) : AdjustTests(portal), IClassFixture<SqlitePortal>;

public sealed class AdjustOnPostgres(PostgresPortal portal) : AdjustTests(portal), IClassFixture<PostgresPortal>;
