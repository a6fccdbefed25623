using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Ledger;
using SQLitePCL;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Rewarding.Credits;

/// <summary>
/// Plain credits in SQLite, inside the open work: of each wallet what decides is looked at, the transfer is written, the balance
/// raised; prepared statements over the one writing connection.
/// </summary>
internal static class SqliteCredits
{
    private const string Look = """SELECT rowid, "Version", "Pending", "Available", "Held", "Debt", "NextDueAt" FROM wallets WHERE "MemberId" = ?""";
    private const string Raise = """UPDATE wallets SET "Version" = ?, "Pending" = ?, "Available" = ?, "NextDueAt" = ? WHERE rowid = ?""";

    private static readonly string Insert =
        $"INSERT INTO transfers ({string.Join(", ", LedgerTables.Transfers.All.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", LedgerTables.Transfers.All.Select(_ => "?"))})";

    private static readonly int Version = LedgerTables.Transfers.All.Select((c, i) => (c, i)).Single(c => c.c.Name == nameof(TransferRow.WalletVersion)).i + 1;

    /// <param name="db">With the open transaction.</param>
    /// <param name="credits">In the order of their members.</param>
    /// <param name="answers">Are given for what was written.</param>
    /// <param name="others">Get the positions of what was not.</param>
    /// <param name="now">When they are recorded.</param>
    public static void Write(PortalDb db, List<PlannedCredit> credits, Credited[] answers, List<int> others, DateTime now)
    {
        var database = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
        using var look = Prepare(database, Look);
        using var raise = Prepare(database, Raise);
        using var insert = Prepare(database, Insert);
        foreach (var credit in credits)
        {
            if (Write(database, look, raise, insert, credit, now + RewardingWork.Skew) is { } written)
                answers[credit.Position] = written;
            else
                others.Add(credit.Position);
        }
    }

    /// <returns>Null when it is no plain credit, or its reference is known; nothing is written then.</returns>
    private static Credited? Write(sqlite3 database, sqlite3_stmt look, sqlite3_stmt raise, sqlite3_stmt insert, PlannedCredit credit, DateTime notDue)
    {
        SqliteBinding.Id(look, 1, credit.Row.MemberId.Value);
        if (raw.sqlite3_step(look) != raw.SQLITE_ROW)
        {
            Reset(database, look);
            return null;
        }
        var (row, version, pending, available) = (raw.sqlite3_column_int64(look, 0), raw.sqlite3_column_int64(look, 1), raw.sqlite3_column_int64(look, 2), raw.sqlite3_column_int64(look, 3));
        var (held, debt, due) = (raw.sqlite3_column_int64(look, 4), raw.sqlite3_column_int64(look, 5), SqliteBinding.MomentAt(look, 6));
        Reset(database, look);
        if (debt != 0 || due <= notDue || pending + available + held > Books.MaxBalance - credit.Plain.Points || !Store(database, insert, credit.Row, version + 1))
            return null;
        raw.sqlite3_bind_int64(raise, 1, version + 1);
        raw.sqlite3_bind_int64(raise, 2, pending + credit.Pending);
        raw.sqlite3_bind_int64(raise, 3, available + credit.Available);
        SqliteBinding.Moment(raise, 4, due is null || credit.Plain.DueAt < due ? credit.Plain.DueAt : due);
        raw.sqlite3_bind_int64(raise, 5, row);
        Run(database, raise);
        return new(null, available + credit.Available, version + 1, Repeated: false);
    }

    private static bool Store(sqlite3 database, sqlite3_stmt insert, TransferRow transfer, long version)
    {
        var columns = LedgerTables.Transfers.All;
        for (var i = 0; i < columns.Count; i++)
            columns[i].Bind(insert, i + 1, transfer);
        raw.sqlite3_bind_int64(insert, Version, version);
        var step = raw.sqlite3_step(insert);
        var known = step == raw.SQLITE_CONSTRAINT && raw.sqlite3_extended_errcode(database) == raw.SQLITE_CONSTRAINT_UNIQUE;
        if (step != raw.SQLITE_DONE && !known)
            SqliteException.ThrowExceptionForRC(step, database);
        raw.sqlite3_reset(insert); // says once more what the step said
        return !known;
    }

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        return statement;
    }

    private static void Run(sqlite3 database, sqlite3_stmt statement)
    {
        var step = raw.sqlite3_step(statement);
        if (step != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(step, database);
        Reset(database, statement);
    }

    private static void Reset(sqlite3 database, sqlite3_stmt statement) => SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(statement), database);
}
