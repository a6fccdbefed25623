using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Data;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding;

/// <summary>
/// One transaction in which points may move. A use case opens it, adds its own rows to <see cref="Db"/>, and commits:
/// state, ledger, explanation and outgoing mail together or not at all.
/// </summary>
public sealed class RewardingWork : IAsyncDisposable
{
    private readonly IDbContextTransaction transaction;
    private readonly Dictionary<MemberId, MemberAccount> accounts = [];

    private RewardingWork(PortalDb db, IDbContextTransaction transaction, DateTime now)
    {
        Db = db;
        this.transaction = transaction;
        Now = now;
    }

    public PortalDb Db { get; }

    /// <summary>When everything in this work is recorded.</summary>
    public DateTime Now { get; }

    internal static async Task<RewardingWork> BeginAsync(PortalDb db, DateTime now, CancellationToken cancel)
    {
        try
        {
            // SQLite begins IMMEDIATE, so that writers queue here instead of failing at commit.
            var transaction = await db.Database.BeginTransactionAsync(db.IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, cancel);
            return new(db, transaction, now);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a member with an empty wallet.</summary>
    public MemberAccount Add(MemberRow member)
    {
        var wallet = new WalletRow { MemberId = member.Id };
        Db.Add(member);
        Db.Add(wallet);
        return accounts[member.Id] = new(Db, member, wallet, [], [], isNew: true);
    }

    /// <summary>Locks and loads a member; the same object within this work. Null when there is none.</summary>
    public async Task<MemberAccount?> FindAsync(MemberId id, CancellationToken cancel)
    {
        if (accounts.TryGetValue(id, out var known))
            return known;
        var wallets = Db.Set<WalletRow>();
        var wallet = Db.IsPostgres
            ? await wallets.FromSql($"""SELECT * FROM wallets WHERE "MemberId" = {id.Value} FOR UPDATE""").SingleOrDefaultAsync(cancel)
            : await wallets.SingleOrDefaultAsync(w => w.MemberId == id, cancel);
        if (wallet is null)
            return null;
        var row = await Db.Set<MemberRow>().SingleAsync(m => m.Id == id, cancel);
        var lots = await Db.Set<LotRow>().Where(l => l.MemberId == id && l.IsOpen).ToListAsync(cancel);
        var holds = wallet.Held > 0 ? await Db.Set<HoldRow>().Where(h => h.MemberId == id).ToListAsync(cancel) : [];
        return accounts[id] = new(Db, row, wallet, lots, holds);
    }

    /// <summary>
    /// Locks and loads many members with a handful of queries, for imports. In the order of ids, so that two such works
    /// cannot wait for each other.
    /// </summary>
    public async Task LoadAsync(IEnumerable<MemberId> members, CancellationToken cancel)
    {
        var ids = members.Where(id => !accounts.ContainsKey(id)).Distinct().OrderBy(id => id.Value).ToArray();
        if (ids.Length == 0)
            return;
        var values = ids.Select(id => id.Value).ToArray();
        var wallets = Db.IsPostgres
            ? await Db.Set<WalletRow>().FromSql($"""SELECT * FROM wallets WHERE "MemberId" = ANY({values}) ORDER BY "MemberId" FOR UPDATE""").ToListAsync(cancel)
            : await Db.Set<WalletRow>().Where(w => ids.Contains(w.MemberId)).ToListAsync(cancel);
        var rows = await Db.Set<MemberRow>().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var lots = (await Db.Set<LotRow>().Where(l => ids.Contains(l.MemberId) && l.IsOpen).ToListAsync(cancel)).ToLookup(l => l.MemberId);
        var holds = (await Db.Set<HoldRow>().Where(h => ids.Contains(h.MemberId)).ToListAsync(cancel)).ToLookup(h => h.MemberId);
        var counters = await Db.Set<MemberCounterRow>().Where(c => ids.Contains(c.MemberId)).ToDictionaryAsync(c => c.MemberId, cancel);
        var uses = (await Db.Set<RuleUseRow>().Where(u => ids.Contains(u.MemberId)).ToListAsync(cancel)).ToLookup(u => u.MemberId);
        var days = (await Db.Set<QualifyingDayRow>().Where(d => ids.Contains(d.MemberId)).ToListAsync(cancel)).ToLookup(d => d.MemberId);
        foreach (var wallet in wallets)
        {
            var id = wallet.MemberId;
            accounts[id] = new(Db, rows[id], wallet, lots[id], holds[id])
            {
                Counters = counters.GetValueOrDefault(id),
                RuleUses = [.. uses[id]],
                QualifyingDays = [.. days[id]],
            };
        }
    }

    internal Task SavepointAsync(string name, CancellationToken cancel) => transaction.CreateSavepointAsync(name, cancel);

    internal Task RollbackToAsync(string name, CancellationToken cancel) => transaction.RollbackToSavepointAsync(name, cancel);

    /// <summary>The rule set read at the first decision: one transaction decides by one rule set.</summary>
    internal CompiledRuleSet? Rules { get; set; }

    /// <summary>
    /// For works with thousands of rows: the change tracker looks for changes once, at the commit, and not at every step.
    /// Such a work is saved by <see cref="CommitAsync"/> only.
    /// </summary>
    internal void ManyRows() => Db.ChangeTracker.AutoDetectChangesEnabled = false;

    public async Task CommitAsync(CancellationToken cancel)
    {
        if (!Db.ChangeTracker.AutoDetectChangesEnabled)
            Db.ChangeTracker.DetectChanges();
        await Db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await Db.DisposeAsync();
    }
}
