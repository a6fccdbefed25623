using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Api;
using Portal.Data;
using Portal.Rewarding;
using Portal.Rewarding.Credits;
using RewardsEngine.Values;
using Tests.Shared;

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

    /// <summary>Only what is measured: no job reckons the segments of a hundred thousand members beside it.</summary>
    private static readonly PortalServerOptions Alone = new()
    {
        Services = services =>
        {
            foreach (var job in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Namespace == "Portal.Jobs").ToList())
                services.Remove(job);
        },
    };

    /// <summary>The code of what is measured is compiled for good before the first round.</summary>
    private async Task WarmUpAsync(GiveCredits ledger, MemberId[] members) =>
        await ClosedLoop.RunAsync(256, WarmUpSeconds, async (random, _) => await AccrueAsync(ledger, members[random.Next(members.Length)], Guid.CreateVersion7()));

    private const int WarmUpSeconds = 12;

    /// <summary>Both are looked at with other numbers of clients too, once each: which suits one best is not what suits the other.</summary>
    private static readonly int[] OtherNumbers = [8, 32, 64, 1024, 4096];

    private async Task PostgresAsync()
    {
        await using var bench = await PgBench.CreateAsync();
        await using var database = await TestDatabase.PostgresAsync();
        await using var server = new PortalServer(database, Alone);
        var members = await Population.AddAsync(database, options.Members);
        await using var ledger = Ledger(server, options.Writers);
        await WarmUpAsync(ledger, members);
        if (options.Callers > 0)
        {
            for (var round = 0; round <= options.Rounds; round++)
                Report($"accruals, {options.Callers} callers", await AccrualsAsync(ledger, members, options.Callers), null);
            return;
        }
        await using var aside = await TestDatabase.PostgresAsync();
        await using (var schema = new PortalServer(aside, Alone))
            _ = schema.Services; // its start makes the tables
        var alone = await ServerAlone.CreateAsync(bench, aside, options.Members, 256);
        List<Measured> pgbench = [], few = [], many = [], scattered = [], bound = [], whole = [], wholeFew = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            // The first round warms up and is not counted.
            Keep(pgbench, await bench.RunAsync(16, options.Seconds));
            Keep(few, await AccrualsAsync(ledger, members, 16));
            Keep(pgbench, await bench.RunAsync(16, options.Seconds));
            Keep(many, await AccrualsAsync(ledger, members, 256));
            Keep(pgbench, await bench.RunAsync(16, options.Seconds));
            Keep(scattered, await AccrualsAsync(ledger, members, 256, rising: false));
            Keep(bound, await alone.RunAsync(options.Seconds));
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
        Report("the same, references at random", Measured.Median(scattered), reference);
        foreach (var clients in OtherNumbers.Where(n => n <= 64))
            Report($"pgbench -N -c {clients}", await bench.RunAsync(clients, options.Seconds), reference);
        foreach (var callers in OtherNumbers.Where(n => n >= 64))
            Report($"accruals, {callers} callers", await AccrualsAsync(ledger, members, callers), reference);
        Report("the server alone, nobody to tell", Measured.Median(bound), reference);
        Report("whole purchases, 16 callers", Measured.Median(wholeFew), reference);
        Report("whole purchases, 256 callers", Measured.Median(whole), reference);
        await ProveAsync(server);
    }

    private async Task SqliteAsync()
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database, Alone);
        var members = await Population.AddAsync(database, options.Members);
        await using var ledger = Ledger(server, GiveCredits.Options(server.Services.GetRequiredService<DatabaseSettings>()).Writers);
        await WarmUpAsync(ledger, members);
        List<Measured> few = [], bulk = [], scattered = [], whole = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            Measured[] runs = [await AccrualsAsync(ledger, members, 16), await AccrualsAsync(ledger, members, 16384), await AccrualsAsync(ledger, members, 16384, rising: false), await PurchasesAsync(server, members, 256)];
            if (round == 0)
                continue;
            few.Add(runs[0]);
            bulk.Add(runs[1]);
            scattered.Add(runs[2]);
            whole.Add(runs[3]);
        }
        Console.WriteLine($"SQLite, synchronous={await Population.SynchronousAsync(database)}, {options.Members} members, median of {options.Rounds} rounds of {options.Seconds} s:");
        Report("accruals, 16 callers", Measured.Median(few), null);
        Report("accruals, bulk (16384 under way)", Measured.Median(bulk), null);
        Report("the same, references at random", Measured.Median(scattered), null);
        Report("whole purchases, 256 callers", Measured.Median(whole), null);
        await ProveAsync(server);
    }

    /// <summary>The ledger part alone: a transfer with a unique reference and its lot, and the balance if it still takes a plain credit.</summary>
    private static GiveCredits Ledger(PortalServer server, int writers)
    {
        var settings = server.Services.GetRequiredService<DatabaseSettings>();
        return new(server.Services.GetRequiredService<Rewards>(), settings, TimeProvider.System, GiveCredits.Options(settings) with { Writers = writers });
    }

    /// <summary>References rise with time, as the numbers of receipts and orders and the portal's own ids do; or are drawn at random.</summary>
    private Task<Measured> AccrualsAsync(GiveCredits ledger, MemberId[] members, int callers, bool rising = true) =>
        ClosedLoop.RunAsync(callers, options.Seconds, (random, _) => AccrueAsync(ledger, members[random.Next(members.Length)], rising ? Guid.CreateVersion7() : Guid.NewGuid()));

    private static async Task AccrueAsync(GiveCredits ledger, MemberId member, Guid id)
    {
        var reference = string.Create(CultureInfo.InvariantCulture, $"bench:{id:N}");
        var credited = await ledger.HandleAsync(new(member, reference, 25, new(Activity: reference, Reason: "benchmark")), CancellationToken.None);
        if (credited.Refusal is { } refusal)
            throw new InvalidOperationException($"The ledger refused an accrual: {refusal}.");
    }

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
        Console.WriteLine($"  books afterwards: {proof.Entries} entries, {proof.Differences.Count} differences");
    }

    private static void Report(string what, Measured run, Measured? reference)
    {
        if (run.PerSecond == 0)
            return; // was not asked for
        var line = string.Create(CultureInfo.InvariantCulture, $"  {what,-34} {run.PerSecond,9:0}/s");
        if (run.P99 > 0)
            line += string.Create(CultureInfo.InvariantCulture, $"  p50 {run.P50,6:0.0} ms  p99 {run.P99,6:0.0} ms");
        if (run.Cpu > 0)
            line += string.Create(CultureInfo.InvariantCulture, $"  {run.Cpu,6:0.0} µs CPU here");
        if (reference is not null)
            line += string.Create(CultureInfo.InvariantCulture, $"  {run.PerSecond / reference.PerSecond,6:0.00} × pgbench");
        if (reference is not null && run.P99 > 0)
            line += string.Create(CultureInfo.InvariantCulture, $"  p99 {run.P99 / reference.P99:0.00} × pgbench");
        Console.WriteLine(line);
    }
}

