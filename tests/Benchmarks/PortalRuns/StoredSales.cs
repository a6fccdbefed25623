using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Purchases;
using RewardsEngine.Values;
using Tests.Shared;

namespace Benchmarks.PortalRuns;

/// <summary>
/// Fills a database with purchases as the portal stores them. Some are really decided and stored; the rows a back-test
/// reads are then copied for other members, so that many are there in seconds.
/// </summary>
internal static class StoredSales
{
    private const int Real = 5_000;
    private const int AtOnce = 500;

    public static async Task FillAsync(PortalServer server, int purchases)
    {
        var real = Math.Min(Real, purchases);
        await RecordAsync(server, real);
        await using var db = server.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync();
        for (var copy = 1; copy * real < purchases; copy++)
            await CopyAsync(db, copy);
        await transaction.CommitAsync();
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static async Task RecordAsync(PortalServer server, int purchases)
    {
        var rewards = server.Services.GetRequiredService<Rewards>();
        var record = server.Services.GetRequiredService<RecordPurchase>();
        var members = new List<MemberId>();
        await using (var work = await rewards.BeginAsync(CancellationToken.None))
        {
            for (var i = 0; i < Math.Max(10, purchases / 20); i++)
                members.Add(work.Add(A.Member(joinedAt: new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc))).Id);
            await work.CommitAsync(CancellationToken.None);
        }
        foreach (var some in GeneratedSales.Of(members, purchases).Chunk(AtOnce))
        {
            await using var work = await rewards.BeginAsync(CancellationToken.None);
            work.ManyRows();
            await work.LoadAsync(some.Select(purchase => purchase.Member!.Value), CancellationToken.None);
            foreach (var purchase in some)
                _ = (await record.HandleAsync(work, purchase, "import", CancellationToken.None, isNew: true)).Value;
            await work.CommitAsync(CancellationToken.None);
        }
    }

    /// <summary>The same sales once more, by other members: another member number and reference in the row and in what it stores.</summary>
    private static async Task CopyAsync(PortalDb db, int copy)
    {
        var member = Another("MemberId", copy);
        string Json(string column) => $"replace(replace(\"{column}\", {Text("\"MemberId\"")}, {Text(member)}), '\"' || \"Reference\" || '\"', '\"' || {Reference(copy)} || '\"')";
        await CopyAsync<ActivityRow>(db, new()
        {
            ["Id"] = Another("Id", copy),
            ["Reference"] = Reference(copy),
            ["MemberId"] = member,
            ["Activity"] = Json("Activity"),
            ["Input"] = Json("Input"),
            ["Decision"] = Json("Decision"),
        }, "instr(\"Reference\", '-') = 0");
        await CopyAsync<PurchaseRow>(db, new() { ["Id"] = Another("Id", copy), ["Reference"] = Reference(copy), ["MemberId"] = member }, "instr(\"Reference\", '-') = 0");
        await CopyAsync<PurchaseLineRow>(db, new() { ["Id"] = "NULL", ["PurchaseId"] = Another("PurchaseId", copy) },
            "\"PurchaseId\" IN (SELECT \"Id\" FROM purchases WHERE instr(\"Reference\", '-') = 0)");
    }

    private static string Reference(int copy) => $"(\"Reference\" || '-{copy}')";

    /// <summary>An id that no real one begins like: the first digits of those are the time.</summary>
    private static string Another(string column, int copy) => $"unhex('{0xF000 + copy:X4}' || substr(hex(\"{column}\"), 5))";

    /// <summary>An id as JSON has it.</summary>
    private static string Text(string id) =>
        "lower(" + string.Join(" || '-' || ", new (int From, int Length)[] { (1, 8), (9, 4), (13, 4), (17, 4), (21, 12) }.Select(part => $"substr(hex({id}), {part.From}, {part.Length})")) + ")";

    private static async Task CopyAsync<T>(PortalDb db, Dictionary<string, string> changed, string which)
        where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var columns = type.GetProperties().Select(p => p.GetColumnName()).ToList();
        var sql = $"INSERT INTO \"{type.GetTableName()}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c) ?? $"\"{c}\""))} FROM \"{type.GetTableName()}\" WHERE {which}";
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
