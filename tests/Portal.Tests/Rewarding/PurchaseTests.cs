using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Occasions;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

public abstract class PurchaseTests(PortalFixture portal)
{
    [Fact]
    public async Task The_same_purchase_delivered_twice_is_rewarded_once()
    {
        var member = await MemberAsync();
        var purchase = A.Purchase(member, 250_000);

        var first = await RecordAsync(purchase);
        var again = await RecordAsync(purchase);

        Assert.False(first.Value.Repeated);
        Assert.True(again.Value.Repeated);
        Assert.Equal(first.Value.Purchase, again.Value.Purchase);
        Assert.Equal(25, first.Value.Decision.PointsAwarded());
        Assert.Equal(25, await BalanceAsync(member));
    }

    [Fact]
    public async Task A_known_reference_with_other_contents_is_refused_and_changes_nothing()
    {
        var member = await MemberAsync();
        var purchase = A.Purchase(member, 250_000);
        await RecordAsync(purchase);

        var other = await RecordAsync(purchase with { Lines = [A.Line(900_000)] });

        Assert.Equal("reference.conflict", other.Refusals[0].Code);
        Assert.Equal(25, await BalanceAsync(member));
    }

    [Fact]
    public async Task Partial_refunds_take_back_exactly_what_the_sale_gave()
    {
        var member = await MemberAsync();
        var line = A.Line(33_333, quantity: 3);
        var purchase = A.Purchase(member, lines: line);
        var sold = await RecordAsync(purchase);
        Assert.True(sold.Value.Decision.PointsAwarded() > 0);

        long reversed = 0;
        for (var i = 0; i < 3; i++)
            reversed += (await RefundAsync(member, purchase.Reference, new SomeLines([new(line.Sku, 1, line.Id)]))).Outcome.PointsReversed();

        Assert.Equal(sold.Value.Decision.PointsAwarded(), reversed);
        Assert.Equal(0, await BalanceAsync(member));
        await ProveAsync();
    }

    [Fact]
    public async Task A_refund_that_names_no_sale_takes_the_newest_earlier_units_of_the_member()
    {
        var member = await MemberAsync();
        var older = A.Purchase(member, at: At(9, 1), lines: A.Line(100_000, sku: "beans"));
        var newer = A.Purchase(member, at: At(9, 5), lines: A.Line(300_000, sku: "beans"));
        await RecordAsync(older);
        await RecordAsync(newer);

        var receipt = await RefundAsync(member, sale: null, new SomeLines([new("beans", 1)]), At(9, 9));

        Assert.Equal(newer.Reference, Assert.Single(receipt.Outcome.Sales).PurchaseReference);
        Assert.Equal(10, await BalanceAsync(member));
    }

    [Fact]
    public async Task A_sale_that_came_back_whole_counts_no_more_however_often_it_is_returned()
    {
        var member = await MemberAsync();
        await RecordAsync(A.Purchase(member, 100_000, At(7, 1)));
        var sale = A.Purchase(member, 200_000, At(9, 10));
        await RecordAsync(sale);

        await RefundAsync(member, sale.Reference, new WholeSale(), At(9, 11));
        var again = await RefundAsync(member, sale.Reference, new WholeSale(), At(9, 12));

        Assert.Equal(RewardsEngine.Decisions.RefundReason.AlreadyReturned, again.Outcome.Reason);
        await using var db = portal.Server.OpenDatabase();
        var counters = await db.Set<Portal.Rewarding.Decisions.MemberCounterRow>().SingleAsync(c => c.MemberId == member, Cancel);
        Assert.Equal((1L, 100_000L, 1L), (counters.Purchases, counters.PurchaseTotal, counters.PurchaseQuantity));
        Assert.Equal(100_000, await db.Set<PurchaseRow>().Where(p => p.MemberId == member && p.Kind == PurchaseKind.Sale).Where(PurchaseRow.IsKept).SumAsync(p => p.Total, Cancel));
    }

