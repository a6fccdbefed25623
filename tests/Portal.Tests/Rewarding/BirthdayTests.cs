using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Occasions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>Whose birthday it is, on 28 February of a common year.</summary>
public abstract class BirthdayTests(PortalFixture portal)
{
    internal static readonly DateTime LastOfFebruary = new(2026, 2, 28, 3, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_born_on_the_29th_of_February_has_it_on_the_28th_and_nobody_else_has_it()
    {
        var onTheDay = await MemberAsync(m => m.Birthday = new(1991, 2, 28));
        var leapDay = await MemberAsync(m => m.Birthday = new(1992, 2, 29));
        await MemberAsync(m => m.Birthday = new(1991, 2, 27));
        await MemberAsync(m => m.Birthday = new(1991, 3, 1));
        await MemberAsync(_ => { });
        await MemberAsync(m => (m.Birthday, m.ClosedAt) = (new(1991, 2, 28), LastOfFebruary.AddDays(-1)));
        await MemberAsync(m => (m.Birthday, m.ClaimedAt) = (new(1991, 2, 28), null)); // imported, has agreed to nothing
        var erased = await MemberAsync(m => m.Birthday = new(1991, 2, 28));
        var corrected = await MemberAsync(m => m.Birthday = new(1991, 2, 1));
        await using (var db = portal.Server.OpenDatabase())
        {
            MemberErasure.Erase(await db.Set<MemberRow>().SingleAsync(m => m.Id == erased, Cancel));
            (await db.Set<MemberRow>().SingleAsync(m => m.Id == corrected, Cancel)).Birthday = new(1991, 2, 28);
            await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(
                db, [new() { Id = new("birthday"), Name = new("Ulang tahun", "Birthday"), Trigger = ActivityTypes.Birthday, Effects = [new FixedPoints { Points = 10 }] }], [], null, null, Cancel);
            await db.SaveChangesAsync(Cancel);
        }

        Assert.Equal(3, await portal.Server.Services.GetRequiredService<RaiseBirthdays>().HandleAsync(Cancel));

        await using var after = portal.Server.OpenDatabase();
        var raised = await after.Set<ActivityRow>().Where(a => a.Type == ActivityTypes.Birthday).Select(a => a.MemberId).ToListAsync(Cancel);
        Assert.Equal(new HashSet<MemberId?> { onTheDay, leapDay, corrected }, raised.ToHashSet());
    }

    private async Task<MemberId> MemberAsync(Action<MemberRow> change)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel);
        var member = A.Member();
        change(member);
        work.Add(member);
        await work.CommitAsync(Cancel);
        return member.Id;
    }
}

public sealed class FebruarySqlite : SqlitePortal
{
    protected override PortalServerOptions Options => base.Options with { Time = new(BirthdayTests.LastOfFebruary), Services = Occasionless.Leave };
}

public sealed class FebruaryPostgres : PostgresPortal
{
    protected override PortalServerOptions Options => base.Options with { Time = new(BirthdayTests.LastOfFebruary), Services = Occasionless.Leave };
}

public sealed class BirthdaysOnSqlite(FebruarySqlite portal) : BirthdayTests(portal), IClassFixture<FebruarySqlite>;

public sealed class BirthdaysOnPostgres(FebruaryPostgres portal) : BirthdayTests(portal), IClassFixture<FebruaryPostgres>;