/// <summary>What to measure.</summary>
internal sealed record LedgerBenchmarkOptions(bool Postgres, bool Sqlite, int Members, int Seconds, int Rounds, int Writers, bool Verify, bool Purchases, int Callers)
{
    public const string Usage = "ledger [--database postgres|sqlite|both] [--members 100000] [--seconds 5] [--rounds 3] [--writers 2] [--verify yes|no] [--purchases yes|no] [--callers N: only so many, and nothing beside them]";

    public static LedgerBenchmarkOptions? Parse(string[] args)
    {
        var given = args.Chunk(2).Where(p => p.Length == 2).ToDictionary(p => p[0].TrimStart('-'), p => p[1], StringComparer.Ordinal);
        if (args.Length % 2 != 0 || given.Keys.Any(k => k is not ("database" or "members" or "seconds" or "rounds" or "writers" or "verify" or "purchases" or "callers")))
            return null;
        var database = given.GetValueOrDefault("database", "both");
        return new(database is "postgres" or "both", database is "sqlite" or "both", Number("members", 100_000), Number("seconds", 5), Number("rounds", 3), Number("writers", 2),
            given.GetValueOrDefault("verify", "yes") == "yes", given.GetValueOrDefault("purchases", "yes") == "yes", Number("callers", 0));

        int Number(string name, int otherwise) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}
