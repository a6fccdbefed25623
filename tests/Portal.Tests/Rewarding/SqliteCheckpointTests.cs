using Microsoft.Data.Sqlite;
using Portal.Rewarding;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

public sealed class SqliteCheckpointTests : IAsyncDisposable
{
    private const long Page = 4096;
    private readonly TestDatabase database = TestDatabase.Sqlite();

    private string File => Path.Combine(database.DataDirectory, "written.db");

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public void Many_written_pages_come_from_the_log_into_the_file_while_the_writer_stays_open()
    {
        using var writer = Open();
        Write(writer, pages: 17_000);
        Assert.True(new FileInfo(File).Length < 100 * Page); // all of it is in the log

        using (var checkpoint = new SqliteCheckpoint(writer.ConnectionString))
            checkpoint.Written(writer.Handle!); // Dispose waits for what it began

        Assert.True(new FileInfo(File).Length > 17_000 * Page);
    }

    [Fact]
    public void A_few_written_pages_stay_in_the_log()
    {
        using var writer = Open();
        Write(writer, pages: 100);

        using (var checkpoint = new SqliteCheckpoint(writer.ConnectionString))
            checkpoint.Written(writer.Handle!);

        Assert.True(new FileInfo(File).Length < 100 * Page);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        Run(connection, "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; CREATE TABLE filler (content BLOB)");
        return connection;
    }

    private static void Write(SqliteConnection connection, int pages) =>
        Run(connection, $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {pages}) INSERT INTO filler SELECT zeroblob(4000) FROM n");

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
