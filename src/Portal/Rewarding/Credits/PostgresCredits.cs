using System.Text;
using Npgsql;
using NpgsqlTypes;
using Portal.Rewarding.Ledger;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Rewarding.Credits;

/// <summary>
/// Plain credits in PostgreSQL: one statement raises the balances of wallets that take plain credits and writes the transfers
/// of those it raised. It is a transaction by itself: one round trip, one flush.
/// </summary>
internal static class PostgresCredits
{
    /// <summary>One plan for all groups: planned for the arrays at hand it would be the same, but made anew each time.</summary>
    public static string Connection(string database)
    {
        var connection = new NpgsqlConnectionStringBuilder(database);
        connection.Options = $"{connection.Options} -c plan_cache_mode=force_generic_plan".TrimStart();
        return connection.ConnectionString;
    }

    /// <summary>What of a transfer is known beforehand.</summary>
    private static readonly Column<TransferRow>[] Given = [.. LedgerTables.Transfers.All.Where(c => c.Name is not (nameof(TransferRow.WalletVersion) or nameof(TransferRow.MemberId)))];

    /// <param name="database">Where, from <see cref="Connection"/>.</param>
    /// <param name="credits">In the order of their members, each with another.</param>
    /// <param name="answers">Are given for what was written.</param>
    /// <param name="others">Get the positions of what was not.</param>
    /// <param name="now">When they are recorded.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task WriteAsync(string database, List<PlannedCredit> credits, Credited[] answers, List<int> others, DateTime now, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancel);
        await using var command = Command(connection, credits, now);
        var written = new bool[answers.Length];
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var position = credits[reader.GetInt32(0) - 1].Position;
                written[position] = true;
                answers[position] = new(null, reader.GetInt64(2), reader.GetInt64(1), Repeated: false);
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            Array.Clear(written); // a reference is known: nothing of the statement is stored
        }
        foreach (var credit in credits)
            if (!written[credit.Position])
                others.Add(credit.Position);
    }

    /// <summary>
    /// Only the member and the position pass through the statement; what else is to be written is taken from its array by the
    /// position. PostgreSQL copies a row that an update joins several times, texts and all.
    /// </summary>
    private static NpgsqlCommand Command(NpgsqlConnection connection, List<PlannedCredit> credits, DateTime now)
    {
        var command = new NpgsqlCommand { Connection = connection };
        var rows = credits.ConvertAll(c => c.Row);
        var member = Array(NpgsqlDbType.Uuid, c => c.Row.MemberId.Value);
        var pending = Array(NpgsqlDbType.Bigint, c => c.Pending) + "[i::int]";
        var available = Array(NpgsqlDbType.Bigint, c => c.Available) + "[i::int]";
        var due = Array(NpgsqlDbType.TimestampTz, c => c.Plain.DueAt) + "[i::int]";
        var notDue = Add(new NpgsqlParameter<DateTime> { NpgsqlDbType = NpgsqlDbType.TimestampTz, TypedValue = now + RewardingWork.Skew });
        var names = new StringBuilder();
        var values = new StringBuilder();
        foreach (var column in Given)
        {
            names.Append(", \"").Append(column.Name).Append('"');
            values.Append(", ").Append(column.IsConstant(rows) ? Add(column.One(rows[0])) : Add(column.Array(rows)) + "[i]");
        }
        command.CommandText = $"""
            WITH raised AS (
                UPDATE wallets w SET "Version" = w."Version" + 1, "Pending" = w."Pending" + {pending}, "Available" = w."Available" + {available}, "NextDueAt" = LEAST(w."NextDueAt", {due})
                FROM unnest({member}) WITH ORDINALITY AS n(member, i)
                WHERE w."MemberId" = member AND w."Debt" = 0 AND (w."NextDueAt" IS NULL OR w."NextDueAt" > {notDue})
                    AND w."Pending" + w."Available" + w."Held" <= {Books.MaxBalance} - {pending} - {available}
                RETURNING member, i::int AS i, w."Version" AS version, w."Available" AS balance),
            written AS (INSERT INTO transfers ("MemberId", "WalletVersion"{names}) SELECT member, version{values} FROM raised)
            SELECT i, version, balance FROM raised
            """;
        return command;

        string Array<T>(NpgsqlDbType type, Func<PlannedCredit, T> value)
        {
            var all = new T[credits.Count];
            for (var i = 0; i < all.Length; i++)
                all[i] = value(credits[i]);
            return Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = all });
        }

        string Add(NpgsqlParameter parameter)
        {
            command.Parameters.Add(parameter);
            return FormattableString.Invariant($"(${command.Parameters.Count})");
        }
    }
}
