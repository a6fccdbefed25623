using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Api;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>How the ledger is written, and how much is asked for it.</summary>
public abstract class JournalTests(PortalFixture portal)
{
    [Fact]
    public async Task Every_column_of_the_ledger_is_written_as_the_model_has_it()
    {
        var member = A.Member();
        var wallet = Filled(new WalletRow { MemberId = member.Id });
        var lot = Filled(new LotRow { Id = new(Guid.CreateVersion7()), MemberId = member.Id, Accrual = "a", Sequence = 1, EarnedAt = At, Earned = 5 });
        var transfer = Filled(new TransferRow
        {
            Operation = Guid.NewGuid().ToString(),
            MemberId = member.Id,
            Kind = RewardsEngine.Accounting.TransferKind.Hold,
            Debit = RewardsEngine.Accounting.Account.MemberAvailable,
            Credit = RewardsEngine.Accounting.Account.MemberHeld,
            Amount = 3,
            WalletVersion = 7,
            Ordinal = 2,
            EffectiveAt = At,
            RecordedAt = At,
        });
        await using (var db = portal.Server.OpenDatabase())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            db.Add(member);
            await db.SaveChangesAsync(Cancel);
            var journal = new Journal();
            journal.Open(wallet);
            journal.Open(lot);
            journal.Add(transfer);
            await journal.WriteAsync(db, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        await using var fresh = portal.Server.OpenDatabase();
        Same(wallet, await fresh.Set<WalletRow>().SingleAsync(w => w.MemberId == member.Id, Cancel));
        Same(lot, await fresh.Set<LotRow>().SingleAsync(l => l.Id == lot.Id, Cancel));
        Same(transfer, await fresh.Set<TransferRow>().SingleAsync(t => t.Operation == transfer.Operation, Cancel));
    }

    [Fact]
    public async Task A_balance_that_changed_since_it_was_read_is_not_overwritten()
    {
        await using var work = await portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel);
        var member = work.Add(A.Member()).Id;
        await work.CommitAsync(Cancel);

        await using var db = portal.Server.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var wallet = await db.Set<WalletRow>().AsNoTracking().SingleAsync(w => w.MemberId == member, Cancel);
        await db.Set<WalletRow>().Where(w => w.MemberId == member).ExecuteUpdateAsync(s => s.SetProperty(w => w.Version, 9), Cancel);
        var journal = new Journal();
        journal.Change(wallet);
        wallet.Available = 1000;

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => journal.WriteAsync(db, Cancel));
    }

    [Fact]
    public async Task Many_sales_at_once_ask_the_database_hardly_more_than_one()
    {
        var counter = portal.Server.Services.GetServices<ILoggerProvider>().OfType<StatementCounter>().Single();
        var desk = portal.Server.Services.GetRequiredService<PurchaseDesk>();
        List<MemberId> members = [];
        await using (var work = await portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(Cancel))
        {
            for (var i = 0; i < 66; i++)
                members.Add(work.Add(A.Member()).Id);
            await work.CommitAsync(Cancel);
        }
        await SellAsync(members[64]); // what is read once

        counter.Reset();
        await SellAsync(members[65]);
        var one = counter.Questions;
        counter.Reset();
        await Task.WhenAll(members.Take(64).Select(SellAsync));

        // The first goes alone, the others gather meanwhile; rarely they make two groups.
        Assert.InRange(counter.Questions.Count, one.Count, one.Count * 4);
        Assert.True(one.Count <= 12, string.Join("\n", one));

        async Task SellAsync(MemberId member)
        {
            var outcome = await desk.RecordAsync(new()
            {
                Reference = Guid.NewGuid().ToString("N"),
                Member = new() { Id = member.Value },
                Lines = [new() { Sku = "kopi", Quantity = 1, UnitPrice = 50_000m }],
            }, Cancel);
            Assert.Equal(201, outcome.Status);
        }
    }

    private static readonly DateTime At = new(2026, 9, 17, 3, 4, 5, DateTimeKind.Utc);

    /// <summary>Everything that could be missing gets a value.</summary>
    private static T Filled<T>(T row) where T : class
    {
        var n = 10;
        foreach (var property in Columns<T>())
        {
            var value = property.GetValue(row);
            if (value is not null && !value.Equals(Activator.CreateInstance(property.PropertyType.IsValueType ? property.PropertyType : typeof(object))))
                continue;
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(row,
                type == typeof(string) ? $"text {++n}"
                : type == typeof(long) ? (object)(long)++n
                : type == typeof(int) ? ++n
                : type == typeof(bool) ? true
                : type == typeof(DateTime) ? At.AddMinutes(++n)
                : type == typeof(Guid) ? Guid.CreateVersion7()
                : type == typeof(LotId) ? new LotId(Guid.CreateVersion7())
                : type == typeof(RuleId) ? new RuleId("rule")
                : throw new InvalidOperationException($"{type.Name} is new in the ledger."));
        }
        return row;
    }

    private static void Same<T>(T expected, T actual) where T : class =>
        Assert.All(Columns<T>(), p => Assert.True(Equals(p.GetValue(expected), p.GetValue(actual)), $"{typeof(T).Name}.{p.Name}: {p.GetValue(expected)} became {p.GetValue(actual)}"));

    private static IEnumerable<PropertyInfo> Columns<T>() =>
        typeof(T).GetProperties().Where(p => p.CanWrite);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Collects what is asked of the database.</summary>
    internal sealed class StatementCounter : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> questions = new();

        public IReadOnlyList<string> Questions => [.. questions];

        public void Reset() => questions.Clear();

        public static PortalServerOptions Counting => new()
        {
            Time = new(),
            Settings = new Dictionary<string, string> { ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Information" },
            Services = services => services.AddSingleton<ILoggerProvider, StatementCounter>(),
        };

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Jobs ask too; what belongs to sales names one of their tables.
            if (eventId.Id == 20101 && formatter(state, exception) is var text && text.Contains("SELECT", StringComparison.Ordinal) && !text.Contains("outbox", StringComparison.Ordinal) && !text.Contains("NextDueAt\" <=", StringComparison.Ordinal))
                questions.Enqueue(text);
        }

        public void Dispose()
        {
        }
    }
}

public sealed class JournalOnSqlite(JournalOnSqlite.CountedPortal portal) : JournalTests(portal), IClassFixture<JournalOnSqlite.CountedPortal>
{
    public sealed class CountedPortal : SqlitePortal
    {
        protected override PortalServerOptions Options => StatementCounter.Counting;
    }
}

public sealed class JournalOnPostgres(JournalOnPostgres.CountedPortal portal) : JournalTests(portal), IClassFixture<JournalOnPostgres.CountedPortal>
{
    public sealed class CountedPortal : PostgresPortal
    {
        protected override PortalServerOptions Options => StatementCounter.Counting;
    }
}
