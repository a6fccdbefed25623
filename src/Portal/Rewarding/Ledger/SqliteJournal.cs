using Microsoft.Data.Sqlite;

namespace Portal.Rewarding.Ledger;

/// <summary>Writes a journal to SQLite: one prepared statement a table, run for each row.</summary>
internal static class SqliteJournal
{
    /// <returns>How many of the changed balances were still as read, and are written.</returns>
    public static int Write(Journal journal, SqliteTransaction transaction)
    {
        Run(transaction, journal.OpenedWallets,
            """
            INSERT INTO wallets ("MemberId", "Version", "Pending", "Available", "Held", "Debt", "Qualifying", "NextDueAt")
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            (r, p) => Set(p, r.MemberId.Value, r.Version, r.Pending, r.Available, r.Held, r.Debt, r.Qualifying, r.NextDueAt));
        Run(transaction, journal.OpenedLots,
            """
            INSERT INTO lots ("Id", "MemberId", "Accrual", "Sequence", "EarnedAt", "ActivatesAt", "ExpiresAt", "Sliding", "Earned", "Reversed", "Pending", "Available", "Held", "MovedTo", "IsOpen", "OfSale")
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            (r, p) => Set(p, r.Id.Value, r.MemberId.Value, r.Accrual, r.Sequence, r.EarnedAt, r.ActivatesAt, r.ExpiresAt, r.Sliding, r.Earned, r.Reversed, r.Pending, r.Available, r.Held, r.MovedTo?.Value, r.IsOpen, r.OfSale));
        Run(transaction, journal.ChangedLots,
            """
            UPDATE lots SET "ActivatesAt" = $2, "ExpiresAt" = $3, "Reversed" = $4, "Pending" = $5, "Available" = $6, "Held" = $7, "MovedTo" = $8, "IsOpen" = $9 WHERE "Id" = $1
            """,
            (r, p) => Set(p, r.Id.Value, r.ActivatesAt, r.ExpiresAt, r.Reversed, r.Pending, r.Available, r.Held, r.MovedTo?.Value, r.IsOpen));
        Run(transaction, journal.Transfers,
            """
            INSERT INTO transfers ("Reference", "Operation", "MemberId", "Kind", "Debit", "Credit", "Amount", "LotId", "HoldId", "Returns", "ActivatesAt",
                "ExpiresAt", "WalletVersion", "Ordinal", "EffectiveAt", "RecordedAt", "Activity", "RuleId", "RuleVersion", "Person", "Reason")
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
            """,
            (r, p) => Set(p, r.Reference, r.Operation, r.MemberId.Value, (int)r.Kind, (int)r.Debit, (int)r.Credit, r.Amount, r.LotId?.Value, r.HoldId, r.Returns, r.ActivatesAt,
                r.ExpiresAt, r.WalletVersion, r.Ordinal, r.EffectiveAt, r.RecordedAt, r.Activity, r.RuleId?.Value, r.RuleVersion, r.Person, r.Reason));
        return Run(transaction, journal.ChangedWallets,
            """
            UPDATE wallets SET "Version" = $3, "Pending" = $4, "Available" = $5, "Held" = $6, "Debt" = $7, "Qualifying" = $8, "NextDueAt" = $9
            WHERE "MemberId" = $1 AND "Version" = $2
            """,
            (r, p) => Set(p, r.Row.MemberId.Value, r.Read, r.Row.Version, r.Row.Pending, r.Row.Available, r.Row.Held, r.Row.Debt, r.Row.Qualifying, r.Row.NextDueAt));
    }

    private static int Run<TRow>(SqliteTransaction transaction, IReadOnlyList<TRow> rows, string sql, Action<TRow, SqliteParameterCollection> set)
    {
        if (rows.Count == 0)
            return 0;
        using var command = new SqliteCommand(sql, transaction.Connection, transaction);
        var written = 0;
        foreach (var row in rows)
        {
            set(row, command.Parameters);
            written += command.ExecuteNonQuery();
        }
        return written;
    }

    private static void Set(SqliteParameterCollection parameters, params ReadOnlySpan<object?> values)
    {
        for (var i = parameters.Count; i < values.Length; i++)
            parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${i + 1}") });
        for (var i = 0; i < values.Length; i++)
            parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
