using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Portal.Rewarding.Ledger;

/// <summary>
/// Writes a journal to SQLite: one prepared statement a table, run for each row, values bound without a detour through
/// objects.
/// </summary>
internal static class SqliteJournal
{
    /// <returns>How many of the changed balances were still as read, and are written.</returns>
    public static int Write(Journal journal, SqliteConnection connection)
    {
        var database = connection.Handle!;
        Insert(database, LedgerTables.NewWallets, journal.OpenedWallets);
        var balances = Update(database, LedgerTables.ChangedWallets, LedgerTables.WalletAsRead, journal.ChangedWallets);
        Insert(database, LedgerTables.NewLots, journal.OpenedLots);
        Update(database, LedgerTables.ChangedLots, LedgerTables.LotKey, journal.ChangedLots);
        Insert(database, LedgerTables.Transfers, journal.Transfers);
        return balances;
    }

    private static void Insert<TRow>(sqlite3 database, Columns<TRow> columns, IReadOnlyList<TRow> rows)
    {
        if (rows.Count > 0)
            Run(database, $"INSERT INTO {columns.Table} ({string.Join(", ", columns.All.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.All.Select(_ => "?"))})", columns.All, rows);
    }

    private static int Update<TRow>(sqlite3 database, Columns<TRow> columns, Columns<TRow> key, IReadOnlyList<TRow> rows) => rows.Count == 0
        ? 0
        : Run(database,
            $"UPDATE {columns.Table} SET {string.Join(", ", columns.All.Select(c => $"\"{c.Name}\" = ?"))} WHERE {string.Join(" AND ", key.All.Select(c => $"\"{c.Name}\" = ?"))}",
            [.. columns.All, .. key.All], rows);

    private static int Run<TRow>(sqlite3 database, string sql, IReadOnlyList<Column<TRow>> columns, IReadOnlyList<TRow> rows)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            var written = 0;
            foreach (var row in rows)
            {
                for (var i = 0; i < columns.Count; i++)
                    columns[i].Bind(statement, i + 1, row);
                var step = raw.sqlite3_step(statement);
                if (step != raw.SQLITE_DONE)
                    SqliteException.ThrowExceptionForRC(step, database);
                written += raw.sqlite3_changes(database);
                raw.sqlite3_reset(statement);
            }
            return written;
        }
    }
}
