using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Portal.Rewarding;

/// <summary>
/// Brings pages from the log into the file while writers go on: done in a writer's turn it would hold up all who wait for it.
/// </summary>
internal sealed partial class SqliteCheckpoint(string connectionString, ILogger log) : IDisposable
{
    private const int PagesBetween = 16_384;

    // Not to be created where the file has gone: nothing would be brought into an empty one, and nothing would be said.
    private readonly string existing = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite }.ConnectionString;

    private int seen;
    private bool fails;

    /// <summary>Ends when what was begun last is done.</summary>
    internal Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>To be told after each turn, by one at a time.</summary>
    public void Written(sqlite3 writer)
    {
        if (!Running.IsCompleted || raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0) != raw.SQLITE_OK)
            return;
        if (pages < seen) // another connection, or the count ran over
            seen = 0;
        if (pages - seen < PagesBetween)
            return;
        seen = pages;
        Running = Task.Run(Run);
    }

    public void Dispose() => Running.Wait();

    /// <summary>Passive: waits for nobody and stops nobody. What it cannot do now, the next one does.</summary>
    private void Run()
    {
        try
        {
            using var connection = SqliteWriter.Open(existing, "PRAGMA wal_checkpoint(PASSIVE)");
            if (fails)
                WorksAgain();
            fails = false;
        }
        catch (Exception fault)
        {
            // Nothing is lost: the log keeps what was committed, and the next checkpoint tries again. Who runs the portal learns
            // of it once and not at each try, which under load is each second.
            if (!fails)
                Fails(fault);
            fails = true;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What is written cannot be brought from the database's log into its file. Nothing is lost, and it is tried again, but the log grows until it works.")]
    private partial void Fails(Exception fault);

    [LoggerMessage(2, LogLevel.Information, "What is written is brought into the database's file again.")]
    private partial void WorksAgain();
}
