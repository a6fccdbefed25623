using Npgsql;
using NpgsqlTypes;

namespace Portal.Rewarding.Ledger;

/// <summary>Writes a journal to PostgreSQL: one statement a table over arrays, all in one round trip.</summary>
internal static class PostgresJournal
{
    /// <returns>How many of the changed balances were still as read, and are written.</returns>
    public static async Task<int> WriteAsync(Journal journal, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction);
        if (journal.OpenedWallets.Count > 0)
            batch.BatchCommands.Add(OpenWallets(journal.OpenedWallets));
        if (journal.OpenedLots.Count > 0)
            batch.BatchCommands.Add(OpenLots(journal.OpenedLots));
        if (journal.ChangedLots.Count > 0)
            batch.BatchCommands.Add(ChangeLots(journal.ChangedLots));
        if (journal.Transfers.Count > 0)
            batch.BatchCommands.Add(AddTransfers(journal.Transfers));
        var balances = journal.ChangedWallets.Count > 0 ? ChangeWallets(journal.ChangedWallets) : null;
        if (balances is not null)
            batch.BatchCommands.Add(balances);
        await batch.ExecuteNonQueryAsync(cancel);
        return (int)(balances?.Rows ?? 0);
    }

    private static NpgsqlBatchCommand AddTransfers(IReadOnlyList<TransferRow> rows) => new(
        """
        INSERT INTO transfers ("Reference", "Operation", "MemberId", "Kind", "Debit", "Credit", "Amount", "LotId", "HoldId", "Returns", "ActivatesAt",
            "ExpiresAt", "WalletVersion", "Ordinal", "EffectiveAt", "RecordedAt", "Activity", "RuleId", "RuleVersion", "Person", "Reason")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        """)
    {
        Parameters =
        {
            Column(NpgsqlDbType.Text, rows, r => r.Reference),
            Column(NpgsqlDbType.Text, rows, r => r.Operation),
            Column(NpgsqlDbType.Uuid, rows, r => r.MemberId.Value),
            Column(NpgsqlDbType.Integer, rows, r => (int)r.Kind),
            Column(NpgsqlDbType.Integer, rows, r => (int)r.Debit),
            Column(NpgsqlDbType.Integer, rows, r => (int)r.Credit),
            Column(NpgsqlDbType.Bigint, rows, r => r.Amount),
            Column(NpgsqlDbType.Uuid, rows, r => r.LotId?.Value),
            Column(NpgsqlDbType.Uuid, rows, r => r.HoldId),
            Column(NpgsqlDbType.Text, rows, r => r.Returns),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.ActivatesAt),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.ExpiresAt),
            Column(NpgsqlDbType.Bigint, rows, r => r.WalletVersion),
            Column(NpgsqlDbType.Integer, rows, r => r.Ordinal),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.EffectiveAt),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.RecordedAt),
            Column(NpgsqlDbType.Text, rows, r => r.Activity),
            Column(NpgsqlDbType.Text, rows, r => r.RuleId?.Value),
            Column(NpgsqlDbType.Integer, rows, r => r.RuleVersion),
            Column(NpgsqlDbType.Text, rows, r => r.Person),
            Column(NpgsqlDbType.Text, rows, r => r.Reason),
        },
    };

    private static NpgsqlBatchCommand OpenLots(IReadOnlyList<LotRow> rows) => new(
        """
        INSERT INTO lots ("Id", "MemberId", "Accrual", "Sequence", "EarnedAt", "ActivatesAt", "ExpiresAt", "Sliding", "Earned", "Reversed", "Pending", "Available", "Held", "MovedTo", "IsOpen", "OfSale")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """)
    {
        Parameters =
        {
            Column(NpgsqlDbType.Uuid, rows, r => r.Id.Value),
            Column(NpgsqlDbType.Uuid, rows, r => r.MemberId.Value),
            Column(NpgsqlDbType.Text, rows, r => r.Accrual),
            Column(NpgsqlDbType.Bigint, rows, r => r.Sequence),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.EarnedAt),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.ActivatesAt),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.ExpiresAt),
            Column(NpgsqlDbType.Boolean, rows, r => r.Sliding),
            Column(NpgsqlDbType.Bigint, rows, r => r.Earned),
            Column(NpgsqlDbType.Bigint, rows, r => r.Reversed),
            Column(NpgsqlDbType.Bigint, rows, r => r.Pending),
            Column(NpgsqlDbType.Bigint, rows, r => r.Available),
            Column(NpgsqlDbType.Bigint, rows, r => r.Held),
            Column(NpgsqlDbType.Uuid, rows, r => r.MovedTo?.Value),
            Column(NpgsqlDbType.Boolean, rows, r => r.IsOpen),
            Column(NpgsqlDbType.Boolean, rows, r => r.OfSale),
        },
    };

    private static NpgsqlBatchCommand ChangeLots(IReadOnlyList<LotRow> rows) => new(
        """
        UPDATE lots l SET "ActivatesAt" = n.activates, "ExpiresAt" = n.expires, "Reversed" = n.reversed, "Pending" = n.pending, "Available" = n.available,
            "Held" = n.held, "MovedTo" = n.moved, "IsOpen" = n.open
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS n(id, activates, expires, reversed, pending, available, held, moved, open)
        WHERE l."Id" = n.id
        """)
    {
        Parameters =
        {
            Column(NpgsqlDbType.Uuid, rows, r => r.Id.Value),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.ActivatesAt),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.ExpiresAt),
            Column(NpgsqlDbType.Bigint, rows, r => r.Reversed),
            Column(NpgsqlDbType.Bigint, rows, r => r.Pending),
            Column(NpgsqlDbType.Bigint, rows, r => r.Available),
            Column(NpgsqlDbType.Bigint, rows, r => r.Held),
            Column(NpgsqlDbType.Uuid, rows, r => r.MovedTo?.Value),
            Column(NpgsqlDbType.Boolean, rows, r => r.IsOpen),
        },
    };

    private static NpgsqlBatchCommand OpenWallets(IReadOnlyList<WalletRow> rows) => new(
        """
        INSERT INTO wallets ("MemberId", "Version", "Pending", "Available", "Held", "Debt", "Qualifying", "NextDueAt")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """)
    {
        Parameters =
        {
            Column(NpgsqlDbType.Uuid, rows, r => r.MemberId.Value),
            Column(NpgsqlDbType.Bigint, rows, r => r.Version),
            Column(NpgsqlDbType.Bigint, rows, r => r.Pending),
            Column(NpgsqlDbType.Bigint, rows, r => r.Available),
            Column(NpgsqlDbType.Bigint, rows, r => r.Held),
            Column(NpgsqlDbType.Bigint, rows, r => r.Debt),
            Column(NpgsqlDbType.Bigint, rows, r => r.Qualifying),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.NextDueAt),
        },
    };

    private static NpgsqlBatchCommand ChangeWallets(IReadOnlyList<(WalletRow Row, long Read)> rows) => new(
        """
        UPDATE wallets w SET "Version" = n.version, "Pending" = n.pending, "Available" = n.available, "Held" = n.held, "Debt" = n.debt,
            "Qualifying" = n.qualifying, "NextDueAt" = n.due
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS n(id, read, version, pending, available, held, debt, qualifying, due)
        WHERE w."MemberId" = n.id AND w."Version" = n.read
        """)
    {
        Parameters =
        {
            Column(NpgsqlDbType.Uuid, rows, r => r.Row.MemberId.Value),
            Column(NpgsqlDbType.Bigint, rows, r => r.Read),
            Column(NpgsqlDbType.Bigint, rows, r => r.Row.Version),
            Column(NpgsqlDbType.Bigint, rows, r => r.Row.Pending),
            Column(NpgsqlDbType.Bigint, rows, r => r.Row.Available),
            Column(NpgsqlDbType.Bigint, rows, r => r.Row.Held),
            Column(NpgsqlDbType.Bigint, rows, r => r.Row.Debt),
            Column(NpgsqlDbType.Bigint, rows, r => r.Row.Qualifying),
            Column(NpgsqlDbType.TimestampTz, rows, r => r.Row.NextDueAt),
        },
    };

    private static NpgsqlParameter<TValue[]> Column<TRow, TValue>(NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };
    }
}
