using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.ApiKeys;
using Portal.Identity.ApiKeys;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding.Kills;

/// <summary>
/// Processes are killed with requests under way, started again, and asked again: what was acknowledged is there, once, and
/// nothing is overspent. Two kills each; <c>LOYALTY_KILLS=30</c> makes it a long run.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Tills = 16;
    private const int Lucky = 10;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("LOYALTY_KILLS") ?? "2", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_killed_portal_on_SQLite_loses_and_doubles_nothing()
    {
        await using var database = TestDatabase.Sqlite();
        await SurviveAsync(database, nodes: 1);
    }

    [Fact]
    public async Task A_killed_portal_on_PostgreSQL_loses_and_doubles_nothing()
    {
        await using var database = await TestDatabase.PostgresAsync();
        await SurviveAsync(database, nodes: 1);
    }

    [Fact]
    public async Task Two_nodes_of_which_one_is_killed_again_and_again_lose_and_double_nothing()
    {
        await using var database = await TestDatabase.PostgresAsync();
        await SurviveAsync(database, nodes: 2);
    }

    private async Task SurviveAsync(TestDatabase database, int nodes)
    {
        var (key, members) = await PrepareAsync(database);
        var portals = Enumerable.Range(0, nodes).Select(_ => new PortalNode(database)).ToList();
        try
        {
            await Task.WhenAll(portals.Select(p => p.StartAsync(Cancel)));
            var load = new TillLoad(portals, key, members);
            await load.RunAsync(Tills, async () =>
            {
                var random = new Random(nodes);
                for (var kill = 0; kill < Kills; kill++)
                {
                    var before = load.Sales.Count;
                    while (load.Sales.Count < before + Tills) // in full swing again
                        await Task.Delay(20, Cancel);
                    await Task.Delay(random.Next(100, 500), Cancel);
                    var victim = portals[kill % nodes];
                    await victim.KillAsync();
                    await victim.StartAsync(Cancel);
                }
                await Task.Delay(300, Cancel);
            });
            foreach (var portal in portals)
                await portal.KillAsync();
            output.WriteLine($"{nodes} node(s), {Kills} kills: {load.Sales.Count} sales, {load.Refunds.Count} refunds, {load.Captures.Count} payments, {load.Refused} refused, asked again {load.AskedAgain} times");
            await DemandAsync(database, load, members);
        }
        finally
        {
            foreach (var portal in portals)
                portal.Dispose();
        }
    }

    /// <summary>Members with 100 points each, a key for the tills, and a bonus that is there ten times.</summary>
    private static async Task<(string Key, IReadOnlyList<MemberId> Members)> PrepareAsync(TestDatabase database)
    {
        await using var server = new PortalServer(database);
        var rewards = server.Services.GetRequiredService<Portal.Rewarding.Rewards>();
        List<MemberId> members = [];
        for (var i = 0; i < 8; i++)
        {
            await using var work = await rewards.BeginAsync(Cancel);
            members.Add(work.Add(A.Member()).Id);
            await work.CommitAsync(Cancel);
            await server.JoinsAsync(members[^1]);
        }
        await using var db = server.OpenDatabase();
        await server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db,
            [
                new Rule
                {
                    Id = new("lucky"),
                    Name = new("Beruntung", "Lucky"),
                    Trigger = ActivityTypes.Purchase,
                    Condition = "any line (line.sku = \"lucky\")",
                    Effects = [new FixedPoints { Points = 1000 }],
                    Budget = new() { Uses = Lucky },
                    ReleaseUseOnCancel = false,
                },
            ], [], null, null, Cancel);
        await db.SaveChangesAsync(Cancel);
        return ((await server.Services.GetRequiredService<ManageKeys>().CreateAsync("Kasir", ApiPolicies.All, null, Cancel)).Value, members);
    }

    private static async Task DemandAsync(TestDatabase database, TillLoad load, IReadOnlyList<MemberId> members)
    {
        var proof = await PortalProcess.RunAsync(Cancel, ["verify", .. PortalNode.Settings(database)]);
        Assert.EndsWith(", 0 differences", proof.LastLine);
        Assert.Equal(0, proof.ExitCode);

        await using var server = new PortalServer(database);
        await using var db = server.OpenDatabase();
        var stored = await db.Set<PurchaseRow>().AsNoTracking().Where(p => p.Source == "api").ToListAsync(Cancel);
        Assert.Equal(Points(load.Sales), Points(stored.Where(p => p.Kind == PurchaseKind.Sale), 1));
        Assert.Equal(Points(load.Refunds), Points(stored.Where(p => p.Kind == PurchaseKind.Refund), -1));
        foreach (var member in members)
        {
            var wallet = await db.Set<WalletRow>().AsNoTracking().SingleAsync(w => w.MemberId == member, Cancel);
            Assert.Equal(100 + Sum(load.Sales, member) - Sum(load.Refunds, member) - Sum(load.Captures, member), wallet.Available - wallet.Debt + wallet.Pending);
            Assert.Equal(0, wallet.Held);
        }
        var lucky = await db.Set<RuleTotalRow>().SingleOrDefaultAsync(t => t.RuleId == new RuleId("lucky"), Cancel);
        Assert.InRange(lucky?.BudgetUses ?? 0, 0, Lucky);
    }

    private static SortedDictionary<string, long> Points(IEnumerable<KeyValuePair<string, (MemberId Member, long Points)>> told) =>
        new(told.ToDictionary(t => t.Key, t => t.Value.Points), StringComparer.Ordinal);

    private static SortedDictionary<string, long> Points(IEnumerable<PurchaseRow> stored, int sign) =>
        new(stored.ToDictionary(p => p.Reference, p => sign * p.Points), StringComparer.Ordinal);

    private static long Sum(IEnumerable<KeyValuePair<string, (MemberId Member, long Points)>> told, MemberId member) =>
        told.Where(t => t.Value.Member == member).Sum(t => t.Value.Points);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
