using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Tests.Shared;

/// <summary>An empty database of its own for one test class, with a data directory beside it; both vanish on disposal.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Names a PostgreSQL server whose user may create databases. <c>./test</c> starts one and sets it.</summary>
    public const string PostgresSetting = "LOYALTY_TEST_POSTGRES";

    private readonly string? _postgresName;

    private TestDatabase(string? postgresName)
    {
        _postgresName = postgresName;
        DataDirectory = Directory.CreateTempSubdirectory("loyalty-test-").FullName;
        ConnectionString = postgresName is null
            ? ""
            : new NpgsqlConnectionStringBuilder(Server) { Database = postgresName, MaxPoolSize = 20 }.ConnectionString;
    }

    public string DataDirectory { get; }

    /// <summary>For <c>ConnectionStrings:Portal</c>; empty means the embedded file in the data directory.</summary>
    public string ConnectionString { get; }

    public bool IsPostgres => _postgresName is not null;

    public static bool PostgresIsAvailable => !string.IsNullOrWhiteSpace(Server);

    private static string? Server => Environment.GetEnvironmentVariable(PostgresSetting);

    public static TestDatabase Sqlite() => new(null);

    /// <summary>Skips the running test, with the reason, where no server is named.</summary>
    public static async Task<TestDatabase> PostgresAsync()
    {
        Assert.SkipUnless(PostgresIsAvailable, $"{PostgresSetting} names no PostgreSQL server; ./test starts one");
        var name = $"test_{Guid.NewGuid():N}";
        await OnServerAsync($"CREATE DATABASE {name}");
        return new(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgresName is not null)
        {
            await using (var pooled = new NpgsqlConnection(ConnectionString))
                NpgsqlConnection.ClearPool(pooled);
            await OnServerAsync($"DROP DATABASE IF EXISTS {_postgresName} WITH (FORCE)");
        }
        SqliteConnection.ClearAllPools();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
