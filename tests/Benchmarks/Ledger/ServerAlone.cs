using System.Globalization;
using Npgsql;
using Tests.Shared;

namespace Benchmarks.Ledger;

/// <summary>
/// What the server does with both processors to itself: for each accrual the same two writes, in groups as large and on as many
/// connections as the portal's with 256 callers, of data it has or makes itself, with nobody to tell: how much room is left.
/// </summary>
internal sealed class ServerAlone(PgBench bench, TestDatabase database, double inAGroup)
{
    private const int Lanes = 2;
    private const int GroupsOfALane = 1000;

    // Each connection has its own members, as each of the portal's writers has.
    private const string Script =
        """
        \set g 2 * random(0, 999) + :client_id
        WITH raised AS (
            UPDATE wallets w SET "Version" = w."Version" + 1, "Pending" = w."Pending" + 0, "Available" = w."Available" + 25, "NextDueAt" = LEAST(w."NextDueAt", NULL)
            FROM (SELECT unnest(members) AS member FROM groups WHERE id = :g) n
            WHERE w."MemberId" = member AND w."Debt" = 0 AND (w."NextDueAt" IS NULL OR w."NextDueAt" > now()) AND w."Pending" + w."Available" + w."Held" <= 1000000000000
            RETURNING member, w."Version" AS version, w."Available" AS balance),
        written AS (
            INSERT INTO transfers ("Key", "Operation", "Ordinal", "MemberId", "Kind", "Debit", "Credit", "Amount", "LotId", "WalletVersion", "EffectiveAt", "RecordedAt", "Activity", "Reason")
            SELECT key, 'bench:' || key, 1, member, 1, 1, 5, 25, key, version, now(), now(), 'bench:' || key, 'benchmark'
            FROM (SELECT (lpad(nextval('numbers')::text, 16, '0') || '0000000000000000')::uuid AS key, member, version FROM raised OFFSET 0) r)
        SELECT member, version, balance FROM raised
        """;

    public static async Task<ServerAlone> CreateAsync(PgBench bench, TestDatabase database, int members, int callers)
    {
        await Population.AddAsync(database, members);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture,
            $"""
            CREATE SEQUENCE numbers CACHE 1000;
            CREATE TABLE groups (id int PRIMARY KEY, members uuid[] NOT NULL);
            WITH numbered AS MATERIALIZED (SELECT row_number() OVER () - 1 AS n, "MemberId" AS member FROM wallets),
            drawn AS MATERIALIZED (SELECT g, (floor(random() * {members / Lanes}) * {Lanes} + g % {Lanes})::bigint AS n FROM generate_series(0, {(GroupsOfALane * Lanes) - 1}) g, generate_series(1, {callers / Lanes}))
            INSERT INTO groups SELECT g, array_agg(DISTINCT member) FROM drawn JOIN numbered USING (n) GROUP BY g;
            ANALYZE groups;
            """), connection)
        { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
        await using var size = new NpgsqlCommand("SELECT avg(cardinality(members))::float8 FROM groups", connection);
        return new(bench, database, (double)(await size.ExecuteScalarAsync())!);
    }

    public async Task<Measured> RunAsync(int seconds) => new(await bench.ScriptAsync(database, Script, Lanes, seconds) * inAGroup, 0, 0, 0);
}
