using Xunit;

namespace Tests.Shared;

/// <summary>
/// One server for a test class. Write the tests in an abstract class that takes a <see cref="PortalFixture"/> and derive it twice,
/// <c>class JoinOnSqlite(SqlitePortal portal) : JoinTests(portal), IClassFixture&lt;SqlitePortal&gt;</c> and the same with
/// <see cref="PostgresPortal"/>: each gets a fresh database. Tests of one class share it, so each makes its own members.
/// </summary>
public abstract class PortalFixture : IAsyncLifetime
{
    private TestDatabase? _database;
    private PortalServer? _server;

    /// <summary>The running program. Skips the test when its database is not to be had.</summary>
    public PortalServer Server
    {
        get
        {
            Assert.SkipWhen(NotAvailable is not null, NotAvailable ?? "");
            return _server!;
        }
    }

    /// <summary>Why there is no server, or null.</summary>
    protected virtual string? NotAvailable => null;

    /// <summary>A derived fixture may change settings or the clock.</summary>
    protected virtual PortalServerOptions Options => new();

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        if (NotAvailable is not null)
            return;
        _database = await CreateDatabaseAsync();
        _server = new(_database, Options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A portal on an embedded SQLite file, with the clock of <see cref="FakeTime"/>.</summary>
public class SqlitePortal : PortalFixture
{
    protected override PortalServerOptions Options => new() { Time = new() };

    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult(TestDatabase.Sqlite());
}

/// <summary>A portal on the PostgreSQL server that <c>./test</c> starts, with the clock of <see cref="FakeTime"/>.</summary>
public class PostgresPortal : PortalFixture
{
    protected override PortalServerOptions Options => new() { Time = new() };

    protected override string? NotAvailable => TestDatabase.PostgresIsAvailable
        ? null
        : $"{TestDatabase.PostgresSetting} names no PostgreSQL server; ./test starts one";

    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgresAsync();
}
