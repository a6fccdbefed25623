using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Demo;
using Portal.Features.Programs.Backtests;
using Portal.Features.Programs.Rules;
using Portal.Rewarding;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Backtesting;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Benchmarks.PortalRuns;

/// <summary>A draft over many generated purchases, stored through the real engine with the sample company's rules, then replayed as staff do it.</summary>
internal static class BacktestRun
{
    private const int AtOnce = 500;
    private static readonly (string Sku, string Category, decimal Price)[] Goods =
        [("kopi-susu", "coffee", 28_000), ("americano", "coffee", 25_000), ("teh-tarik", "tea", 22_000), ("croissant", "pastry", 30_000), ("biji-gayo", "beans/gayo", 120_000)];

    public static async Task<int> RunAsync(int purchases)
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database);
        await PublishAsync(server);
        var clock = Stopwatch.StartNew();
        await FillAsync(server, purchases, Math.Max(10, purchases / 20));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stored: {purchases} purchases in {clock.Elapsed.TotalSeconds:0} s"));

        var rule = new Rule
        {
            Id = new("draft"),
            Name = new("Biji ganda", "Beans double"),
            Trigger = ActivityTypes.Purchase,
            Condition = "order.total >= 100000 and any line (category in [\"beans\"]) and purchases.last(60 days).count >= 2",
            Effects = [new FixedPoints { Points = 40 }, new PercentOffOrder { Percent = 3 }],
        };
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
        Long(live, draft, input);
    }

    /// <summary>The stored events again and again, by other members, until they are 100,000: the replay alone.</summary>
    private static void Long(CompiledRuleSet live, CompiledRuleSet draft, BacktestInput input)
    {
        var events = Enumerable.Range(0, 1 + (ManageBacktests.Most / input.Events.Count))
            .SelectMany(copy => input.Events.Select(e => e with { Activity = e.Activity! with { Reference = $"{copy}/{e.Activity.Reference}", Member = Another(e.Activity.Member!.Value, copy) } }))
            .Take(ManageBacktests.Most).OrderBy(e => e.Activity!.OccurredAt).ToList();
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var report = Backtest.Run(live, draft, new() { Events = events });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"replay alone: {report.Activities} activities of {report.Members} members in {clock.Elapsed.TotalSeconds:0.0} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:0.0} CPU-seconds on two threads"));
    }

    private static MemberId Another(MemberId member, int copy)
    {
        var bytes = member.Value.ToByteArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(12), BitConverter.ToInt32(bytes, 12) + copy);
        return new(new Guid(bytes));
    }

    private static async Task PublishAsync(PortalServer server)
    {
        var store = server.Services.GetRequiredService<ProgrammeStore>();
        await using var db = server.OpenDatabase();
        await store.PublishAsync(db, [.. DemoProgramme.Rules()], [], DemoProgramme.Programme(Currency.Idr, "Asia/Jakarta"), null, CancellationToken.None);
        await db.SaveChangesAsync();
    }

    private static async Task FillAsync(PortalServer server, int purchases, int people)
    {
        var rewards = server.Services.GetRequiredService<Rewards>();
        var record = server.Services.GetRequiredService<RecordPurchase>();
        var random = new Random(1);
        var members = new List<MemberId>();
        await using (var work = await rewards.BeginAsync(CancellationToken.None))
        {
            for (var i = 0; i < people; i++)
                members.Add(work.Add(A.Member(joinedAt: new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc))).Id);
            await work.CommitAsync(CancellationToken.None);
        }
        var at = new DateTime(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var some in Enumerable.Range(0, purchases).Chunk(AtOnce))
        {
            await using var work = await rewards.BeginAsync(CancellationToken.None);
            work.ManyRows();
            var buyers = some.ToDictionary(i => i, _ => members[random.Next(members.Count)]);
            await work.LoadAsync(buyers.Values, CancellationToken.None);
            foreach (var i in some)
            {
                at = at.AddSeconds(random.Next(1, 540));
                var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Goods[random.Next(Goods.Length)])
                    .Select(g => A.Line(g.Price, g.Sku, random.Next(1, 4), g.Category)).ToArray();
                _ = (await record.HandleAsync(work, A.Purchase(buyers[i], at: at, reference: $"b{i}", lines: lines), "import", CancellationToken.None, isNew: true)).Value;
            }
            await work.CommitAsync(CancellationToken.None);
        }
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