    [Fact]
    public async Task A_refund_without_any_sale_is_recorded_and_moves_no_points()
    {
        var member = await MemberAsync();

        var receipt = await RefundAsync(member, sale: null, new SomeLines([new("never-sold", 2, Amount: 50_000)]));

        Assert.Equal(RewardsEngine.Decisions.RefundReason.NoMatchingSale, receipt.Outcome.Reason);
        Assert.Equal(0, await BalanceAsync(member));
    }

    [Fact]
    public async Task Sales_reported_at_once_by_many_tills_are_all_counted()
    {
        var member = await MemberAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RecordAsync(A.Purchase(member, 10_000))));

        Assert.Equal(20, await BalanceAsync(member));
        await ProveAsync();
    }

    [Fact]
    public async Task Points_that_fall_due_are_settled_once_however_often_it_is_tried()
    {
        var member = await MemberAsync();
        await RecordAsync(A.Purchase(member, 100_000));
        var settle = portal.Server.Services.GetRequiredService<SettleDue>();

        await settle.HandleAsync(Cancel);
        await settle.HandleAsync(Cancel);

        Assert.Equal(10, await BalanceAsync(member));
        await ProveAsync();
    }

    [Fact]
    public async Task The_longest_references_find_their_way_into_the_ledger()
    {
        var member = await MemberAsync();
        var purchase = A.Purchase(member, 250_000, reference: new string('s', 200));
        await RecordAsync(purchase);

        var receipt = await RefundAsync(member, purchase.Reference, new WholeSale(), reference: new string('r', 200));

        Assert.Equal(25, receipt.Outcome.PointsReversed());
        Assert.Equal(0, await BalanceAsync(member));
    }

    [Fact]
    public async Task A_birthday_is_raised_once_however_often_it_is_looked_for()
    {
        await BirthdayRuleAsync();
        var today = RewardsEngine.Accounting.ProgrammeDays.Of(portal.Server.Time.GetUtcNow().UtcDateTime, TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta"));
        var member = await MemberAsync(m => m.Birthday = new DateOnly(1990, today.Month, today.Day));
        var other = await MemberAsync(m => m.Birthday = new DateOnly(1990, today.Month, today.Day).AddDays(40));
        var birthdays = portal.Server.Services.GetRequiredService<RaiseBirthdays>();

        Assert.Equal(1, await birthdays.HandleAsync(Cancel));
        Assert.Equal(0, await birthdays.HandleAsync(Cancel));

        Assert.Equal(30, await BalanceAsync(member));
        Assert.Equal(0, await BalanceAsync(other));
    }

    private async Task BirthdayRuleAsync()
    {
        var store = portal.Server.Services.GetRequiredService<Portal.Rewarding.Programmes.ProgrammeStore>();
        await using var db = portal.Server.OpenDatabase();
        await store.PublishAsync(db, [new()
        {
            Id = new("birthday-points"),
            Name = new("Ulang tahun", "Birthday"),
            Trigger = ActivityTypes.Birthday,
            Effects = [new RewardsEngine.Rewards.FixedPoints { Points = 30 }],
        }], [], null, null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<MemberId> MemberAsync(Action<MemberRow>? change = null)
    {
        await using var work = await Rewards.BeginAsync(Cancel);
        var member = A.Member();
        change?.Invoke(member);
        var account = work.Add(member);
        await work.CommitAsync(Cancel);
        return account.Id;
    }

    [Fact]
    public async Task Postage_given_back_beside_goods_belongs_to_the_refund_and_moves_no_points()
    {
        var member = await MemberAsync();
        var line = A.Line(100_000, quantity: 2);
        var purchase = A.Purchase(member, lines: line) with { Shipping = 15_000 };
        var sold = await RecordAsync(purchase);

        var back = await RefundAsync(member, purchase.Reference, new SomeLines([new(line.Sku, 1, line.Id)]), fees: 15_000);

        Assert.Equal(sold.Value.Decision.PointsAwarded() / 2, back.Outcome.PointsReversed());
        await using var db = portal.Server.OpenDatabase();
        var refund = await db.Set<PurchaseRow>().SingleAsync(p => p.Id == back.Refund, Cancel);
        var sale = await db.Set<PurchaseRow>().SingleAsync(p => p.Id == sold.Value.Purchase, Cancel);
        Assert.Equal((100_000, 15_000, 115_000), (refund.Gross, refund.Shipping, refund.Total));
        Assert.Equal((215_000, 115_000), (sale.Total, sale.ReturnedTotal));
        await ProveAsync();
    }

    private async Task<Portal.Platform.Result<PurchaseReceipt>> RecordAsync(Purchase purchase)
    {
        await using var work = await Rewards.BeginAsync(Cancel);
        var receipt = await portal.Server.Services.GetRequiredService<RecordPurchase>().HandleAsync(work, purchase, "staff", Cancel);
        if (receipt.Succeeded)
            await work.CommitAsync(Cancel);
        return receipt;
    }

    private async Task<RefundReceipt> RefundAsync(MemberId member, string? sale, Returned returned, DateTime? at = null, string? reference = null, decimal fees = 0)
    {
        var refund = new Refund
        {
            Reference = reference ?? $"refund-{Guid.NewGuid():N}",
            Member = member,
            OccurredAt = at ?? At(9, 20),
            PurchaseReference = sale,
            Returned = returned,
            Fees = fees,
        };
        await using var work = await Rewards.BeginAsync(Cancel);
        var receipt = await portal.Server.Services.GetRequiredService<RecordRefund>().HandleAsync(work, refund, "staff", Cancel);
        await work.CommitAsync(Cancel);
        return receipt.Value;
    }

    private async Task<long> BalanceAsync(MemberId member)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<WalletRow>().Where(w => w.MemberId == member).Select(w => w.Available - w.Debt).SingleAsync(Cancel);
    }

    [Fact]
    public async Task Damaged_balances_and_lots_are_made_again_from_the_transfers()
    {
        var member = await MemberAsync();
        await RecordAsync(A.Purchase(member, 250_000));
        await RecordAsync(A.Purchase(member, 100_000));
        var back = A.Purchase(member, 50_000);
        await RecordAsync(back);
        await RefundAsync(member, back.Reference, new WholeSale()); // what takes from lots writes a row for each
        await using (var db = portal.Server.OpenDatabase())
        {
            await db.Set<WalletRow>().Where(w => w.MemberId == member).ExecuteUpdateAsync(s => s.SetProperty(w => w.Available, 1_000_000), Cancel);
            await db.Set<LotRow>().Where(l => l.MemberId == member && l.Earned == 25).ExecuteUpdateAsync(s => s.SetProperty(l => l.Available, 3), Cancel);
            await db.Set<LotRow>().Where(l => l.MemberId == member && l.Earned == 10).ExecuteDeleteAsync(Cancel);
        }
        Assert.NotEmpty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);

        var rebuilt = await portal.Server.Services.GetRequiredService<RebuildBooks>().HandleAsync(Cancel);
        var again = await portal.Server.Services.GetRequiredService<RebuildBooks>().HandleAsync(Cancel);

        Assert.Equal((1, 0), (rebuilt.Corrected, again.Corrected));
        Assert.Equal(35, await BalanceAsync(member));
        await ProveAsync();
    }

    private async Task ProveAsync() =>
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);

    private Portal.Rewarding.Rewards Rewards => portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>();

    private static DateTime At(int month, int day) => new(2026, month, day, 4, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

public sealed class PurchaseOnSqlite(SqlitePortal portal) : PurchaseTests(portal), IClassFixture<SqlitePortal>;

public sealed class PurchaseOnPostgres(PostgresPortal portal) : PurchaseTests(portal), IClassFixture<PostgresPortal>;
