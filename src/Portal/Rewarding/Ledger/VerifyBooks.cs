using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Decisions;
using RewardsEngine.Accounting;
using RewardsEngine.Json;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>The outcome of a proof.</summary>
public sealed record BooksProof(long Entries, IReadOnlyList<string> Differences);

/// <summary>
/// Proves the books from the transfers alone: they sum to zero, balances = entries = lots, nothing overspent, and every
/// accrual has its stored explanation.
/// </summary>
public sealed class VerifyBooks(IDbContextFactory<PortalDb> databases)
{
    private const int MembersAtOnce = 500;

    public async Task<BooksProof> HandleAsync(IProgress<long>? progress, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        // One consistent picture even while tills go on selling.
        await using var transaction = await db.Database.BeginTransactionAsync(
            db.IsPostgres ? System.Data.IsolationLevel.RepeatableRead : System.Data.IsolationLevel.Serializable, cancel);
        List<string> differences = [];
        long entries = 0;
        var members = await db.Set<WalletRow>().AsNoTracking().OrderBy(w => w.MemberId).Select(w => w.MemberId).ToListAsync(cancel);
        // While some members are proved, the next are read.
        var proving = Task.FromResult<(long Entries, List<string> Differences)>((0, []));
        foreach (var some in members.Chunk(MembersAtOnce))
        {
            var records = await ReadAsync(db, some, cancel);
            await TakeAsync();
            proving = Task.Run(() => Prove(records), cancel);
        }
        await TakeAsync();

        var orphans = await db.Set<TransferRow>().CountAsync(t => !db.Set<WalletRow>().Any(w => w.MemberId == t.MemberId), cancel);
        if (orphans > 0)
            differences.Add($"books: {orphans} transfers without a wallet");
        var moved = await db.Set<TransferRow>().Where(t => t.Credit == Account.ProgrammeMoved).SumAsync(t => t.Amount, cancel)
            - await db.Set<TransferRow>().Where(t => t.Debit == Account.ProgrammeMoved).SumAsync(t => t.Amount, cancel);
        if (moved != 0)
            differences.Add($"books: {Accounts.Name(Account.ProgrammeMoved)} should be 0, is {moved}");
        return new(entries, differences);

        async Task TakeAsync()
        {
            var (count, found) = await proving;
            entries += count;
            differences.AddRange(found);
            progress?.Report(entries);
        }
    }

    private static async Task<Records> ReadAsync(PortalDb db, MemberId[] members, CancellationToken cancel)
    {
        var wallets = await db.Set<WalletRow>().AsNoTracking().Where(w => members.Contains(w.MemberId)).ToListAsync(cancel);
        var transfers = (await db.Set<TransferRow>().AsNoTracking().Where(t => members.Contains(t.MemberId))
            .OrderBy(t => t.MemberId).ThenBy(t => t.WalletVersion).ThenBy(t => t.Ordinal).ToListAsync(cancel)).ToLookup(t => t.MemberId);
        var lots = (await LotReader.AllAsync(db, wallets, cancel)).ToLookup(l => l.MemberId);
        var holds = (await db.Set<HoldRow>().AsNoTracking().Where(h => members.Contains(h.MemberId)).ToListAsync(cancel)).ToLookup(h => h.MemberId);
        // What a membership earned before it became part of another is explained there.
        var owners = members.Union(await db.Set<MemberRow>().Where(m => members.Contains(m.Id) && m.MergedIntoId != null).Select(m => m.MergedIntoId!.Value).ToListAsync(cancel)).ToList();
        var decisions = await db.Set<ActivityRow>().AsNoTracking().Where(a => owners.Contains(a.MemberId!.Value) && a.Points > 0)
            .Select(a => new StoredDecision(a.Type, a.Reference, a.Decision)).ToListAsync(cancel);
        return new(wallets, transfers, lots, holds, decisions);
    }

    private static (long Entries, List<string> Differences) Prove(Records records)
    {
        var explained = records.Decisions.ToDictionary(
            d => $"{d.Type}:{d.Reference}",
            d => EngineJson.Read<Explained>(d.Decision).Explanation.Applied.ToLookup(r => r.Rule, r => r.Points), StringComparer.Ordinal);
        List<string> differences = [];
        long entries = 0;
        foreach (var wallet in records.Wallets)
        {
            var member = wallet.MemberId;
            var standing = wallet.ToWallet(records.Lots[member].OrderBy(l => l.Sequence).Select(l => l.ToLot()), records.Holds[member].Select(h => h.ToHold()));
            var own = records.Transfers[member].Select(t => t.ToTransfer()).ToList();
            entries += own.Count;
            differences.AddRange(records.Transfers[member].Where(t => t.Key != TransferKey.Of(t.Operation, t.Ordinal)).Select(t => $"{member}: transfer {t.Operation}/{t.Ordinal} has another's key"));
            differences.AddRange(Books.Verify(standing, own).Select(d => d.ToString()));
            differences.AddRange(own.Where(t => !IsExplained(t, explained)).Select(t => $"{member}: accrual {t.Reference} has no explanation"));
        }
        return (entries, differences);
    }

    private sealed record Records(
        List<WalletRow> Wallets, ILookup<MemberId, TransferRow> Transfers, ILookup<MemberId, LotRow> Lots, ILookup<MemberId, HoldRow> Holds, List<StoredDecision> Decisions);

    private sealed record StoredDecision(string Type, string Reference, string Decision);

    // Of a stored decision only which rule gave how many points: the rest is passed over unread.
    private sealed record Explained(Explanation Explanation);

    private sealed record Explanation(IReadOnlyList<Applied> Applied);

    private sealed record Applied(RuleId Rule, long Points);

    private static bool IsExplained(Transfer transfer, Dictionary<string, ILookup<RuleId, long>> explained) => transfer.Kind switch
    {
        TransferKind.Accrue or TransferKind.AccruePending =>
            transfer.Cause is { Activity: { } activity, Rule: { } rule } && explained.TryGetValue(activity, out var rules) && rules[rule].Contains(transfer.Amount),
        TransferKind.AdjustUp => !string.IsNullOrWhiteSpace(transfer.Cause.Reason),
        _ => true,
    };
}

/// <summary><c>verify</c>: exit code 0 only without a difference.</summary>
internal static class VerifyCommand
{
    public static async Task<int> RunAsync(IServiceProvider services, string[] args)
    {
        var proof = await services.GetRequiredService<VerifyBooks>().HandleAsync(null, CancellationToken.None);
        foreach (var difference in proof.Differences)
            Console.WriteLine(difference);
        Console.WriteLine(FormattableString.Invariant($"verified {proof.Entries} entries, {proof.Differences.Count} differences"));
        return proof.Differences.Count == 0 ? 0 : 1;
    }
}
