using Complaints.Cases;
using Complaints.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Retention;
using Portal.Platform;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Complaints;

/// <summary>
/// A member's cases. Who leaves withdraws what is still open: nobody is left to answer. Then the words, files and addresses go;
/// what the statistics count stays.
/// </summary>
internal sealed class CaseData(CaseBook book, TimeProvider time) : IMemberData
{
    public string Name => "complaints";

    public Task MoveAsync(PortalDb db, MemberId from, MemberId to, CancellationToken cancel) =>
        db.Set<CaseRow>().Where(c => c.MemberId == from).ExecuteUpdateAsync(s => s.SetProperty(c => c.MemberId, to), cancel);

    public async Task EraseAsync(PortalDb db, MemberId member, CancellationToken cancel)
    {
        var (now, customer) = (time.UtcNow(), Actor.Customer(member.Value.ToString()));
        var cases = await db.Set<CaseRow>().Where(c => c.MemberId == member).OrderBy(c => c.Id).Select(c => new { c.Id, c.IsOpen }).ToListAsync(cancel);
        foreach (var id in cases.Where(c => c.IsOpen).Select(c => c.Id))
        {
            if (await book.LockAsync(db, db.Set<CaseRow>().Where(c => c.Id == id && c.IsOpen), cancel) is not { } open)
                continue;
            var step = CaseMachine.Apply(open.Case, new WithdrawCase(""), open.Context(now, customer));
            if (!step.Succeeded)
                throw new InvalidOperationException($"Case {open.Row.Reference} cannot be withdrawn: {step.Refusal.Detail}");
            await book.AppendAsync(db, open.Row, step, now, cancel);
        }
        await db.SaveChangesAsync(cancel);
        await CaseErasure.EraseAsync(db, cases.ConvertAll(c => c.Id), keepAccount: true, now, cancel);
    }

    public async Task<object> ExportAsync(PortalDb db, MemberId member, CancellationToken cancel)
    {
        var cases = await db.Set<CaseRow>().AsNoTracking().Where(c => c.MemberId == member).OrderBy(c => c.CreatedAt)
            .Select(c => new { c.Id, c.Reference, c.Category, State = c.State.ToString(), c.CreatedAt, c.ClosedAt }).ToListAsync(cancel);
        var ids = cases.ConvertAll(c => c.Id);
        var events = (await db.Set<CaseEventRow>().AsNoTracking().Where(e => ids.Contains(e.CaseId)).OrderBy(e => e.Sequence).ToListAsync(cancel))
            .Select(e => (e.CaseId, e.At, Event: CaseEvents.FromJson(new(e.Type, e.Version, e.Payload))))
            .ToLookup(e => e.CaseId);
        return cases.ConvertAll(c => new
        {
            c.Reference,
            c.Category,
            c.State,
            c.CreatedAt,
            c.ClosedAt,
            // What was said to and by the customer; internal notes are about the company's work.
            Messages = events[c.Id].Select(e => (e.At, Text: TextOf(e.Event))).Where(m => m.Text is { Length: > 0 }).Select(m => new { m.At, m.Text }),
        });
    }

    private static string? TextOf(CaseEvent happened) => happened switch
    {
        CaseSubmitted submitted => submitted.Text,
        MessageAdded message => message.Text,
        _ => null,
    };
}
