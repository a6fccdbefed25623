using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Api;
using Portal.Rewarding;
using RewardsEngine.Accounting;
using RewardsEngine.Values;
using Tests.Shared;
using Books = RewardsEngine.Accounting.Ledger;

namespace Benchmarks.Ledger;

/// <summary>
/// Accruals acknowledged after the durable commit, coalesced over callers, in turn with pgbench on the same server; then whole
/// purchases, and SQLite in bulk.
/// </summary>
internal sealed class LedgerBenchmark(LedgerBenchmarkOptions options)
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (LedgerBenchmarkOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(LedgerBenchmarkOptions.Usage);
            return 2;
        }
        var benchmark = new LedgerBenchmark(options);
        if (options.Postgres && TestDatabase.PostgresIsAvailable)
            await benchmark.PostgresAsync();
        else if (options.Postgres)
            Console.WriteLine($"PostgreSQL left out: {TestDatabase.PostgresSetting} names no server.");
        if (options.Sqlite)
            await benchmark.SqliteAsync();
        return 0;
    }

    private async Task PostgresAsync()
    {
        await using var bench = await PgBench.CreateAsync();
        await using var database = await TestDatabase.PostgresAsync();
        await using var server = new PortalServer(database);
        var members = await Population.AddAsync(database, options.Members);
        await using var ledger = Ledger(server, options.Writers);
        List<Measured> pgbench = [], few = [], many = [], whole = [], wholeFew = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            // The first round warms up and is not counted.
            Keep(pgbench, await bench.RunAsync(16, options.Seconds));
            Keep(few, await AccrualsAsync(ledger, members, 16));
            Keep(pgbench, await bench.RunAsync(16, options.Seconds));
            Keep(many, await AccrualsAsync(ledger, members, 256));
            Keep(wholeFew, await PurchasesAsync(server, members, 16));
            Keep(whole, await PurchasesAsync(server, members, 256));

            void Keep(List<Measured> runs, Measured run)
            {
                if (round > 0)
                    runs.Add(run);
            }
        }
        var reference = Measured.Median(pgbench);
        Console.WriteLine($"PostgreSQL, {options.Members} members, median of {options.Rounds} rounds of {options.Seconds} s, {options.Writers} writer(s):");
        Report("pgbench -N -c 16", reference, null);
        Report("accruals, 16 callers", Measured.Median(few), reference);
        Report("accruals, 256 callers", Measured.Median(many), reference);
        Report("whole purchases, 16 callers", Measured.Median(wholeFew), reference);
        Report("whole purchases, 256 callers", Measured.Median(whole), reference);
        await ProveAsync(server);
    }

    private async Task SqliteAsync()
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database);
        var members = await Population.AddAsync(database, options.Members);
        await using var ledger = Ledger(server, writers: 1, together: 8192);
        List<Measured> few = [], bulk = [], whole = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (a, b, c) = (await AccrualsAsync(ledger, members, 16), await AccrualsAsync(ledger, members, 16384), await PurchasesAsync(server, members, 256));
            if (round == 0)
                continue;
            few.Add(a);
            bulk.Add(b);
            whole.Add(c);
        }
        Console.WriteLine($"SQLite, synchronous={await Population.SynchronousAsync(database)}, {options.Members} members, median of {options.Rounds} rounds of {options.Seconds} s:");
        Report("accruals, 16 callers", Measured.Median(few), null);
        Report("accruals, bulk (16384 under way)", Measured.Median(bulk), null);
        Report("whole purchases, 256 callers", Measured.Median(whole), null);
        await ProveAsync(server);
    }

    /// <summary>The ledger part alone: a transfer with a unique reference, its lot, and the balance if it is still as read.</summary>
    private static GroupCommit<Accrual, long> Ledger(PortalServer server, int writers, int together = 256) =>
        new(server.Services.GetRequiredService<Rewards>(), AccrueAsync, a => a.Member.GetHashCode(), new(together, together * 2, writers));

    private static async Task<IReadOnlyList<long>> AccrueAsync(RewardingWork work, IReadOnlyList<Accrual> accruals, CancellationToken cancel)
    {
        await work.LoadPointsAsync(accruals.Select(a => a.Member), cancel);
        var balances = new long[accruals.Count];
        for (var i = 0; i < balances.Length; i++)
        {
            var accrual = accruals[i];
            var account = await work.FindAsync(accrual.Member, cancel) ?? throw new InvalidOperationException($"There is no member {accrual.Member}.");
            var outcome = account.Apply(Books.Accrue(account.Wallet,
                new(accrual.Reference, work.Now, work.Now, new(Activity: accrual.Reference, Reason: "benchmark")),
                new(new LotId(Guid.CreateVersion7()), accrual.Points, null, null)));
            if (!outcome.Accepted)
                throw new InvalidOperationException($"The ledger refused an accrual: {outcome.Refusal}.");
            balances[i] = account.Wallet.Balance;
        }
        return balances;
    }

    private Task<Measured> AccrualsAsync(GroupCommit<Accrual, long> ledger, MemberId[] members, int callers) =>
        ClosedLoop.RunAsync(callers, options.Seconds, (random, number) =>
            ledger.RunAsync(new(members[random.Next(members.Length)], string.Create(CultureInfo.InvariantCulture, $"bench:{Guid.NewGuid():N}"), 25), CancellationToken.None));

    private Task<Measured> PurchasesAsync(PortalServer server, MemberId[] members, int callers)
    {
        if (!options.Purchases)
            return Task.FromResult(new Measured(0, 0, 0, 0));
        var desk = server.Services.GetRequiredService<PurchaseDesk>();
        return ClosedLoop.RunAsync(callers, options.Seconds, async (random, _) =>
        {
            var outcome = await desk.RecordAsync(new()
            {
                Reference = Guid.NewGuid().ToString("N"),
                Member = new() { Id = members[random.Next(members.Length)].Value },
                Lines = [new() { Sku = "kopi-susu", Quantity = 2, UnitPrice = 25_000m }, new() { Sku = "roti", Quantity = 1, UnitPrice = 18_000m }],
            }, CancellationToken.None);
            if (outcome.Status != 201)
                throw new InvalidOperationException($"A purchase was answered with {outcome.Status}.");
        });
    }

    private async Task ProveAsync(PortalServer server)
    {
        if (!options.Verify)
            return;
        var proof = await server.Services.GetRequiredService<Portal.Rewarding.Ledger.VerifyBooks>().HandleAsync(null, CancellationToken.None);
        var unexplained = proof.Differences.Count(d => d.EndsWith("has no explanation", StringComparison.Ordinal)); // bare accruals have none
        Console.WriteLine($"  books afterwards: {proof.Entries} entries, {proof.Differences.Count - unexplained} differences");
    }

    private static void Report(string what, Measured run, Measured? reference) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {what,-34} {run.PerSecond,9:0}/s  p50 {run.P50,6:0.0} ms  p99 {run.P99,6:0.0} ms")
        + (run.Cpu == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {run.Cpu,6:0} µs CPU here"))
        + (reference is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  {run.PerSecond / reference.PerSecond,6:0.00} × pgbench  p99 {run.P99 / reference.P99:0.00} × pgbench")));

    private sealed record Accrual(MemberId Member, string Reference, long Points);
}

/// <summary>What to measure.</summary>
internal sealed record LedgerBenchmarkOptions(bool Postgres, bool Sqlite, int Members, int Seconds, int Rounds, int Writers, bool Verify, bool Purchases)
{
    public const string Usage = "ledger [--database postgres|sqlite|both] [--members 100000] [--seconds 5] [--rounds 3] [--writers 1] [--verify yes|no] [--purchases yes|no]";

    public static LedgerBenchmarkOptions? Parse(string[] args)
    {
        var given = args.Chunk(2).Where(p => p.Length == 2).ToDictionary(p => p[0].TrimStart('-'), p => p[1], StringComparer.Ordinal);
        if (args.Length % 2 != 0 || given.Keys.Any(k => k is not ("database" or "members" or "seconds" or "rounds" or "writers" or "verify" or "purchases")))
            return null;
        var database = given.GetValueOrDefault("database", "both");
        return new(database is "postgres" or "both", database is "sqlite" or "both", Number("members", 100_000), Number("seconds", 5), Number("rounds", 3), Number("writers", new GroupCommitOptions().Writers),
            given.GetValueOrDefault("verify", "yes") == "yes", given.GetValueOrDefault("purchases", "yes") == "yes");

        int Number(string name, int otherwise) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}
