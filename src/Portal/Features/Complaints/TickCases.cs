using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Timekeeping;
using Portal.Platform;

namespace Portal.Features.Complaints;

/// <summary>
/// What time alone brings to open cases: missed dates, escalations, messages before a date, reminders, and closing after
/// the last of them. Each case in its own transaction, under its lock: several nodes may do this at once, and a case that
/// cannot be worked on keeps no other waiting.
/// </summary>
internal sealed partial class TickCases(
    Portal.Rewarding.Rewards rewards, IDbContextFactory<PortalDb> databases, CaseBook book, CaseMails mails, CaseAlerts alerts, CaseTroubles troubles, TimeProvider time, ILogger<TickCases> log)
{
    private const int Batch = 100;

    /// <returns>How many cases were looked at.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var due = await db.Set<CaseRow>().Where(c => c.NextCheckAt != null && c.NextCheckAt <= now)
            .OrderBy(c => c.NextCheckAt).Select(c => c.Id).Take(Batch).ToListAsync(cancel);
        foreach (var id in due)
        {
            try
            {
                await TickAsync(id, cancel);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Without the message: it could quote what people wrote.
                CaseFailed(id, fault.GetType().Name, fault.StackTrace);
                await troubles.KeepAsync(id, fault, cancel);
            }
        }
        return due.Count;
    }

    private async Task TickAsync(Guid id, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await book.LockAsync(work.Db, work.Db.Set<CaseRow>().Where(c => c.Id == id && c.NextCheckAt <= work.Now), cancel) is not { } open)
            return; // another node was here first
        var seen = open.Case.Version;
        open = await book.AppendAsync(work.Db, open.Row, CaseMachine.Tick(open.Case, open.Context(work.Now, Actor.Portal)), work.Now, cancel);
        while (Next(open, work.Now) is { } command)
        {
            var step = CaseMachine.Apply(open.Case, command, open.Context(work.Now, Actor.Portal));
            if (!step.Succeeded)
                break; // a disputed case is closed by a person
            open = await book.AppendAsync(work.Db, open.Row, step, work.Now, cancel);
        }
        IReadOnlyList<CaseEvent> events = [.. open.Case.History.Skip(seen)];
        await mails.StepAsync(work.Db, open, events, work.Now, cancel);
        await alerts.SendAsync(work.Db, open, events, work.Now, cancel);
        await CaseTroubles.SolvedAsync(work.Db, id, cancel);
        await work.CommitAsync(cancel);
    }

    private static CaseCommand? Next(OpenCase open, DateTime now)
    {
        if (open.Case.State == CaseState.NoAnswer)
            return new CloseCase();
        if (CaseMachine.NextReminderAt(open.Case, open.Context(now, Actor.Portal)) is not { } at || at > now)
            return null;
        return open.Case.Reminders < open.Rules.Policy.Reminders ? new SendReminder() : new RecordNoAnswer();
    }

    [LoggerMessage(1, LogLevel.Error, "The clock cannot work on case {CaseId} ({Fault}); the others go on, this one is tried again later. {Where}")]
    private partial void CaseFailed(Guid caseId, string fault, string? where);
}
