using Insight.Value;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Segments;
using RewardsEngine.Accounting;

namespace Portal.Features.Segments;

/// <summary>
/// Reckons what members are worth and keeps the segments that follow: once for every day of the programme, and again when the
/// settings changed. Safe to repeat and on several nodes: the second one finds the run of the first.
/// </summary>
public sealed class RefreshSegments(IDbContextFactory<PortalDb> databases, Portal.Rewarding.Rewards rewards, ProgrammeStore programmes, ValueSettingsBook book, TimeProvider time)
{
    private const long LockKey = 0x5365676D656E74; // any number that no other lock uses

    /// <summary>When the night's run begins, after midnight in the programme's zone.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(2);

    /// <param name="again">Also when the day has its run: much happened since.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The run, or null when there was nothing to do.</returns>
    public async Task<SegmentRunRow?> RunAsync(bool again, CancellationToken cancel)
    {
        if (!await programmes.ExistsAsync(cancel))
            return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await programmes.CurrentAsync(db, cancel);
        var now = time.UtcNow();
        var day = ProgrammeDays.Of(now - Hour, rules.Zone);
        var (settingsId, settings) = await book.CurrentAsync(db, cancel);
        if (!again && await IsDoneAsync(db, day, settingsId, cancel))
            return null;
        // Everything is read and reckoned before anything is locked: pages go on meanwhile.
        var from = now.AddMonths(-settings.Months);
        var values = ValueSegments.Of(await MemberYears.ReadAsync(db, rules.Programme, from, now, cancel), settings);

        await using var work = await rewards.BeginAsync(cancel);
        if (work.Db.IsPostgres)
            await work.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancel);
        if (!again && await IsDoneAsync(work.Db, day, settingsId, cancel))
            return null;
        var run = new SegmentRunRow
        {
            Day = day,
            From = from,
            Through = now,
            SettingsId = settingsId,
            Members = values.Count,
            MostValuable = values.Count(v => v.Segment == Segment.MostValuable),
            MostGrowable = values.Count(v => v.Segment == Segment.MostGrowable),
            BelowZero = values.Count(v => v.Segment == Segment.BelowZero),
        };
        work.Db.Add(run);
        await work.Db.SaveChangesAsync(cancel);
        await SegmentStore.WriteAsync(work.Db, values, run, cancel);
        await work.CommitAsync(cancel);
        return run;
    }

    // The newest run counts: settings that were changed back need their own.
    private static async Task<bool> IsDoneAsync(PortalDb db, DateOnly day, long settings, CancellationToken cancel) =>
        await db.Set<SegmentRunRow>().OrderByDescending(r => r.Id).Select(r => new { r.Day, r.SettingsId }).FirstOrDefaultAsync(cancel) is { } last
        && last.Day >= day && last.SettingsId == settings;
}
