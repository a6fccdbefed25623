using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Activities;
using RewardsEngine.Values;
using Tests.Shared;
using Books = RewardsEngine.Accounting.Ledger;

namespace Benchmarks.Ledger;

/// <summary>Proves and rebuilds the books of many entries: four accruals, each with its stored decision, to one redemption.</summary>
internal static class BooksBenchmark
{
    private const int EntriesAMember = 40;
    private const int MembersAtOnce = 50;

    public static async Task<int> RunAsync(string[] args)
    {
        var given = args.Chunk(2).Where(p => p.Length == 2).ToDictionary(p => p[0].TrimStart('-'), p => p[1], StringComparer.Ordinal);
        var entries = int.Parse(given.GetValueOrDefault("entries", "1000000"), CultureInfo.InvariantCulture);
        var which = given.GetValueOrDefault("database", "both");
        if (which is "postgres" or "both" && TestDatabase.PostgresIsAvailable)
            await RunAsync("PostgreSQL", await TestDatabase.PostgresAsync(), entries);
        if (which is "sqlite" or "both")
            await RunAsync("SQLite", TestDatabase.Sqlite(), entries);
        return 0;
    }

    private static async Task RunAsync(string name, TestDatabase database, int entries)
    {
        await using var _ = database;
        await using var server = new PortalServer(database);
        var members = await Population.AddAsync(database, entries / EntriesAMember);
        await TimedAsync($"{name}: filling", () => FillAsync(server, members));
        var proof = await TimedAsync($"{name}: verify", () => server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, CancellationToken.None));
        Console.WriteLine($"  {proof.Entries} entries, {proof.Differences.Count} differences");
        var rebuilt = await TimedAsync($"{name}: rebuild", () => server.Services.GetRequiredService<RebuildBooks>().HandleAsync(CancellationToken.None));
        Console.WriteLine($"  {rebuilt.Entries} entries, {rebuilt.Corrected} members corrected");
    }

    private static async Task<bool> FillAsync(PortalServer server, MemberId[] members)
    {
        var (_, buyer) = await server.CustomerAsync();
        var sale = A.Purchase(buyer.Id, 250_000m);
        var points = (await server.BuysAsync(sale)).Decision.Effects.OfType<RewardsEngine.Decisions.AwardPoints>().Single();
        var rewards = server.Services.GetRequiredService<Rewards>();
        foreach (var some in members.Chunk(MembersAtOnce))
        {
            await using var work = await rewards.BeginAsync(CancellationToken.None);
            await work.LoadPointsAsync(some, CancellationToken.None);
            foreach (var id in some)
            {
                var account = (await work.FindAsync(id, CancellationToken.None))!;
                await account.ReadLotsAsync(CancellationToken.None); // it spends too
                for (var n = 0; n < EntriesAMember; n++)
                {
                    var activity = $"purchase:{id.Value:N}-{n}";
                    var outcome = n % 5 == 4
                        ? account.Apply(Books.Spend(account.Wallet, new($"redemption:{id.Value:N}-{n}", work.Now, new(Activity: "redemption")), 20)) // of one lot
                        : account.Apply(Books.Accrue(account.Wallet, new($"{activity}/{points.Rule}", work.Now, new(activity, points.Rule, points.Version)),
                            new(new(Guid.CreateVersion7()), points.Points, null, null)));
                    outcome.OrThrow();
                }
            }
            await work.CommitAsync(CancellationToken.None);
        }
        await CopyDecisionsAsync(server, sale.Reference);
        return true;
    }

    /// <summary>Every accrual gets the decision of the one real sale, as large as decisions are.</summary>
    private static async Task CopyDecisionsAsync(PortalServer server, string sale)
    {
        await using var db = server.OpenDatabase();
        db.Database.SetCommandTimeout(600);
        var columns = string.Join(", ", db.Model.FindEntityType(typeof(ActivityRow))!.GetProperties().Select(p => p.GetColumnName()).Select(c => c switch
        {
            "Id" => db.IsPostgres ? "gen_random_uuid()" : "randomblob(16)",
            "Reference" => "substr(t.\"Activity\", 10)",
            "MemberId" => "t.\"MemberId\"",
            _ => $"a.\"{c}\"",
        }));
        var names = string.Join(", ", db.Model.FindEntityType(typeof(ActivityRow))!.GetProperties().Select(p => $"\"{p.GetColumnName()}\""));
        var sql = $"INSERT INTO activities ({names}) SELECT {columns} FROM transfers t, activities a WHERE a.\"Type\" = '{ActivityTypes.Purchase}' AND a.\"Reference\" = {{0}} AND t.\"Kind\" = 1 AND t.\"MemberId\" <> a.\"MemberId\"";
        await db.Database.ExecuteSqlRawAsync(sql, sale);
    }

    private static async Task<T> TimedAsync<T>(string what, Func<Task<T>> run)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var result = await run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {clock.Elapsed.TotalSeconds:0.0} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:0.0} s of CPU in this process"));
        return result;
    }
}
