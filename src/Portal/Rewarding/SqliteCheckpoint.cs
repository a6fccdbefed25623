using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Portal.Rewarding;

/// <summary>
/// Brings pages from the log into the file while writers go on: done in a writer's turn it would hold up all who wait for it.
/// </summary>
internal sealed class SqliteCheckpoint(string connectionString) : IDisposable
{
    private const int PagesBetween = 16_384;

    private int seen;
    private Task running = Task.CompletedTask;

    /// <summary>To be told after each turn, by one at a time.</summary>
    public void Written(sqlite3 writer)
    {
        if (!running.IsCompleted || raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0) != raw.SQLITE_OK)
            return;
        if (pages < seen) // another connection, or the count ran over
            seen = 0;
        if (pages - seen < PagesBetween)
            return;
        seen = pages;
        running = Task.Run(Run);
    }

    public void Dispose() => running.Wait();

    /// <summary>Passive: waits for nobody and stops nobody. What it cannot do now, the next one does.</summary>
    private void Run()
    {
        try
        {
            using var connection = SqliteWriter.Open(connectionString, "PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException)
        {
            // Nothing is lost: the log keeps what was committed, the next checkpoint tries again, and a disk that is full or broken
            // fails the writers themselves. Nobody is told of it, as SQLite tells nobody when its own checkpoint fails.
        }
    }
}
