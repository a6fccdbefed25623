using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Data;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Segments;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding;

/// <summary>
/// One transaction in which points may move. A use case opens it, adds its own rows to <see cref="Db"/>, and commits:
/// state, ledger, explanation and outgoing mail together or not at all.
/// </summary>
public sealed class RewardingWork : IAsyncDisposable
{
    /// <summary>How far a till's clock may be ahead; for later moments lots are read one by one.</summary>
    internal static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    private readonly IDbContextTransaction transaction;
    private readonly Dictionary<MemberId, MemberAccount> accounts = [];
    private readonly Journal journal = new();

    private SqliteWriter? writer;
    private bool disposed;

    private RewardingWork(PortalDb db, IDbContextTransaction transaction, SqliteWriter? writer, DateTime now)
    {
        Db = db;
        this.transaction = transaction;
        this.writer = writer;
        Now = now;
    }

    public PortalDb Db { get; }

    /// <summary>When everything in this work is recorded. Only sample history sets it, so that the books of its year read true.</summary>
    public DateTime Now { get; internal set; }

    /// <summary>What is done here happened long ago or never: nobody is told of it by mail.</summary>
    public bool IsSilent { get; internal set; }

    internal static async Task<RewardingWork> BeginAsync(PortalDb db, SqliteWriter? writer, DateTime now, CancellationToken cancel)
    {
        try
        {
            // SQLite begins IMMEDIATE, so that writers queue here instead of failing at commit.
            var transaction = await db.Database.BeginTransactionAsync(db.IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, cancel);
            db.Database.AutoSavepointsEnabled = false; // a work that fails is dropped as a whole
            return new(db, transaction, writer, now);
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
        journal.Open(wallet);
        return accounts[member.Id] = new(Db, journal, member, wallet, [], [], isNew: true);
    }

    /// <summary>Locks and loads a member; the same object within this work. Null when there is none.</summary>
    public async Task<MemberAccount?> FindAsync(MemberId id, CancellationToken cancel)
    {
        if (accounts.TryGetValue(id, out var known))
            return known;
        var wallet = Db.IsPostgres
            ? await Db.Set<WalletRow>().FromSql($"""SELECT * FROM wallets WHERE "MemberId" = {id.Value} FOR UPDATE""").AsNoTracking().SingleOrDefaultAsync(cancel)
            : await Db.Set<WalletRow>().AsNoTracking().SingleOrDefaultAsync(w => w.MemberId == id, cancel);
        if (wallet is null)
            return null;
        var row = await Db.Set<MemberRow>().SingleAsync(m => m.Id == id, cancel);
        var lots = await LotReader.OpenAsync(Db, [wallet], cancel);
        var holds = wallet.Held > 0 ? await Db.Set<HoldRow>().Where(h => h.MemberId == id).ToListAsync(cancel) : [];
        return accounts[id] = new(Db, journal, row, wallet, lots, holds);
    }

    /// <summary>
    /// Locks and loads many members with a handful of queries, for imports. In the order of ids, so that two such works
    /// cannot wait for each other.
    /// </summary>
    /// <param name="members">Who.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="credits">Points will mostly be given: lots are left unread where nothing is due or owed, until something needs them.</param>
    public async Task LoadAsync(IEnumerable<MemberId> members, CancellationToken cancel, bool credits = false)
    {
        var wallets = await LockAsync(members, cancel);
        if (wallets.Count == 0)
            return;
        var ids = wallets.ConvertAll(w => w.MemberId);
        var rows = await Db.Set<MemberRow>().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var lots = await OpenLotsAsync(wallets, credits, cancel);
        var holders = wallets.Where(w => w.Held > 0).Select(w => w.MemberId).ToList();
        var holds = (holders.Count == 0 ? [] : await Db.Set<HoldRow>().Where(h => holders.Contains(h.MemberId)).ToListAsync(cancel)).ToLookup(h => h.MemberId);
        var counters = await Db.Set<MemberCounterRow>().Where(c => ids.Contains(c.MemberId)).ToDictionaryAsync(c => c.MemberId, cancel);
        var uses = (await Db.Set<RuleUseRow>().Where(u => ids.Contains(u.MemberId)).ToListAsync(cancel)).ToLookup(u => u.MemberId);
        var days = (await Db.Set<QualifyingDayRow>().Where(d => ids.Contains(d.MemberId)).ToListAsync(cancel)).ToLookup(d => d.MemberId);
        var segments = (await Db.Set<MemberSegmentRow>().Where(s => ids.Contains(s.MemberId)).OrderBy(s => s.Segment).Select(s => new { s.MemberId, s.Segment }).ToListAsync(cancel)).ToLookup(s => s.MemberId, s => s.Segment);
        foreach (var wallet in wallets)
        {
            var id = wallet.MemberId;
            accounts[id] = new(Db, journal, rows[id], wallet, lots[id], holds[id], lotsUnread: credits && CanBeCredited(wallet))
            {
                Counters = counters.GetValueOrDefault(id),
                CountersAreRead = true,
                RuleUses = [.. uses[id]],
                QualifyingDays = [.. days[id]],
                Segments = [.. segments[id]],
            };
        }
    }

    /// <summary>As <see cref="LoadAsync"/>, for members without reservations of whom nothing but the points is needed, and mostly to be given some.</summary>
    internal async Task LoadPointsAsync(IEnumerable<MemberId> members, CancellationToken cancel)
    {
        var wallets = await LockAsync(members, cancel);
        var lots = await OpenLotsAsync(wallets, credits: true, cancel);
        foreach (var wallet in wallets)
            if (wallet.Held == 0)
                accounts[wallet.MemberId] = new(Db, journal, null, wallet, lots[wallet.MemberId], [], lotsUnread: CanBeCredited(wallet));
    }

    private async Task<List<WalletRow>> LockAsync(IEnumerable<MemberId> members, CancellationToken cancel)
    {
        var ids = members.Where(id => !accounts.ContainsKey(id)).Distinct().OrderBy(id => id.Value).ToList();
        return await WalletReader.LockAsync(Db, ids, cancel);
    }

    /// <summary>A credit does not look at lots, unless a debt is repaid from them or something of them is to be booked first.</summary>
    private bool CanBeCredited(WalletRow wallet) => wallet is { Debt: 0, Held: 0 } && !(wallet.NextDueAt <= Now + Skew);

    private async Task<ILookup<MemberId, LotRow>> OpenLotsAsync(List<WalletRow> wallets, bool credits, CancellationToken cancel)
    {
        var some = wallets.FindAll(w => w.Pending + w.Available + w.Held > 0 && !(credits && CanBeCredited(w)));
        return (some.Count == 0 ? [] : await LotReader.OpenAsync(Db, some, cancel)).ToLookup(l => l.MemberId);
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
        await journal.WriteAsync(Db, cancel);
        await transaction.CommitAsync(cancel);
        EndTurn();
    }

    private void EndTurn() => Interlocked.Exchange(ref writer, null)?.Return();

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        try
        {
            await transaction.DisposeAsync();
            await Db.DisposeAsync();
        }
        finally
        {
            EndTurn();
        }
    }
}
