using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Administration;
using Portal.Identity;
using Portal.Rewarding.Programmes;
using Tests.Shared;

namespace Portal.Tests.Administration;

public abstract class SetupTests(PortalFixture portal)
{
    [Fact]
    public async Task Who_holds_the_code_becomes_the_first_administrator_and_nobody_after()
    {
        var codes = portal.Server.Services.GetRequiredService<SetupCodes>();
        var unused = await codes.IssueAsync(Cancel);
        var code = await codes.IssueAsync(Cancel);
        Assert.NotNull(unused);
        var visitor = portal.Server.Visitor("en");

        var wrong = await SetUpAsync(visitor, "AAAA-BBBB-CCCC");
        Assert.NotNull(wrong.Document.QuerySelector("#f-code-error"));
        var after = await SetUpAsync(visitor, code!.ToLowerInvariant());

        Assert.Equal("/staff/setup", after.Path);
        Assert.Contains("Rimba Rewards", after.Text);
        await using var db = portal.Server.OpenDatabase();
        var user = await db.Users.SingleAsync(u => u.Email == "first@setup.test", Cancel);
        Assert.Equal(Roles.Administrator, await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where held.UserId == user.Id select role.Name).SingleAsync(Cancel));
        Assert.Equal("Rimba Hadiah", (await portal.Server.Services.GetRequiredService<ProgrammeStore>().CurrentAsync(Cancel)).Programme.Name.Id);
        Assert.Equal("/sign-in", (await portal.Server.Visitor("en").GetAsync("/setup")).Path);
        Assert.Null(await codes.IssueAsync(Cancel));
        Assert.Equal(0, await db.Set<SetupCodeRow>().CountAsync(Cancel));
        Assert.Equal("/staff", (await visitor.GetAsync("/sign-in")).Path);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HtmlPage> SetUpAsync(Visitor visitor, string code) =>
        await visitor.SubmitAsync(await visitor.GetAsync("/setup"), "setup", ("Code", code), ("Name", "Ratna Dewi"), ("Email", "first@setup.test"),
            ("Password", "kopi susu pagi hari"), ("ProgrammeId", "Rimba Hadiah"), ("ProgrammeEn", "Rimba Rewards"));
}

public sealed class SetupOnSqlite(SqlitePortal portal) : SetupTests(portal), IClassFixture<SqlitePortal>;

public sealed class SetupOnPostgres(PostgresPortal portal) : SetupTests(portal), IClassFixture<PostgresPortal>;
