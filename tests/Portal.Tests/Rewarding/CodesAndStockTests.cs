using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Catalogue.Staff;
using Portal.Features.Programs.Codes;
using Portal.Rewarding;
using Portal.Rewarding.Codes;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>What many want and only some can have: unique codes and gifts in stock.</summary>
public abstract class CodesAndStockTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unique_code_is_taken_once_by_parallel_tills_and_comes_back_with_the_whole_sale()
    {
        var rule = await PublishAsync(new PercentOffOrder { Percent = 10 }, new(ActivationKind.UniqueCodes));
        var batch = await MadeAsync(rule, 3);
        var code = (await CodesAsync(batch)).First();

        var sales = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => portal.Server.BuysAsync(A.Purchase(null, 100_000) with { Codes = [code.ToLowerInvariant()] })));

        var lucky = Assert.Single(sales, s => s.Decision.Totals!.Discount > 0);
        Assert.All(sales.Where(s => s != lucky), s => Assert.Contains(Assert.Single(s.Decision.Codes).Reason, (MissReason?[])[MissReason.CodeUsed, MissReason.Exhausted]));
        Assert.Equal((1, 2), await CountAsync(rule));
        var line = lucky.Decision.Lines[0];
        await RefundAsync(lucky, new SomeAmount(1));
        Assert.Equal((1, 2), await CountAsync(rule)); // a part of the sale keeps its code
        await RefundAsync(lucky, new SomeLines([new(line.Sku, line.Quantity, line.LineId)]));
        Assert.Equal((0, 3), await CountAsync(rule));
        Assert.True((await portal.Server.BuysAsync(A.Purchase(null, 100_000) with { Codes = [code] })).Decision.Codes[0].Applied);
    }

    [Fact]
    public async Task Codes_of_a_batch_that_is_taken_back_are_worth_nothing_and_say_so()
    {
        var rule = await PublishAsync(new PercentOffOrder { Percent = 10 }, new(ActivationKind.UniqueCodes));
        var batch = await MadeAsync(rule, 2);
        var code = (await CodesAsync(batch)).First();

        Assert.Equal("codes.reason", Assert.Single((await Batches.VoidAsync(rule, batch, " ", Guid.NewGuid(), Cancel)).Refusals).Code);
        await Batches.VoidAsync(rule, batch, "printed wrongly", Guid.NewGuid(), Cancel);
        var sale = await portal.Server.BuysAsync(A.Purchase(null, 100_000) with { Codes = [code] });

        Assert.Equal((false, MissReason.CodeNotValid), (sale.Decision.Codes[0].Applied, sale.Decision.Codes[0].Reason));
    }

    [Fact]
    public async Task Uploaded_codes_count_what_is_left_out_and_two_nodes_make_a_batch_once()
    {
        var rule = await PublishAsync(new PercentOffOrder { Percent = 10 }, new(ActivationKind.UniqueCodes));
        var unique = Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
        var file = $"code\r\n{unique}-001,x\r\n\r\n{unique}-002\n{unique.ToLowerInvariant()}-002\nab\n\"{unique}-003\"\n";

        var read = await Batches.ReadAsync(rule, "own", 2, new MemoryStream(Encoding.UTF8.GetBytes(file)), Guid.NewGuid(), Cancel);
        var row = (await Batches.ListAsync(rule, Cancel)).Single().Row;
        Assert.Equal((CodeBatchState.Ready, 3L, 2L), (row.State, row.Made, row.Refused));
        Assert.True((await portal.Server.BuysAsync(A.Purchase(null, 100_000) with { Codes = [$"{unique}-003"] })).Decision.Codes[0].Applied);

        var asked = (await Batches.GenerateAsync(rule, "made", 25_000, 1, "OKT-", Guid.NewGuid(), Cancel)).Value;
        var maker = portal.Server.Services.GetRequiredService<MakeCodes>();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => maker.RunAsync(Cancel)));
        while (await maker.RunAsync(Cancel)) { }
        Assert.Equal(25_000, (await Batches.ListAsync(rule, Cancel)).Single(b => b.Row.Id == asked).Row.Made);
        var codes = await CodesAsync(asked);
        Assert.Equal((25_000, 25_000), (codes.Count, codes.Distinct().Count()));
        Assert.True(await Batches.BeginDownloadAsync(asked, Guid.NewGuid(), Cancel));
        Assert.False(await Batches.BeginDownloadAsync(asked, Guid.NewGuid(), Cancel)); // once
        Assert.NotEqual(read.Value, asked);
    }

    [Fact]
    public async Task The_last_gifts_go_to_exactly_as_many_sales_the_others_are_told_and_a_return_puts_one_back()
    {
        var sku = $"mug-{Guid.NewGuid():N}"[..12];
        var rule = await PublishAsync(new FreeItem { Sku = sku, UnitValue = 50_000 }, Activation.Automatic);
        var stocks = portal.Server.Services.GetRequiredService<GiftStocks>();
        Assert.True((await stocks.SetAsync(sku, null, 3, Guid.NewGuid(), Cancel)).Succeeded);

        var sales = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => portal.Server.BuysAsync(A.Purchase(null, 100_000))));

        var lucky = sales.Where(s => s.Decision.FreeItems.Any(f => f.Sku == sku)).ToList();
        Assert.Equal(3, lucky.Count);
        Assert.All(sales.Except(lucky), s => Assert.Contains(
            s.Decision.Explanation.Missed.Single(m => m.Rule == rule).Reason, (MissReason[])[MissReason.OutOfStock, MissReason.Exhausted]));
        Assert.Equal((0, 3), await StockAsync(sku));
        await RefundAsync(lucky[0], new WholeSale());
        Assert.Equal((1, 2), await StockAsync(sku));
        Assert.Equal("stock.changed", Assert.Single((await stocks.SetAsync(sku, 5, 2, Guid.NewGuid(), Cancel)).Refusals).Code); // three fewer than one
        Assert.True((await stocks.SetAsync(sku, 1, 10, Guid.NewGuid(), Cancel)).Succeeded);
        Assert.Equal((10, 2), await StockAsync(sku));
        await WithdrawAsync(rule);
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);
    }

    private CodeBatches Batches => portal.Server.Services.GetRequiredService<CodeBatches>();

    private async Task<RuleId> PublishAsync(Effect effect, Activation activation)
    {
        var rule = new Rule
        {
            Id = new($"limited-{Guid.NewGuid():N}"),
            Name = new("Terbatas", "Limited"),
            Trigger = ActivityTypes.Purchase,
            Effects = [effect],
            Activation = activation,
            Audience = new() { Guests = true },
        };
        await using var db = portal.Server.OpenDatabase();
        db.Add(new RuleRow { Id = rule.Id, Json = RewardsEngine.Json.EngineJson.Write(rule), Trigger = rule.Trigger, UpdatedAt = DateTime.UtcNow });
        await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db, [rule], [], null, null, Cancel);
        await db.SaveChangesAsync(Cancel);
        return rule.Id;
    }

    private async Task WithdrawAsync(RuleId rule)
    {
        await using var db = portal.Server.OpenDatabase();
        await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db, [], [rule], null, null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<Guid> MadeAsync(RuleId rule, long count)
    {
        var batch = (await Batches.GenerateAsync(rule, "batch", count, 1, null, Guid.NewGuid(), Cancel)).Value;
        while (await portal.Server.Services.GetRequiredService<MakeCodes>().RunAsync(Cancel)) { }
        return batch;
    }

    private async Task<List<string>> CodesAsync(Guid batch)
    {
        List<string> codes = [];
        await foreach (var code in Batches.CodesAsync(batch, Cancel))
            codes.Add(code);
        return codes;
    }

    private async Task<(long Used, long Left)> CountAsync(RuleId rule)
    {
        var batch = (await Batches.ListAsync(rule, Cancel)).Single();
        return (batch.Used, batch.Left);
    }

    private async Task<(long Available, long Given)> StockAsync(string sku)
    {
        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<GiftStockRow>().AsNoTracking().SingleAsync(g => g.Sku == sku, Cancel);
        return (row.Available, row.Given);
    }

    private async Task RefundAsync(PurchaseReceipt sale, Returned returned)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel);
        var refund = new Refund { Reference = $"r-{Guid.NewGuid():N}", OccurredAt = work.Now, PurchaseReference = sale.Decision.Reference, Returned = returned };
        Assert.True((await portal.Server.Services.GetRequiredService<RecordRefund>().HandleAsync(work, refund, "api", Cancel)).Succeeded);
        await work.CommitAsync(Cancel);
    }
}

public sealed class CodesAndStockOnSqlite(SqlitePortal portal) : CodesAndStockTests(portal), IClassFixture<SqlitePortal>;

public sealed class CodesAndStockOnPostgres(PostgresPortal portal) : CodesAndStockTests(portal), IClassFixture<PostgresPortal>;
