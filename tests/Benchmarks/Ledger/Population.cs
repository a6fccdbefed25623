using Microsoft.Data.Sqlite;
using Npgsql;
using RewardsEngine.Values;
using Tests.Shared;

namespace Benchmarks.Ledger;

/// <summary>Members with empty wallets, put straight into the database.</summary>
internal static class Population
{
    public static async Task<MemberId[]> AddAsync(TestDatabase database, int count)
    {
        // Ids as the portal makes them: rising with time, spread over the half year in which people joined.
        var ids = Enumerable.Range(0, count).Select(i => Guid.CreateVersion7(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(i * 15_000_000.0 / count))).ToArray();
        if (database.IsPostgres)
            await PostgresAsync(database, ids);
        else
            await SqliteAsync(database, ids);
        return [.. ids.Select(id => new MemberId(id))];
    }

    public static async Task<string> SynchronousAsync(TestDatabase database)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(database.DataDirectory, "portal.db")}");
        await connection.OpenAsync();
        await using var command = new SqliteCommand("PRAGMA synchronous", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) switch { 2 => "FULL", 1 => "NORMAL", 3 => "EXTRA", _ => "OFF" };
    }

    private static async Task PostgresAsync(TestDatabase database, Guid[] ids)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO members ("Id", "CardCode", "Language", "JoinedAt", "TierKey", "Version")
            SELECT id, 'B' || n, 'id-ID', now(), '', 0 FROM unnest($1) WITH ORDINALITY AS x(id, n);
            """, connection)
        { Parameters = { new() { Value = ids } } };
        await command.ExecuteNonQueryAsync();
        command.CommandText = """INSERT INTO wallets SELECT id, 0, 0, 0, 0, 0, 0, NULL, 0 FROM unnest($1) AS x(id)""";
        await command.ExecuteNonQueryAsync();
        await using var analyze = new NpgsqlCommand("VACUUM ANALYZE members, wallets", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task SqliteAsync(TestDatabase database, Guid[] ids)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(database.DataDirectory, "portal.db")}");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        await using var member = new SqliteCommand("""INSERT INTO members ("Id", "CardCode", "Language", "JoinedAt", "TierKey", "Version") VALUES ($1, $2, 'id-ID', $3, '', 0)""", connection, transaction);
        await using var wallet = new SqliteCommand("""INSERT INTO wallets VALUES ($1, 0, 0, 0, 0, 0, 0, NULL, 0)""", connection, transaction);
        for (var i = 0; i < ids.Length; i++)
        {
            Set(member, ids[i].ToByteArray(bigEndian: true), $"B{i}", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            Set(wallet, ids[i].ToByteArray(bigEndian: true));
        }
        transaction.Commit();

        static void Set(SqliteCommand command, params object[] values)
        {
            command.Parameters.Clear();
            for (var i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue(FormattableString.Invariant($"${i + 1}"), values[i]);
            command.ExecuteNonQuery();
        }
    }
}
