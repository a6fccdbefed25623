using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Demo;
using Portal.Features.Programs.Backtests;
using Portal.Features.Programs.Rules;
using Portal.Rewarding.Programmes;
using RewardsEngine.Backtesting;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;
using Tests.Shared;

namespace Benchmarks.PortalRuns;

/// <summary>A draft over many generated purchases, stored through the real engine with the sample company's rules, then replayed as staff do it.</summary>
internal static class BacktestRun
{
    public static async Task<int> RunAsync(int purchases)
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database);
        await PublishAsync(server);
        var clock = Stopwatch.StartNew();
        await StoredSales.FillAsync(server, purchases);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stored: {purchases} purchases in {clock.Elapsed.TotalSeconds:0} s"));

        var rule = GeneratedSales.Draft;
        _ = (await server.Services.GetRequiredService<EditRules>().CreateAsync(rule, Guid.NewGuid(), CancellationToken.None)).Value;
        string? first = null;
        for (var round = 1; round <= 3; round++)
        {
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            clock.Restart();
            var row = await ReplayAsync(server, rule.Id, purchases);
            var report = EngineJson.Read<BacktestReport>(row.Report!);
            var same = first is null || first == row.Report;
            first ??= row.Report;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"backtest {round}: {report.Activities} activities of {report.Members} members in {clock.Elapsed.TotalSeconds:0.0} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:0.0} CPU-seconds; {report.Touched} touched, {report.Examples.Count} examples; same as the first: {same}"));
        }
        await PartsAsync(server, rule.Id);
        return 0;
    }

    /// <summary>What reading and what replaying takes.</summary>
    private static async Task PartsAsync(PortalServer server, RuleId rule)
    {
        var row = (await server.Services.GetRequiredService<ManageBacktests>().LatestAsync(rule, CancellationToken.None))!;
        var live = await server.Services.GetRequiredService<ProgrammeStore>().CompiledAsync(row.RuleSet);
        var draft = EditRules.With(live.Source, RunBacktests.Candidate(EngineJson.Read<Rule>(row.Rule))).Rules!;
        await using var db = server.OpenDatabase();
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var input = await BacktestHistory.LoadAsync(db, row, live, draft, CancellationToken.None);
        var (read, readCpu) = (clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime);
        _ = Backtest.Run(live, draft, input);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"parts: reading {read.TotalSeconds:0.0} s ({(readCpu - cpu).TotalSeconds:0.0} CPU), replaying {(clock.Elapsed - read).TotalSeconds:0.0} s ({(Process.GetCurrentProcess().TotalProcessorTime - readCpu).TotalSeconds:0.0} CPU)"));
    }

    /// <summary>The replay alone, in memory, without what was stored.</summary>
    public static int Replay(int count)
    {
        var set = CompiledRuleSet.Compile(new(1, DemoProgramme.Programme(Currency.Idr, "Asia/Jakarta"), [.. DemoProgramme.Rules()])).Rules!;
        var (live, draft) = (set, EditRules.With(set.Source, GeneratedSales.Draft with { Status = RuleStatus.Live }).Rules!);
        var input = GeneratedSales.History(count);
        for (var round = 1; round <= 4; round++)
        {
            var (clock, cpu, bytes, pauses) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration());
            var report = Backtest.Run(live, draft, input);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"replay {round}: {report.Activities} activities of {report.Members} members in {clock.Elapsed.TotalSeconds:0.00} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:0.00} CPU-seconds, {(GC.GetTotalAllocatedBytes() - bytes) / (2.0 * count):0} bytes a decision, {(GC.GetTotalPauseDuration() - pauses).TotalSeconds:0.00} s paused ({GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}); {report.Touched} touched, {report.Live.Points} and {report.Draft.Points} points"));
        }
        return 0;
    }

    private static async Task PublishAsync(PortalServer server)
    {
        var store = server.Services.GetRequiredService<ProgrammeStore>();
        await using var db = server.OpenDatabase();
        await store.PublishAsync(db, [.. DemoProgramme.Rules()], [], DemoProgramme.Programme(Currency.Idr, "Asia/Jakarta"), null, CancellationToken.None);
        await db.SaveChangesAsync();
    }

    private static async Task<BacktestRow> ReplayAsync(PortalServer server, RuleId rule, int purchases)
    {
        var manage = server.Services.GetRequiredService<ManageBacktests>();
        _ = (await manage.AskAsync(rule, Math.Min(purchases, ManageBacktests.Most), Guid.NewGuid(), CancellationToken.None)).Value;
        var run = server.Services.GetRequiredService<RunBacktests>();
        while (await manage.LatestAsync(rule, CancellationToken.None) is { IsBusy: true })
            if (!await run.RunNextAsync(CancellationToken.None))
                await Task.Delay(50);
        var row = (await manage.LatestAsync(rule, CancellationToken.None))!;
        return row.State == BacktestState.Done ? row : throw new InvalidOperationException($"The back-test ended as {row.State}.");
    }
}
