using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Programs.Backtests;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using Portal.Tests.Rewarding;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Backtesting;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Programs;

/// <summary>The live rules replayed over what was stored give what they really gave: limits, counters, caps and budgets evolve as they did, returns included.</summary>
public abstract class BacktestTruthTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Random _random = new(4711);
    private readonly List<Purchase> _sales = [];

    [Fact]
    public async Task The_live_rules_replayed_give_what_they_gave()
    {
        await PublishAsync();
        MemberId[] members = [(await portal.Server.CustomerAsync()).Member.Id, (await portal.Server.CustomerAsync()).Member.Id];
        for (var step = 0; step < 100; step++)
        {
            portal.Server.Time.Advance(TimeSpan.FromMinutes(_random.Next(5, 600)));
            if (_sales.Count > 0 && _random.Next(3) == 0) await ReturnAsync(_sales[_random.Next(_sales.Count)], _random.Next(3) == 0 ? new SomeLines([new("kopi-susu", 1)]) : new WholeSale());
            else
            {
                var sale = A.Purchase(members[_random.Next(2)], at: Now, lines: [A.Line(_random.Next(1, 20) * 10_000m, quantity: _random.Next(1, 3))]);
                await portal.Server.BuysAsync(sale);
                _sales.Add(sale);
            }
        }

        await using var db = portal.Server.OpenDatabase();
        var live = await portal.Server.Services.GetRequiredService<ProgrammeStore>().CurrentAsync(Cancel);
        var input = await BacktestHistory.LoadAsync(db, new() { RuleId = new("daily"), Rule = "", RuleSet = live.Version, State = BacktestState.Running, Purchases = 1_000, AsOf = Now, AskedAt = Now, AskedBy = Guid.NewGuid() }, live, live, Cancel);
        var report = Backtest.Run(live, live, input, null, Cancel);

        var wallets = await db.Set<WalletRow>().AsNoTracking().ToListAsync(Cancel);
        Assert.Equal(await db.Set<PurchaseRow>().SumAsync(p => p.Points, Cancel), report.Live.Points);
        Assert.Equal(wallets.Sum(w => w.Pending + w.Available + w.Held - w.Debt), report.Live.Outstanding);
        var uses = (await db.Set<RuleUseRow>().AsNoTracking().ToListAsync(Cancel)).GroupBy(u => u.RuleId).ToDictionary(g => g.Key, g => g.Sum(u => u.Uses));
        Assert.All(new[] { "daily", "second", "few" }, rule => Assert.True(uses[new(rule)] > 0, rule));
        Assert.Equal(0, report.Touched);
    }

    private async Task ReturnAsync(Purchase sale, Returned returned)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel);
        var refund = new Refund { Reference = $"r-{Guid.NewGuid():N}", Member = sale.Member, OccurredAt = Now, PurchaseReference = sale.Reference, Returned = returned };
        if ((await portal.Server.Services.GetRequiredService<RecordRefund>().HandleAsync(work, refund, "staff", Cancel)).Succeeded)
            await work.CommitAsync(Cancel);
    }

    private async Task PublishAsync()
    {
        Rule OnPurchase(string id, Effect effect) => new() { Id = new(id), Name = new(id, id), Trigger = ActivityTypes.Purchase, Effects = [effect] };
        var store = portal.Server.Services.GetRequiredService<ProgrammeStore>();
        await using var db = portal.Server.OpenDatabase();
        await store.PublishAsync(db,
        [
            OnPurchase("daily", new FixedPoints { Points = 20 }) with { Limits = [new(1, Span.Day)] },
            OnPurchase("second", new FixedPoints { Points = 7 }) with { Condition = "purchases.last(2 days).count = 1" },
            OnPurchase("few", new FixedPoints { Points = 5 }) with { Caps = [new(30, Span.Week)], Budget = new() { Points = 150, When = WhenExceeded.Reduce } },
            OnPurchase("new", new FixedPoints { Points = 50 }) with { Condition = "customer.first_purchase = true" },
        ], [], null, null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private DateTime Now => portal.Server.Time.GetUtcNow().UtcDateTime;
}

public sealed class BacktestTruthOnSqlite(SqliteAlone portal) : BacktestTruthTests(portal), IClassFixture<SqliteAlone>;

public sealed class BacktestTruthOnPostgres(PostgresAlone portal) : BacktestTruthTests(portal), IClassFixture<PostgresAlone>;
