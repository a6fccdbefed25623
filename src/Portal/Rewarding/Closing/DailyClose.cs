using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;

namespace Portal.Rewarding.Closing;

/// <summary>
/// Closes the days that are over: books what fell due, reviews tiers, and writes the books and the liability of each day, also
/// of days on which no node ran. Safe to repeat and on several nodes: wallets are locked, a close is written once for its day.
/// </summary>
public sealed class DailyClose(IDbContextFactory<PortalDb> databases, Rewards rewards, ProgrammeStore programmes, SettleDue settle, TimeProvider time)
{
    private const int MembersAtOnce = 100;
    private const long LockKey = 0x436C6F736564; // any number that no other lock uses

    /// <summary>So long after midnight, so that what was recorded before it is committed.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    /// <returns>How many days were closed by this call.</returns>
    public async Task<int> HandleAsync(CancellationToken cancel)
    {
        if (!await programmes.ExistsAsync(cancel))
            return 0;
        var zone = (await programmes.CurrentAsync(cancel)).Zone;
        var last = ProgrammeDays.Of(time.UtcNow() - Wait, zone).AddDays(-1);
        if (await NextAsync(zone, cancel) is not { } day || day > last)
            return 0;
        await settle.HandleAsync(cancel);
        await ReviewTiersAsync(zone, cancel);
        var closed = 0;
        for (; day <= last; day = day.AddDays(1))
        {
            if (await CloseAsync(day, ProgrammeDays.StartOf(day.AddDays(1), zone), cancel))
                closed++;
        }
        return closed;
    }

    /// <summary>The statement as it would be if the present day ended now; not stored.</summary>
    public async Task<DailyCloseRow?> PreviewAsync(CancellationToken cancel)
    {
        if (!await programmes.ExistsAsync(cancel))
            return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await programmes.CurrentAsync(db, cancel);
        var (now, before) = (time.UtcNow(), await LastAsync(db, cancel));
        return await LiabilityReport.ReadAsync(db, rules.Programme, ProgrammeDays.Of(now, rules.Zone), now.AddTicks(TimeSpan.TicksPerMicrosecond), before, now, cancel);
    }

    private static Task<DailyCloseRow?> LastAsync(PortalDb db, CancellationToken cancel) =>
        db.Set<DailyCloseRow>().AsNoTracking().OrderByDescending(c => c.Day).FirstOrDefaultAsync(cancel);

    /// <summary>The day after the last close; before the first one, the day of the first transfer.</summary>
    private async Task<DateOnly?> NextAsync(TimeZoneInfo zone, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await LastAsync(db, cancel) is { } last)
            return last.Day.AddDays(1);
        var first = await db.Set<TransferRow>().MinAsync(t => (DateTime?)t.RecordedAt, cancel);
        return first is { } at ? ProgrammeDays.Of(at, zone) : null;
    }

    private async Task ReviewTiersAsync(TimeZoneInfo zone, CancellationToken cancel)
    {
        var today = ProgrammeDays.Of(time.UtcNow(), zone);
        while ((await programmes.CurrentAsync(cancel)).Programme.TierRules is not null)
        {
            List<RewardsEngine.Values.MemberId> due;
            await using (var db = await databases.CreateDbContextAsync(cancel))
                due = await db.Set<MemberRow>().Where(m => m.TierReviewOn <= today && m.ClosedAt == null).OrderBy(m => m.TierReviewOn).Select(m => m.Id).Take(MembersAtOnce).ToListAsync(cancel);
            if (due.Count == 0)
                return;
            await using var work = await rewards.BeginAsync(cancel);
            await work.LoadAsync(due, cancel);
            var rules = await programmes.CurrentAsync(work, cancel);
            foreach (var id in due)
                if (await work.FindAsync(id, cancel) is { } account)
                    await TierStandings.ReviewAsync(work.Db, account, rules.Programme, today, cancel);
            await work.CommitAsync(cancel);
        }
    }

    /// <returns>False when another node was first.</returns>
    private async Task<bool> CloseAsync(DateOnly day, DateTime through, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        // Read before anything is locked: sales go on meanwhile, and what a day that is over recorded changes no more.
        var before = await LastAsync(db, cancel);
        if (before?.Day >= day)
            return false;
        var close = await LiabilityReport.ReadAsync(db, (await programmes.CurrentAsync(db, cancel)).Programme, day, through, before, time.UtcNow(), cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // One node closes, the others wait here and then find the day closed. SQLite has one writer anyway.
        if (db.IsPostgres)
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancel);
        if ((await LastAsync(db, cancel))?.Day != before?.Day)
            return false;
        db.Add(close);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
