using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Members;
using Portal.Features.Profile;
using Portal.Rewarding;
using Portal.Rewarding.Closing;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Payments;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>What stood in the wallets at any moment is what ledger, lots and the liability report say of that moment, whatever happened afterwards.</summary>
public abstract class PastBooksTests(PortalFixture portal)
{
    private const int Steps = 120;

    private readonly Random _random = new(20260917);
    private readonly List<(MemberId Member, Purchase Sale)> _sales = [];
    private readonly List<Guid> _holds = [];

    [Fact]
    public async Task At_every_past_moment_ledger_balances_lots_and_liability_say_the_same_even_after_a_merge_an_erasure_and_a_rebuild()
    {
        await PublishAsync();
        MemberId[] members = [(await portal.Server.CustomerAsync()).Member.Id, (await portal.Server.CustomerAsync()).Member.Id, (await portal.Server.CustomerAsync()).Member.Id];
        var moments = new List<(DateTime At, Standing Standing)>();
        for (var step = 0; step < Steps; step++)
        {
            portal.Server.Time.Advance(TimeSpan.FromMinutes(_random.Next(5, 900)));
            await SomethingAsync(members[_random.Next(members.Length)]);
            moments.Add((Now, await StandingAsync()));
        }
        portal.Server.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await portal.Server.Services.GetRequiredService<MergeMembers>().HandleAsync(members[2], members[0], "the same person", Guid.NewGuid(), Cancel)).Succeeded);
        moments.Add((Now, await StandingAsync()));
        portal.Server.Time.Advance(TimeSpan.FromHours(12)); // by then no hold is open
        await LeaveAsync(members[1]);
        moments.Add((Now, await StandingAsync()));
        portal.Server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, (await portal.Server.Services.GetRequiredService<RebuildBooks>().HandleAsync(Cancel)).Corrected);
        await portal.Server.Services.GetRequiredService<SettleDue>().HandleAsync(Cancel);
        moments.Add((Now, await StandingAsync()));

        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);
        Assert.Contains(moments, moment => moment.Standing is { Pending: > 0, Held: > 0 });
        Assert.Contains(moments, moment => moment.Standing.Debt > 0);
        await using var db = portal.Server.OpenDatabase();
        var transfers = (await db.Set<TransferRow>().AsNoTracking().OrderBy(t => t.WalletVersion).ThenBy(t => t.Ordinal).ToListAsync(Cancel)).GroupBy(t => t.MemberId)
            .ToDictionary(of => of.Key, of => of.Select(t => t.ToTransfer()).ToList());
        Assert.True(transfers.Values.Sum(of => of.Count) > Steps);
        foreach (var (at, standing) in moments)
        {
            var books = await BooksAt.ReadAsync(db, at.AddTicks(TimeSpan.TicksPerMicrosecond), Cancel);
            Assert.Equal((standing, 0L), (new Standing(books.Pending, books.Available, books.Held, books.Debt), books.Difference));
            var rebuilt = transfers.Select(of => Books.Rebuild(of.Key, Books.UpTo(of.Value, at))).ToList();
            Assert.Equal(standing, new Standing(rebuilt.Sum(w => w.Pending), rebuilt.Sum(w => w.Available), rebuilt.Sum(w => w.Held), rebuilt.Sum(w => w.Debt)));
            Assert.Equal(standing.Pending + standing.Available + standing.Held, rebuilt.Sum(w => w.Lots.Sum(lot => lot.Left)));
        }
    }

    private sealed record Standing(long Pending, long Available, long Held, long Debt);

    private async Task<Standing> StandingAsync()
    {
        await using var db = portal.Server.OpenDatabase();
        var wallets = await db.Set<WalletRow>().AsNoTracking().ToListAsync(Cancel);
        return new(wallets.Sum(w => w.Pending), wallets.Sum(w => w.Available), wallets.Sum(w => w.Held), wallets.Sum(w => w.Debt));
    }

    private async Task SomethingAsync(MemberId member)
    {
        var pay = portal.Server.Services.GetRequiredService<PayWithPoints>();
        var reference = $"r-{Guid.NewGuid():N}";
        switch (_random.Next(10))
        {
            case < 4:
                var sale = A.Purchase(member, at: Now, lines: [A.Line(_random.Next(1, 40) * 10_000m, quantity: _random.Next(1, 4)), A.Line(_random.Next(1, 9) * 7_500m, "roti")]);
                await portal.Server.BuysAsync(sale);
                _sales.Add((member, sale));
                break;
            case 4 or 5 when _sales.Count > 0:
                var (owner, sold) = _sales[_random.Next(_sales.Count)];
                await ReturnAsync(owner, sold, _random.Next(3) == 0 ? new WholeSale() : _random.Next(2) == 0 ? new SomeLines([new(sold.Lines[0].Sku, 1)]) : new SomeAmount(_random.Next(1, 20) * 1_000m), reference);
                break;
            case 6 or 7:
                if (await pay.HoldAsync(member, reference, _random.Next(1, 60), _random.Next(60, 40_000), Cancel) is { Succeeded: true, Value.Hold.Id: var held }) _holds.Add(held);
                break;
            case 8 when _holds.Count > 0:
                var hold = _holds[_random.Next(_holds.Count)];
                _ = _random.Next(2) == 0 ? await pay.CaptureAsync(hold, reference, null, keepRest: false, Cancel) : await pay.ReleaseAsync(hold, reference, Cancel);
                break;
            default: await portal.Server.Services.GetRequiredService<SettleDue>().HandleAsync(Cancel); break;
        }
    }

    private async Task ReturnAsync(MemberId member, Purchase sale, Returned returned, string reference)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel);
        var receipt = await portal.Server.Services.GetRequiredService<RecordRefund>().HandleAsync(
            work, new() { Reference = reference, Member = member, OccurredAt = Now, PurchaseReference = sale.Reference, Returned = returned }, "staff", Cancel);
        if (receipt.Succeeded)
            await work.CommitAsync(Cancel);
    }

    private async Task LeaveAsync(MemberId member)
    {
        await using var db = portal.Server.OpenDatabase();
        var user = await db.Set<MemberRow>().Where(m => m.Id == member).Select(m => m.UserId).SingleAsync(Cancel);
        using var scope = portal.Server.Services.CreateScope();
        Assert.True((await scope.ServiceProvider.GetRequiredService<CloseAccount>().HandleAsync(user!.Value, member, SignIn.Password, Cancel)).Succeeded);
    }

    /// <summary>Points wait two days and live nine: within the test some are pending, some expire.</summary>
    private async Task PublishAsync()
    {
        var store = portal.Server.Services.GetRequiredService<ProgrammeStore>();
        var before = await store.CurrentAsync(Cancel);
        await using var db = portal.Server.OpenDatabase();
        await store.PublishAsync(db,
            [new Rule { Id = new("points-for-purchases"), Version = 2, Name = new("Poin", "Points"), Trigger = ActivityTypes.Purchase, Effects = [new PointsPerAmount { Points = 1, Per = 10_000 }] }],
            [], before.Programme with { Points = before.Programme.Points with { ReturnWindow = TimeSpan.FromDays(2), Expiry = new ExpiryPolicy.Rolling(new(9)), WhenSpent = SpentPointsPolicy.NegativeAllowed } }, null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private DateTime Now => portal.Server.Time.GetUtcNow().UtcDateTime;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

public sealed class PastBooksOnSqlite(SqliteAlone portal) : PastBooksTests(portal), IClassFixture<SqliteAlone>;

public sealed class PastBooksOnPostgres(PostgresAlone portal) : PastBooksTests(portal), IClassFixture<PostgresAlone>;

/// <summary>Only the test moves points: the jobs that close days and settle what is due are left out.</summary>
public sealed class SqliteAlone : SqlitePortal
{
    protected override PortalServerOptions Options => new() { Time = new(), Services = WithoutJobs };

    internal static void WithoutJobs(IServiceCollection services)
    {
        foreach (var job in services.Where(s => s.ImplementationType?.Name is "CloseDays" or "SettlePoints" or "TellOccasions").ToList())
            services.Remove(job);
    }
}

/// <inheritdoc cref="SqliteAlone"/>
public sealed class PostgresAlone : PostgresPortal
{
    protected override PortalServerOptions Options => new() { Time = new(), Services = SqliteAlone.WithoutJobs };
}
