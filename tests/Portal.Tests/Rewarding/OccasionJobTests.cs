using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>The job by itself, on the real clock.</summary>
public abstract class OccasionJobTests
{
    [Fact]
    public async Task What_is_due_is_told_soon_after_a_start_and_not_first_after_the_pause()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = await DatabaseAsync();
        MemberId member;
        await using (var before = new PortalServer(database, new() { Services = Occasionless.Leave }))
        {
            await using var db = before.OpenDatabase();
            await before.Services.GetRequiredService<ProgrammeStore>().PublishAsync(
                db, [new() { Id = new("year"), Name = new("Ulang tahun", "Anniversary"), Trigger = ActivityTypes.Anniversary, Effects = [new FixedPoints { Points = 10 }] }], [], null, null, cancel);
            await db.SaveChangesAsync(cancel);
            member = (await before.CustomerAsync(m => m.JoinedAt = DateTime.UtcNow.AddYears(-1))).Member.Id;
        }
        await using var server = new PortalServer(database);
        for (var waited = 0; waited < 300; waited++)
        {
            await using var db = server.OpenDatabase();
            if (await db.Set<ActivityRow>().AnyAsync(a => a.MemberId == member && a.Type == ActivityTypes.Anniversary, cancel))
                return;
            await Task.Delay(100, cancel);
        }
        Assert.Fail("Nothing was raised within 30 s of the start.");
    }

    protected abstract Task<TestDatabase> DatabaseAsync();
}

public sealed class OccasionJobOnSqlite : OccasionJobTests
{
    protected override Task<TestDatabase> DatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

public sealed class OccasionJobOnPostgres : OccasionJobTests
{
    protected override Task<TestDatabase> DatabaseAsync() => TestDatabase.PostgresAsync();
}
