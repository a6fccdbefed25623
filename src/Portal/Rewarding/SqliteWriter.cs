using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using SQLitePCL;

namespace Portal.Rewarding;

/// <summary>
/// SQLite has one writer at a time: who waits here waits without a thread and in turn, not asleep inside the driver. All of
/// them write through one connection, whose cache thus knows the pages that the last one wrote.
/// </summary>
internal sealed class SqliteWriter(string connectionString, ILogger log) : IDisposable
{
    // The cache holds what a group touches: pages that do not fit are written more than once. Pages go from the log into the
    // file when there are many, because most were changed again in between: aside by SqliteCheckpoint, and in a writer's turn,
    // which ends the log, only what was written since.
    private const string Settings = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 65536;";

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SqliteCheckpoint checkpoint = new(connectionString, log);
    private SqliteConnection? connection;

    public Task TakeAsync(CancellationToken cancel) => turn.WaitAsync(cancel);

    /// <summary>To be called by whose turn it is.</summary>
    public void Lend(PortalDb db)
    {
        // A transaction that could not even be rolled back is left behind with its connection.
        if (connection is not null && (connection.State != System.Data.ConnectionState.Open || raw.sqlite3_get_autocommit(connection.Handle!) == 0))
        {
            connection.Dispose();
            connection = null;
        }
        connection ??= Open(connectionString, Settings);
        db.Database.SetDbConnection(connection, contextOwnsConnection: false);
    }

    /// <summary>Ends the turn.</summary>
    public void Return()
    {
        if (connection is { State: System.Data.ConnectionState.Open })
            checkpoint.Written(connection.Handle!);
        turn.Release();
    }

    public void Dispose()
    {
        checkpoint.Dispose();
        connection?.Dispose();
        turn.Dispose();
    }

    internal static SqliteConnection Open(string connectionString, string settings)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            opened.Open();
            using var command = new SqliteCommand(settings, opened);
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
