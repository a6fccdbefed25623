using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using SQLitePCL;

namespace Portal.Rewarding;

/// <summary>
/// SQLite has one writer at a time: who waits here waits without a thread and in turn, not asleep inside the driver. All of
/// them write through one connection, whose cache thus knows the pages that the last one wrote.
/// </summary>
internal sealed class SqliteWriter(string connectionString) : IDisposable
{
    // The cache holds what a group touches: pages that do not fit are written more than once. Pages go from the log into the
    // file when there are many, because most were changed again in between.
    private const string Settings = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 32768;";

    private SqliteConnection? connection;

    /// <summary>Released by the work that took it.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>To be called by whose turn it is.</summary>
    public void Lend(PortalDb db)
    {
        // A transaction that could not even be rolled back is left behind with its connection.
        if (connection is not null && (connection.State != System.Data.ConnectionState.Open || raw.sqlite3_get_autocommit(connection.Handle!) == 0))
        {
            connection.Dispose();
            connection = null;
        }
        connection ??= Open();
        db.Database.SetDbConnection(connection, contextOwnsConnection: false);
    }

    public void Dispose()
    {
        connection?.Dispose();
        Turn.Dispose();
    }

    private SqliteConnection Open()
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            opened.Open();
            using var command = new SqliteCommand(Settings, opened);
            command.ExecuteNonQuery();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
