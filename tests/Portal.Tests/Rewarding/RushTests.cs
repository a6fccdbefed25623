using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Features.Catalogue;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using Portal.Rewarding.Vouchers;
using Portal.Tests.Api;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>
/// Two hundred at once want the last of something: exactly as many get it as there are, everybody else hears why not, and
/// the books agree. Repeated twice; <c>LOYALTY_REPEATS=100</c> makes it a long run.
/// </summary>
public abstract class RushTests(PortalFixture portal)
{
    private const int Callers = 200;

    private static readonly int Repeats = int.Parse(Environment.GetEnvironmentVariable("LOYALTY_REPEATS") ?? "2", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(60, 1)]
    [InlineData(20, 5)]
    public async Task A_balance_pays_for_as_many_rewards_as_it_holds(long price, int affordable)
    {
        var key = await RewardAsync(price, stock: null);
        for (var round = 0; round < Repeats; round++)
        {
            var member = await MemberAsync();

            var results = await AtOnceAsync(_ => Redeem.HandleAsync(member, key, Guid.CreateVersion7(), Cancel));

            Demand(affordable, "points.short", results);
            Assert.Equal(100 - (price * affordable), await BalanceAsync(member));
        }
        await ProveAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task The_last_rewards_in_stock_go_to_as_many_as_there_are_and_nobody_else_pays(int stock)
    {
        var members = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => MemberAsync(rich: Repeats)));
        var before = await SumAsync(members);
        for (var round = 0; round < Repeats; round++)
        {
            var key = await RewardAsync(points: 1, stock);

            var results = await AtOnceAsync(i => Redeem.HandleAsync(members[i % members.Length], key, Guid.CreateVersion7(), Cancel));

            Demand(stock, "reward.sold_out", results);
            await using var db = portal.Server.OpenDatabase();
            var left = await db.Set<RewardRow>().SingleAsync(r => r.Key == key, Cancel);
            Assert.Equal((0L, (long)stock), (left.Stock!.Value, left.Redeemed));
        }
        Assert.Equal(Repeats * stock, before - await SumAsync(members));
        await ProveAsync();
    }

    [Fact]
    public async Task A_voucher_for_one_use_is_used_at_one_counter()
    {
        var counter = portal.Server.Services.GetRequiredService<VoucherCounter>();
        for (var round = 0; round < Repeats; round++)
        {
            var code = await VoucherAsync();

            var results = await AtOnceAsync(i => counter.UseAsync(code, $"counter-{i}", "Sari", Cancel));

            Demand(1, "voucher.unusable", results);
        }
    }

    [Fact]
    public async Task A_voucher_for_one_use_takes_its_amount_off_one_sale_and_the_others_say_that_it_is_used()
    {
        for (var round = 0; round < Repeats; round++)
        {
            var code = await VoucherAsync();
            var members = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => MemberAsync()));

            var receipts = await AtOnceAsync(i => BuyAsync(A.Purchase(members[i % members.Length], 50_000m) with { Codes = [code] }));

            Assert.Single(receipts, r => r.Decision.Totals!.Discount == 10_000m);
            Assert.Equal(Callers - 1, receipts.Count(r => r.Decision.Totals!.Discount == 0m
                && r.Decision.Codes.Single() is { Applied: false, Reason: MissReason.CodeUsed or MissReason.Exhausted }));
        }
        await ProveAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_budget_gives_exactly_what_it_holds(int awards)
    {
        for (var round = 0; round < Repeats; round++)
        {
            var sku = $"rush-{Guid.NewGuid():N}";
            await PublishAsync(BonusFor(sku) with { Budget = new() { Points = 50 * awards } });
            var members = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => MemberAsync()));

            var receipts = await AtOnceAsync(i => BuyAsync(A.Purchase(members[i % members.Length], lines: A.Line(20_000m, sku))));

            Demand(awards, sku, receipts, MissReason.BudgetExceeded);
            await WithdrawAsync(sku);
        }
        await ProveAsync();
    }

    [Fact]
    public async Task A_rule_that_may_be_used_once_by_all_together_is_used_once_over_the_interface()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        for (var round = 0; round < Repeats; round++)
        {
            var sku = $"once-{Guid.NewGuid():N}";
            await PublishAsync(BonusFor(sku) with { Limits = [new(1, For: CountedFor.Everyone)] });
            var members = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => MemberAsync()));

            var answers = await AtOnceAsync(i => till.PostAsync("/purchases", new
            {
                reference = $"{sku}-{i}",
                member = new { id = members[i % members.Length].Value },
                lines = new[] { new { sku, quantity = 1, unitPrice = 20_000m } },
            }));

            Assert.All(answers, a => Assert.Equal(201, a.Code));
            Assert.Single(answers, a => a.Number("pointsEarned") == 52);
            Assert.Equal(Callers - 1, answers.Count(a => a.Number("pointsEarned") == 2));
            await WithdrawAsync(sku);
        }
        await ProveAsync();
    }

    private static void Demand<T>(int succeed, string refusal, IReadOnlyCollection<Result<T>> results) where T : class
    {
        Assert.Equal(succeed, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(refusal, r.Refusals[0].Code));
    }

    private static void Demand(int succeed, string rule, IReadOnlyCollection<PurchaseReceipt> receipts, MissReason refusal)
    {
        Assert.Equal(succeed, receipts.Count(r => r.Decision.PointsAwarded() == 52));
        Assert.Equal(Callers - succeed, receipts.Count(r => r.Decision.PointsAwarded() == 2
            && r.Decision.Explanation.Missed.Any(m => m.Rule.Value == rule && (m.Reason == refusal || m.Reason == MissReason.Exhausted))));
    }

    private static Task<T[]> AtOnceAsync<T>(Func<int, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() => act(i), Cancel)));

    private async Task<PurchaseReceipt> BuyAsync(Purchase purchase)
    {
        await using var work = await Rewards.BeginAsync(Cancel);
        var receipt = (await portal.Server.Services.GetRequiredService<RecordPurchase>().HandleAsync(work, purchase, "staff", Cancel)).Value;
        await work.CommitAsync(Cancel);
        return receipt;
    }

    private static Rule BonusFor(string sku) => new()
    {
        Id = new(sku),
        Name = new("Bonus", "Bonus"),
        Trigger = ActivityTypes.Purchase,
        Condition = $"any line (line.sku = \"{sku}\")",
        Effects = [new FixedPoints { Points = 50 }],
    };

    private Task PublishAsync(Rule rule) => ChangeRulesAsync([rule], []);

    private Task WithdrawAsync(string rule) => ChangeRulesAsync([], [new(rule)]);

    private async Task ChangeRulesAsync(IReadOnlyCollection<Rule> rules, IReadOnlyCollection<RuleId> withdrawn)
    {
        await using var db = portal.Server.OpenDatabase();
        await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db, rules, withdrawn, null, null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<string> RewardAsync(long points, int? stock)
    {
        var row = new RewardRow { Key = $"r-{Guid.NewGuid():N}", NameId = "Kopi susu", NameEn = "Milk coffee", Points = points, Stock = stock };
        await using var db = portal.Server.OpenDatabase();
        db.Add(row);
        await db.SaveChangesAsync(Cancel);
        return row.Key;
    }

    private async Task<string> VoucherAsync()
    {
        var today = DateOnly.FromDateTime(portal.Server.Time.GetUtcNow().UtcDateTime);
        var row = new VoucherRow
        {
            Code = VoucherIssuer.NewCode(),
            Template = EngineJson.Write(new VoucherTemplate
            {
                Key = "ten",
                Name = new("Potongan Rp10.000", "Rp10.000 off"),
                ValidDays = 60,
                Discounts = [new AmountOffOrder { Amount = 10_000m }],
            }),
            NameId = "Potongan Rp10.000",
            NameEn = "Rp10.000 off",
            IssuedBy = new("reward"),
            IssuedFor = $"test:{Guid.NewGuid():N}",
            IssuedAt = portal.Server.Time.GetUtcNow().UtcDateTime,
            ValidFrom = today.AddDays(-30),
            ValidTo = today.AddDays(30),
        };
        await using var db = portal.Server.OpenDatabase();
        db.Add(row);
        await db.SaveChangesAsync(Cancel);
        return row.Code;
    }

    /// <summary>A member with the 100 points of joining, or more for a long run.</summary>
    private async Task<MemberId> MemberAsync(int rich = 0)
    {
        await using var work = await Rewards.BeginAsync(Cancel);
        var member = A.Member();
        member.EmailConfirmedAt = work.Now; // only then points can be spent
        var account = work.Add(member);
        await Rewards.DecideAsync(work, account, new Registered { Reference = $"registered:{account.Id}", Member = account.Id, OccurredAt = work.Now, Channel = "web" }, Cancel);
        if (rich > 10)
            await portal.Server.Services.GetRequiredService<RecordPurchase>().HandleAsync(work, A.Purchase(account.Id, 100_000_000m), "import", Cancel);
        await work.CommitAsync(Cancel);
        return account.Id;
    }

    private async Task<long> SumAsync(MemberId[] members)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<WalletRow>().Where(w => members.Contains(w.MemberId)).SumAsync(w => w.Available, Cancel);
    }

    private Task<long> BalanceAsync(MemberId member) => SumAsync([member]);

    private async Task ProveAsync() =>
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);

    private Portal.Rewarding.Rewards Rewards => portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>();

    private RedeemReward Redeem => portal.Server.Services.GetRequiredService<RedeemReward>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

public sealed class RushOnSqlite(SqlitePortal portal) : RushTests(portal), IClassFixture<SqlitePortal>;

public sealed class RushOnPostgres(PostgresPortal portal) : RushTests(portal), IClassFixture<PostgresPortal>;
