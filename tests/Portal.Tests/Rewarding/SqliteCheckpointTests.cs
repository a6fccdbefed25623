using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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

        using (var checkpoint = new SqliteCheckpoint(writer.ConnectionString, NullLogger.Instance))
            checkpoint.Written(writer.Handle!); // Dispose waits for what it began

        Assert.True(new FileInfo(File).Length > 17_000 * Page);
    }

    [Fact]
    public void A_few_written_pages_stay_in_the_log()
    {
        using var writer = Open();
        Write(writer, pages: 100);

        using (var checkpoint = new SqliteCheckpoint(writer.ConnectionString, NullLogger.Instance))
            checkpoint.Written(writer.Handle!);

        Assert.True(new FileInfo(File).Length < 100 * Page);
    }

    [Fact]
    public async Task A_log_that_cannot_be_brought_into_the_file_is_a_warning_when_it_begins_and_news_when_it_works_again()
    {
        var said = new Said();
        using var writer = Open(pageSize: 512);
        using var checkpoint = new SqliteCheckpoint(writer.ConnectionString, said);
        async Task WriteManyAsync()
        {
            Write(writer, pages: 2_200); // rows of eight small pages each
            checkpoint.Written(writer.Handle!);
            await checkpoint.Running;
        }
        await WriteManyAsync();
        Assert.Empty(said.Entries);

        System.IO.File.Move(File, File + ".away"); // who has it open can go on
        await WriteManyAsync();
        await WriteManyAsync();
        var failed = Assert.Single(said.Entries);
        Assert.Equal(LogLevel.Warning, failed.Level);
        Assert.IsType<SqliteException>(failed.Fault);
        Assert.False(System.IO.File.Exists(File)); // the try has not put an empty one in its place

        System.IO.File.Move(File + ".away", File);
        await WriteManyAsync();
        await WriteManyAsync();
        Assert.Equal([LogLevel.Warning, LogLevel.Information], said.Entries.Select(e => e.Level));

        System.IO.File.Move(File, File + ".away");
        await WriteManyAsync();
        Assert.Equal([LogLevel.Warning, LogLevel.Information, LogLevel.Warning], said.Entries.Select(e => e.Level));
    }

    private sealed class Said : ILogger
    {
        public List<(LogLevel Level, Exception? Fault)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Entries.Add((logLevel, exception));
    }

    private SqliteConnection Open(int pageSize = 4096)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        Run(connection, $"PRAGMA page_size = {pageSize}; PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; CREATE TABLE filler (content BLOB)");
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
