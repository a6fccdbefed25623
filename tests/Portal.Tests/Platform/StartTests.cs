using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Tests.Shared;

namespace Portal.Tests.Platform;

public abstract class StartTests(PortalFixture portal)
{
    [Fact]
    public async Task The_first_page_answers_in_the_readers_language()
    {
        var indonesian = await portal.Server.Visitor().GetAsync("/");
        var english = await portal.Server.Visitor("en").GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, indonesian.Status);
        Assert.Equal("id", indonesian.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", english.Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task The_database_has_the_schema_of_this_version_and_the_staff_roles()
    {
        await using var db = portal.Server.OpenDatabase();

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Roles.All.Order(), await db.Roles.Select(r => r.Name!).OrderBy(n => n).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(portal.Server.Database.IsPostgres, db.IsPostgres);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_says_so_with_status_404()
    {
        var page = await portal.Server.Visitor().GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotNull(page.Document.QuerySelector("h1"));
    }
}

public sealed class StartOnSqlite(SqlitePortal portal) : StartTests(portal), IClassFixture<SqlitePortal>;

public sealed class StartOnPostgres(PostgresPortal portal) : StartTests(portal), IClassFixture<PostgresPortal>;
