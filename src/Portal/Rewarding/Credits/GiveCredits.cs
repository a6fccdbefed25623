using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;

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
    private readonly string? postgres;
    private readonly TimeProvider time;
    private readonly GroupCommit<AskedCredit, Credited> group;

    public GiveCredits(Rewards rewards, DatabaseSettings settings, TimeProvider time) : this(rewards, settings, time, Options(settings))
    {
    }

    internal GiveCredits(Rewards rewards, DatabaseSettings settings, TimeProvider time, GroupCommitOptions options)
    {
        (this.rewards, this.time) = (rewards, time);
        postgres = settings.IsPostgres ? PostgresCredits.Connection(settings.ConnectionString) : null;
        group = new(CommitAsync, c => c.Credit.Member.GetHashCode(), options, apart: c => c.Credit.Member.Value); // a member's second credit has to see the first
    }

    public async Task<Credited> HandleAsync(Credit credit, CancellationToken cancel)
    {
        var credited = await group.RunAsync(new(credit, credit.Key()), cancel); // made here and not where all wait for it
        return credited.Fault is { } fault ? throw new InvalidOperationException("A credit could not be booked.", fault) : credited;
    }

    public ValueTask DisposeAsync() => group.DisposeAsync();

    /// <summary>While one group is written the other is made ready and sent. SQLite has one writer, and the fuller its group the fewer pages for each credit.</summary>
    internal static GroupCommitOptions Options(DatabaseSettings settings) =>
        settings.IsPostgres ? new(Writers: 2) : new(TogetherOnSqlite, TogetherOnSqlite * 2);

    /// <summary>Gives all of them in one transaction; two, where some are no plain credits.</summary>
    private async Task<IReadOnlyList<Credited>> CommitAsync(IReadOnlyList<AskedCredit> credits, CancellationToken cancel)
    {
        var now = time.UtcNow();
        var answers = new Credited[credits.Count];
        var (plain, others) = Plan(credits, answers, now);
        if (postgres is not null)
        {
            if (plain.Count > 0)
                await PostgresCredits.WriteAsync(postgres, plain, answers, others, now, cancel);
            await OthersAsync(credits, answers, others, cancel);
        }
        else
        {
            await InOneWorkAsync(credits, answers, others, plain, cancel);
        }
        return answers;
    }

    /// <summary>In a transaction of their own. What is stored by then is stored: if it fails, only these are done again, each alone.</summary>
    private async Task OthersAsync(IReadOnlyList<AskedCredit> credits, Credited[] answers, List<int> others, CancellationToken cancel)
    {
        if (others.Count == 0)
            return;
        try
        {
            await InOneWorkAsync(credits, answers, others, [], cancel);
        }
        catch (Exception)
        {
            foreach (var other in others)
            {
                try
                {
                    await Conflicts.OnceMoreAsync(async () =>
                    {
                        await InOneWorkAsync(credits, answers, [other], [], cancel);
                        return true;
                    });
                }
                catch (Exception e)
                {
                    answers[other] = new() { Fault = e };
                }
            }
        }
    }

    private async Task InOneWorkAsync(IReadOnlyList<AskedCredit> credits, Credited[] answers, List<int> others, List<PlannedCredit> plain, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        work.ManyRows();
        if (plain.Count > 0)
            SqliteCredits.Write(work.Db, plain, answers, others, work.Now);
        await OneByOneAsync(work, credits, answers, others, cancel);
        await work.CommitAsync(cancel);
    }

    /// <summary>The first credit of each member may be a plain one; a further one has to see what the first did.</summary>
    private static (List<PlannedCredit> Plain, List<int> Others) Plan(IReadOnlyList<AskedCredit> credits, Credited[] answers, DateTime now)
    {
        var plain = new List<PlannedCredit>(credits.Count);
        List<int> others = [];
        var members = new HashSet<Guid>(credits.Count);
        for (var i = 0; i < credits.Count; i++)
        {
            var (credit, key) = credits[i];
            if (!members.Add(credit.Member.Value))
            {
                others.Add(i);
                continue;
            }
            var (judged, refusal) = credit.Plain(key, now);
            if (refusal == LedgerRefusal.None)
                plain.Add(PlannedCredit.Of(i, credit, judged, key, now));
            else
                answers[i] = Credited.Refused(refusal);
        }
        // In the order of ids: neighbours are found in the cache, and two nodes cannot wait for each other.
        plain.Sort((a, b) => a.Row.MemberId.Value.CompareTo(b.Row.MemberId.Value));
        return (plain, others);
    }

    private static async Task OneByOneAsync(RewardingWork work, IReadOnlyList<AskedCredit> credits, Credited[] answers, List<int> which, CancellationToken cancel)
    {
        if (which.Count == 0)
            return;
        which.Sort();
        await work.LoadPointsAsync(which.Select(i => credits[i].Credit.Member), cancel);
        var keys = which.ConvertAll(i => credits[i].Key);
        var known = await work.Db.Set<TransferRow>().AsNoTracking().Where(t => keys.Contains(t.Key)).ToDictionaryAsync(t => t.Key, cancel);
        for (var n = 0; n < keys.Count; n++)
        {
            var credit = credits[which[n]].Credit;
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
        var outcome = account.Apply(credit.Apply(account.Wallet, key, work.Now));
        if (!outcome.Accepted)
            return Credited.Refused(outcome.Refusal);
        known.Add(key, TransferRow.From(outcome.Transfers[0]));
        return new(null, account.Wallet.Balance, account.Wallet.Version, Repeated: false);
    }

    private static async Task<Credited> RepeatAsync(RewardingWork work, Credit credit, TransferRow stored, CancellationToken cancel)
    {
        var same = (stored.Operation, stored.MemberId, stored.Amount, stored.Activity, stored.Reason) == (credit.Reference, credit.Member, credit.Points, credit.Cause.Activity, credit.Cause.Reason)
            && stored.Ordinal == 1 && stored.Debit == Account.ProgrammeIssued;
        if (!same || await work.FindAsync(credit.Member, cancel) is not { } account)
            return new("reference.conflict", 0, 0, false);
        return new(null, account.Wallet.Balance, account.Wallet.Version, Repeated: true);
    }
}
