using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Imports;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Purchases;
using RewardsEngine.Accounting;
using Tests.Shared;

namespace Portal.Tests.Imports;

/// <summary>A year of a real shop: returns, cancelled invoices, guests, stock corrections, zero prices.</summary>
public abstract class OnlineRetailTests(PortalFixture portal)
{
    private const int LinesOfTheFile = 37_502;

    [Fact]
    public async Task A_real_shops_year_is_imported_whole_proved_and_never_twice()
    {
        var path = SampleData.Find("online_retail_sample.csv");

        var trial = await ImportAsync(path, dryRun: true);
        Assert.Equal(0, await CountAsync());
        var first = await ImportAsync(path);
        Assert.Equal(
            (first.Lines, first.LinesTaken, first.Purchases, first.Refunds, first.Refused, first.Known, first.MembersAdded),
            (trial.Lines, trial.LinesTaken, trial.Purchases, trial.Refunds, trial.Refused, trial.Known, trial.MembersAdded));
        Assert.Equal(LinesOfTheFile, first.Lines);
        Assert.Equal(first.Lines, first.LinesTaken + first.LinesRefused);
        Assert.Equal(first.LinesRefused, first.Refusals.Count);
        Assert.Equal(2_055, first.Documents);
        Assert.Equal((1_736, 301, 18), (first.Purchases, first.Refunds, first.Refused));
        Assert.All(first.Refusals, r => Assert.Equal("quantity.sale", r.Code));

        await using (var db = portal.Server.OpenDatabase())
        {
            Assert.Equal(445, await db.Set<MemberRow>().CountAsync(Cancel));
            Assert.False(await db.Set<ActivityRow>().AnyAsync(a => a.Type == "registered", Cancel)); // nobody joined, they are only known
            Assert.True(await db.Set<PurchaseRow>().AnyAsync(p => p.MemberId == null, Cancel)); // guests are stored
            Assert.False(await db.Set<PurchaseRow>().AnyAsync(p => p.MemberId == null && p.Points != 0, Cancel));
            Assert.True(await db.Set<TransferRow>().AnyAsync(t => t.Kind == TransferKind.ReverseAccrual, Cancel));
            var postage = await db.Set<PurchaseRow>().SingleAsync(p => p.Kind == PurchaseKind.Refund && p.Reference == "C549945", Cancel);
            Assert.Equal((3_825, 595, 4_420), (postage.Gross, postage.Shipping, postage.Total)); // goods and postage came back together
            Assert.False(await db.Set<Portal.Platform.Mail.OutboxRow>().AnyAsync(Cancel)); // imports send no mail
        }
        await ProveAsync();
        var entries = await CountAsync();

        var second = await ImportAsync(path);
        Assert.Equal((0, 0, 2_037), (second.Purchases, second.Refunds, second.Known));
        Assert.Equal(entries, await CountAsync());
    }

    private async Task<ImportTally> ImportAsync(string path, bool dryRun = false)
    {
        await using var file = File.OpenRead(path);
        var map = ImportMap.Recognise(ImportReader.Header(file)) ?? throw new InvalidOperationException("The layout is not recognised.");
        file.Position = 0;
        return await portal.Server.Services.GetRequiredService<ImportTransactions>().RunAsync(file, map, dryRun, afterLine: 0, inBatch: null, Cancel);
    }

    private async Task ProveAsync()
    {
        var proof = await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel);
        Assert.Empty(proof.Differences);
        Assert.True(proof.Entries > 3_000);
    }

    private async Task<int> CountAsync()
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<TransferRow>().CountAsync(Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

public sealed class OnlineRetailOnSqlite(SqlitePounds portal) : OnlineRetailTests(portal), IClassFixture<SqlitePounds>;

public sealed class OnlineRetailOnPostgres(PostgresPounds portal) : OnlineRetailTests(portal), IClassFixture<PostgresPounds>;

/// <summary>A programme in pounds, on the real clock.</summary>
public sealed class SqlitePounds : SqlitePortal
{
    protected override PortalServerOptions Options => new() { Settings = new Dictionary<string, string> { ["Portal:Currency"] = "GBP" } };
}

/// <inheritdoc cref="SqlitePounds"/>
public sealed class PostgresPounds : PostgresPortal
{
    protected override PortalServerOptions Options => new() { Settings = new Dictionary<string, string> { ["Portal:Currency"] = "GBP" } };
}
