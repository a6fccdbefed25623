using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Portal.Data;
using RewardsEngine.Values;
using SQLitePCL;

namespace Portal.Rewarding.Ledger;

/// <summary>
/// Locks and reads the balances of many members beside the change tracker. In the order of ids, so that two who do it cannot
/// wait for each other. SQLite has one writer, which is lock enough.
/// </summary>
internal static class WalletReader
{
    private const string Columns = """
        "MemberId", "Version", "Pending", "Available", "Held", "Debt", "Qualifying", "NextDueAt", "LotsThrough"
        """;

    public static async Task<List<WalletRow>> LockAsync(PortalDb db, IReadOnlyList<MemberId> members, CancellationToken cancel)
    {
        if (members.Count == 0)
            return [];
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        return transaction is NpgsqlTransaction postgres
            ? await LockAsync(postgres, members, cancel)
            : Read(((SqliteConnection)transaction.Connection!).Handle!, members);
    }

    private static async Task<List<WalletRow>> LockAsync(NpgsqlTransaction transaction, IReadOnlyList<MemberId> members, CancellationToken cancel)
    {
        var ids = new Guid[members.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = members[i].Value;
        await using var command = new NpgsqlCommand($"""SELECT {Columns} FROM wallets WHERE "MemberId" = ANY($1) ORDER BY "MemberId" FOR NO KEY UPDATE""", transaction.Connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, TypedValue = ids });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var wallets = new List<WalletRow>(ids.Length);
        while (await reader.ReadAsync(cancel))
        {
            wallets.Add(new()
            {
                MemberId = new(reader.GetGuid(0)),
                Version = reader.GetInt64(1),
                Pending = reader.GetInt64(2),
                Available = reader.GetInt64(3),
                Held = reader.GetInt64(4),
                Debt = reader.GetInt64(5),
                Qualifying = reader.GetInt64(6),
                NextDueAt = reader.IsDBNull(7) ? null : reader.GetDateTime(7),
                LotsThrough = reader.GetInt64(8),
            });
        }
        return wallets;
    }

    private static List<WalletRow> Read(sqlite3 database, IReadOnlyList<MemberId> members)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, $"""SELECT {Columns} FROM wallets WHERE "MemberId" = ?""", out var statement), database);
        using (statement)
        {
            var wallets = new List<WalletRow>(members.Count);
            foreach (var member in members)
            {
                SqliteBinding.Id(statement, 1, member.Value);
                var step = raw.sqlite3_step(statement);
                if (step == raw.SQLITE_ROW)
                {
                    wallets.Add(new()
                    {
                        MemberId = member,
                        Version = raw.sqlite3_column_int64(statement, 1),
                        Pending = raw.sqlite3_column_int64(statement, 2),
                        Available = raw.sqlite3_column_int64(statement, 3),
                        Held = raw.sqlite3_column_int64(statement, 4),
                        Debt = raw.sqlite3_column_int64(statement, 5),
                        Qualifying = raw.sqlite3_column_int64(statement, 6),
                        NextDueAt = SqliteBinding.MomentAt(statement, 7),
                        LotsThrough = raw.sqlite3_column_int64(statement, 8),
                    });
                }
                else if (step != raw.SQLITE_DONE)
                {
                    SqliteException.ThrowExceptionForRC(step, database);
                }
                raw.sqlite3_reset(statement);
            }
            return wallets;
        }
    }
}
