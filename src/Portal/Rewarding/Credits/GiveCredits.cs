using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Rewarding.Credits;

/// <summary>
/// Gives points, to callers who know nothing of each other together, and tells each of them after the durable commit. A credit
/// to a wallet that owes nothing and has nothing due does the same whatever else the wallet holds: such wallets are not read,
/// but credited on condition that they still are so. What is left goes the way of every change.
/// </summary>
public sealed class GiveCredits : IAsyncDisposable
{
    /// <summary>A bulk on SQLite: a page that many credits share is written once for all of them.</summary>
    private const int TogetherOnSqlite = 8192;

    private readonly Rewards rewards;
    private readonly DatabaseSettings settings;
    private readonly TimeProvider time;
    private readonly GroupCommit<Credit, Credited> group;

    public GiveCredits(Rewards rewards, DatabaseSettings settings, TimeProvider time) : this(rewards, settings, time, Options(settings))
    {
    }

    internal GiveCredits(Rewards rewards, DatabaseSettings settings, TimeProvider time, GroupCommitOptions options)
    {
        (this.rewards, this.settings, this.time) = (rewards, settings, time);
        group = new(rewards, CommitAsync, c => c.Member.GetHashCode(), options);
    }

    public Task<Credited> HandleAsync(Credit credit, CancellationToken cancel) => group.RunAsync(credit, cancel);

    public ValueTask DisposeAsync() => group.DisposeAsync();

    internal static GroupCommitOptions Options(DatabaseSettings settings) =>
        settings.IsPostgres ? new(Writers: 2) : new(TogetherOnSqlite, TogetherOnSqlite * 2);

    private async Task<IReadOnlyList<Credited>> CommitAsync(IReadOnlyList<Credit> credits, CancellationToken cancel)
    {
        var now = time.UtcNow();
        var answers = new Credited[credits.Count];
        var (plain, others) = Plan(credits, answers, now);
        if (settings.IsPostgres)
        {
            if (plain.Count > 0)
                await PostgresCredits.WriteAsync(settings.ConnectionString, plain, answers, others, now, cancel);
            if (others.Count > 0)
                await InOneWorkAsync(plain: null);
        }
        else
        {
            await InOneWorkAsync(plain);
        }
        return answers;

        async Task InOneWorkAsync(List<PlannedCredit>? plain)
        {
            await using var work = await rewards.BeginAsync(cancel);
            work.ManyRows();
            if (plain is not null)
                SqliteCredits.Write(work.Db, plain, answers, others, now);
            await OneByOneAsync(work, credits, answers, others, cancel);
            await work.CommitAsync(cancel);
        }
    }

    /// <summary>The first credit of each member may be a plain one; a further one has to see what the first did.</summary>
    private static (List<PlannedCredit> Plain, List<int> Others) Plan(IReadOnlyList<Credit> credits, Credited[] answers, DateTime now)
    {
        var plain = new List<PlannedCredit>(credits.Count);
        List<int> others = [];
        var members = new HashSet<Guid>(credits.Count);
        for (var i = 0; i < credits.Count; i++)
        {
            var credit = credits[i];
            if (!members.Add(credit.Member.Value))
            {
                others.Add(i);
                continue;
            }
            var accrual = credit.Accrual();
            var (judged, refusal) = Books.Plain(credit.Posting(now), accrual);
            if (refusal == LedgerRefusal.None)
                plain.Add(PlannedCredit.Of(i, credit, judged, accrual.Lot, now));
            else
                answers[i] = Credited.Refused(refusal);
        }
        // In the order of ids: neighbours are found in the cache, and two nodes cannot wait for each other.
        plain.Sort((a, b) => a.Row.MemberId.Value.CompareTo(b.Row.MemberId.Value));
        return (plain, others);
    }

    private static async Task OneByOneAsync(RewardingWork work, IReadOnlyList<Credit> credits, Credited[] answers, List<int> which, CancellationToken cancel)
    {
        if (which.Count == 0)
            return;
        which.Sort();
        await work.LoadPointsAsync(which.Select(i => credits[i].Member), cancel);
        var keys = which.ConvertAll(i => TransferRow.KeyOf(credits[i].Reference, 1));
        var known = await work.Db.Set<TransferRow>().AsNoTracking().Where(t => keys.Contains(t.Key)).ToDictionaryAsync(t => t.Key, cancel);
        for (var n = 0; n < keys.Count; n++)
        {
            var credit = credits[which[n]];
            answers[which[n]] = known.TryGetValue(keys[n], out var stored)
                ? await RepeatAsync(work, credit, stored, cancel)
                : await OneAsync(work, credit, keys[n], known, cancel);
        }
    }

    private static async Task<Credited> OneAsync(RewardingWork work, Credit credit, Guid key, Dictionary<Guid, TransferRow> known, CancellationToken cancel)
    {
        if (await work.FindAsync(credit.Member, cancel) is not { } account)
            return new("member.unknown", 0, 0, false);
        await account.SettleAsync(work.Now, work.Now, cancel);
        if (account.Wallet.Debt > 0)
            await account.ReadLotsAsync(cancel); // it is repaid from them
        var outcome = account.Apply(Books.Accrue(account.Wallet, credit.Posting(work.Now), credit.Accrual()));
        if (!outcome.Accepted)
            return Credited.Refused(outcome.Refusal);
        known.Add(key, TransferRow.From(outcome.Transfers[0]));
        return new(null, account.Wallet.Balance, account.Wallet.Version, Repeated: false);
    }

    private static async Task<Credited> RepeatAsync(RewardingWork work, Credit credit, TransferRow stored, CancellationToken cancel)
    {
        var same = (stored.MemberId, stored.Amount, stored.Activity, stored.Reason) == (credit.Member, credit.Points, credit.Cause.Activity, credit.Cause.Reason)
            && stored.Kind is TransferKind.Accrue or TransferKind.AccruePending;
        if (!same || await work.FindAsync(credit.Member, cancel) is not { } account)
            return new("reference.conflict", 0, 0, false);
        return new(null, account.Wallet.Balance, account.Wallet.Version, Repeated: true);
    }
}
