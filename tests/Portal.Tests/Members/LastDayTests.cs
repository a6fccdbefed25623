using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Join;
using Portal.Features.Members;
using Portal.Identity;
using Portal.Platform.Mail;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using Tests.Shared;

namespace Portal.Tests.Members;

/// <summary>Points that expire with the end of a month can be used on its last day, and everybody reads that day.</summary>
public abstract class LastDayTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_staff_and_the_welcome_mail_name_the_last_day_and_not_the_one_after()
    {
        var services = portal.Server.Services;
        await using (var db = portal.Server.OpenDatabase())
        {
            var programme = (await services.GetRequiredService<ProgrammeStore>().CurrentAsync(Cancel)).Programme;
            await services.GetRequiredService<ProgrammeStore>().PublishAsync(
                db, [], [], programme with { Points = programme.Points with { Expiry = new ExpiryPolicy.Rolling(new(0, 12), PeriodEnd.Month) } }, null, Cancel);
            await db.SaveChangesAsync(Cancel);
        }
        var (visitor, member) = await portal.Server.CustomerAsync(m => m.Language = "en", "en");
        await using (var scope = services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AdjustPoints>().HandleAsync(new(member.Id, 40, "a start", Guid.CreateVersion7(), MayExceed: true, Guid.CreateVersion7()), Cancel);
        await using (var work = await services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel))
        {
            await services.GetRequiredService<WelcomeMailer>().WriteAsync(work.Db, (await work.FindAsync(member.Id, Cancel))!, Cancel);
            await work.CommitAsync(Cancel);
        }

        Assert.Contains("40 points, after 30 Sep 2027", (await (await portal.Server.StaffAsync(Roles.Agent, "en")).GetAsync($"/staff/members/{member.Id}")).Text, StringComparison.Ordinal);
        Assert.Contains("30 September 2027", (await visitor.GetAsync("/home")).Text, StringComparison.Ordinal);
        await using var after = portal.Server.OpenDatabase();
        var model = await after.Set<OutboxRow>().Where(m => m.EventId == $"welcome:{member.Id}").Select(m => m.Model).SingleAsync(Cancel);
        var until = JsonDocument.Parse(model).RootElement.GetProperty("pointsExpireAt").GetDateTime();
        Assert.Equal(new DateOnly(2027, 9, 30), ProgrammeDays.Of(until, TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta")));
    }
}

public sealed class LastDayOnSqlite(SqlitePortal portal) : LastDayTests(portal), IClassFixture<SqlitePortal>;

public sealed class LastDayOnPostgres(PostgresPortal portal) : LastDayTests(portal), IClassFixture<PostgresPortal>;
