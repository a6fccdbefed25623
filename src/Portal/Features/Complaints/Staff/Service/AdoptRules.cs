using Complaints.Cases;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Features.Complaints.Staff.Service;

/// <summary>
/// Open cases follow a new version of targets or calendar where its author asked for that: each in its own transaction, under
/// its lock. Due dates are computed anew from the history, so pauses are kept; what was missed stays missed.
/// </summary>
internal sealed class AdoptRules(Portal.Rewarding.Rewards rewards, IDbContextFactory<PortalDb> databases, CaseBook book)
{
    private const int Batch = 100;

    /// <returns>How many cases moved; fewer than a batch: none are left.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var policy = await db.Set<ServicePolicyRow>().Where(p => p.ForOpenCases).MaxAsync(p => (int?)p.Version, cancel) ?? 0;
        var calendars = db.Set<CalendarRow>().Where(c => c.ForOpenCases);
        var behind = await db.Set<CaseRow>()
            .Where(c => c.IsOpen && (c.PolicyVersion < policy || calendars.Any(k => k.Id == c.CalendarId && k.Version > c.CalendarVersion)))
            .OrderBy(c => c.QueueAt).Select(c => c.Id).Take(Batch).ToListAsync(cancel);
        foreach (var id in behind)
            await AdoptAsync(id, policy, cancel);
        return behind.Count;
    }

    private async Task AdoptAsync(Guid id, int policy, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await book.LockAsync(work.Db, work.Db.Set<CaseRow>().Where(c => c.Id == id), cancel) is not { } open)
            return;
        var measured = open.Case.Rules;
        var calendar = await work.Db.Set<CalendarRow>().Where(c => c.Id == measured.CalendarId && c.ForOpenCases).MaxAsync(c => (int?)c.Version, cancel) ?? 0;
        var wanted = new RulesInForce(Math.Max(measured.PolicyVersion, policy), measured.CalendarId, Math.Max(measured.CalendarVersion, calendar));
        var step = CaseMachine.Apply(open.Case, new UseRules(wanted), open.Context(work.Now, Actor.Portal));
        if (!step.Succeeded)
            return; // it ended, or another node was here first
        await book.AppendAsync(work.Db, open.Row, step, work.Now, cancel);
        await work.CommitAsync(cancel);
    }
}
