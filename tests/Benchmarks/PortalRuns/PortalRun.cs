using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Imports;
using Portal.Rewarding;
using Portal.Rewarding.Purchases;
using Tests.Shared;

namespace Benchmarks.PortalRuns;

/// <summary>Whole paths through the real program: a file imported, single sales decided and stored, the home page served.</summary>
internal static class PortalRun
{
    public static async Task<int> ImportAsync(string file)
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database, new() { Settings = new Dictionary<string, string> { ["Portal:Currency"] = "GBP" } });
        var import = server.Services.GetRequiredService<ImportTransactions>();
        await using var stream = File.OpenRead(file);
        var map = ImportMap.Recognise(ImportReader.Header(stream)) ?? throw new InvalidOperationException("The layout is not recognised.");
        stream.Position = 0;
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var tally = await import.RunAsync(stream, map, dryRun: false, afterLine: 0, inBatch: null, CancellationToken.None);
        Report("import", tally.Lines, "lines", clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu);
        return 0;
    }

    /// <summary>One purchase a transaction, committed durably, one after the other.</summary>
    public static async Task<int> PurchasesAsync(int count)
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database);
        var rewards = server.Services.GetRequiredService<Rewards>();
        var record = server.Services.GetRequiredService<RecordPurchase>();
        var (_, member) = await server.CustomerAsync();
        await RecordAsync(50);
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await RecordAsync(count);
        Report("purchase", count, "purchases", clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu);
        return 0;

        async Task RecordAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await using var work = await rewards.BeginAsync(CancellationToken.None);
                await record.HandleAsync(work, A.Purchase(member.Id, 50_000), "import", CancellationToken.None);
                await work.CommitAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>The home page of a signed-in customer over HTTP, sixteen at a time.</summary>
    public static async Task<int> HomeAsync(int count)
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database, new() { OnAPort = true });
        var (visitor, _) = await server.CustomerAsync();
        await GetAsync(50);
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await GetAsync(count);
        Report("home page", count, "pages", clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu);
        return 0;

        Task GetAsync(int times) => Parallel.ForEachAsync(Enumerable.Range(0, times), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            if ((await visitor.GetAsync("/home")).Status != System.Net.HttpStatusCode.OK)
                throw new InvalidOperationException("The home page did not answer.");
        });
    }

    private static void Report(string what, long count, string unit, TimeSpan wall, TimeSpan cpu) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {count} {unit} in {wall.TotalSeconds:0.0} s = {count / wall.TotalSeconds:0} per second, {count / cpu.TotalSeconds:0} per CPU-second"));
}
