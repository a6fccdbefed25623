using System.Text;
using Npgsql;

namespace Portal.Rewarding.Ledger;

/// <summary>
/// Writes a journal to PostgreSQL: one statement a table over arrays, all in one round trip. What all rows of a table have in
/// common is sent once and not as an array.
/// </summary>
internal static class PostgresJournal
{
    /// <returns>How many of the changed balances were still as read, and are written.</returns>
    public static async Task<int> WriteAsync(Journal journal, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction);
        Insert(batch, LedgerTables.NewWallets, journal.OpenedWallets);
        var balances = Update(batch, LedgerTables.ChangedWallets, LedgerTables.WalletAsRead, journal.ChangedWallets);
        Insert(batch, LedgerTables.NewLots, journal.OpenedLots);
        Update(batch, LedgerTables.ChangedLots, LedgerTables.LotKey, journal.ChangedLots);
        Insert(batch, LedgerTables.Transfers, journal.Transfers);
        await batch.ExecuteNonQueryAsync(cancel);
        return (int)(balances?.Rows ?? 0);
    }

    private static void Insert<TRow>(NpgsqlBatch batch, Columns<TRow> columns, IReadOnlyList<TRow> rows)
    {
        if (rows.Count == 0)
            return;
        var values = new Values<TRow>(rows);
        var sql = new StringBuilder("INSERT INTO ").Append(columns.Table).Append(" (").AppendJoin(", ", columns.All.Select(c => $"\"{c.Name}\"")).Append(") SELECT ")
            .AppendJoin(", ", columns.All.Select(values.Expression));
        batch.BatchCommands.Add(values.Command(sql, " FROM "));
    }

    private static NpgsqlBatchCommand? Update<TRow>(NpgsqlBatch batch, Columns<TRow> columns, Columns<TRow> key, IReadOnlyList<TRow> rows)
    {
        if (rows.Count == 0)
            return null;
        var values = new Values<TRow>(rows);
        var where = string.Join(" AND ", key.All.Select(c => $"t.\"{c.Name}\" = {values.Expression(c)}"));
        var sql = new StringBuilder("UPDATE ").Append(columns.Table).Append(" t SET ").AppendJoin(", ", columns.All.Select(c => $"\"{c.Name}\" = {values.Expression(c)}"));
        var command = values.Command(sql, " FROM ", " WHERE " + where);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>The parameters of one statement: a value where all rows say the same, else an array that is unnested.</summary>
    private sealed class Values<TRow>(IReadOnlyList<TRow> rows)
    {
        private readonly List<NpgsqlParameter> parameters = [];
        private readonly List<int> arrays = [];

        public string Expression(Column<TRow> column)
        {
            var constant = column.IsConstant(rows);
            parameters.Add(constant ? column.One(rows[0]) : column.Array(rows));
            if (constant)
                return FormattableString.Invariant($"${parameters.Count}");
            arrays.Add(parameters.Count);
            return FormattableString.Invariant($"n.c{parameters.Count}");
        }

        public NpgsqlBatchCommand Command(StringBuilder sql, string from, string rest = "")
        {
            if (arrays.Count > 0)
            {
                sql.Append(from).Append("unnest(").AppendJoin(", ", arrays.Select(n => FormattableString.Invariant($"${n}")))
                    .Append(") AS n(").AppendJoin(", ", arrays.Select(n => FormattableString.Invariant($"c{n}"))).Append(')');
            }
            var command = new NpgsqlBatchCommand(sql.Append(rest).ToString());
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);
            return command;
        }
    }
}
