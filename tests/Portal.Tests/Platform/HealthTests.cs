using System.Net;
using System.Text.Json;
using Tests.Shared;

namespace Portal.Tests.Platform;

public abstract class HealthTests(PortalFixture portal)
{
    [Fact]
    public async Task A_portal_with_its_database_is_live_and_ready()
    {
        var visitor = portal.Server.Visitor();
        using var live = await visitor.SendAsync(HttpMethod.Get, "/health/live");
        using var ready = await visitor.SendAsync(HttpMethod.Get, "/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        using var report = JsonDocument.Parse(await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var checks = report.RootElement.GetProperty("checks");
        Assert.Equal("Healthy", checks.GetProperty("database").GetString());
        Assert.Equal("Healthy", checks.GetProperty("mail").GetString());
    }
}

public sealed class HealthOnSqlite(SqlitePortal portal) : HealthTests(portal), IClassFixture<SqlitePortal>;

public sealed class HealthOnPostgres(PostgresPortal portal) : HealthTests(portal), IClassFixture<PostgresPortal>;
