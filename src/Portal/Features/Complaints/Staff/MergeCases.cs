using Complaints.Cases;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Thread;
using Portal.Platform;
using Portal.Rewarding;

namespace Portal.Features.Complaints.Staff;

/// <summary>
/// Merges a case into another of the same customer: one goes on, with both threads and all files, the other ends. The earlier
/// one goes on, so that no date promised moves later; a reply still owed on the other is owed on this one, since when it was
/// there. The customer is told once.
/// </summary>
internal sealed class MergeCases(Portal.Rewarding.Rewards rewards, CaseBook book, CaseMails mails)
{
    public async Task<Result<CaseState>> HandleAsync(StaffDoor door, StaffDoor other, Actor by, int? expectedVersion, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var found = await LockBothAsync(work.Db, door, other, cancel);
        if (!found.Succeeded)
            return Result<CaseState>.Refused(found.Refusals);
        var (open, kept) = found.Value;
        if (Collision.Of(open.Case, by, expectedVersion) is { } collision)
            return collision;
        if (!await IsSameCustomerAsync(work.Db, open.Row, kept.Row, cancel))
            return new Refusal("case.other_customer");
        if (open.Row.CreatedAt < kept.Row.CreatedAt)
            return new Refusal("case.keep_older", null, open.Row.Reference);
        var unanswered = open.Clocks(work.Now).Where(c => c is { IsOpen: true, Kind: ClockKind.FirstReply or ClockKind.NextReply }).Min(c => (DateTime?)c.StartedAt);
        var step = CaseMachine.Apply(open.Case, new MarkDuplicate(kept.Case.Id), open.Context(work.Now, by));
        if (!step.Succeeded)
            return TakeStep.Refused(step.Refusal);
        var absorbed = CaseMachine.Apply(kept.Case, new AbsorbDuplicate(open.Case.Id, unanswered), kept.Context(work.Now, by));
        if (!absorbed.Succeeded)
            return TakeStep.Refused(absorbed.Refusal);
        open.Row.MergedInto = kept.Row.Reference;
        // What was merged into the one that ends goes along.
        await work.Db.Set<CaseRow>().Where(c => c.MergedInto == open.Row.Reference).ExecuteUpdateAsync(s => s.SetProperty(c => c.MergedInto, kept.Row.Reference), cancel);
        open = await book.AppendAsync(work.Db, open.Row, step, work.Now, cancel);
        await book.AppendAsync(work.Db, kept.Row, absorbed, work.Now, cancel);
        await mails.StepAsync(work.Db, open, step.NewEvents, work.Now, cancel);
        await work.CommitAsync(cancel);
        return open.Case.State;
    }

    // In the order of references, so that two merges cannot wait for each other.
    private async Task<Result<(OpenCase Open, OpenCase Kept)>> LockBothAsync(PortalDb db, StaffDoor door, StaffDoor other, CancellationToken cancel)
    {
        var cases = db.Set<CaseRow>();
        var otherFirst = string.CompareOrdinal(other.Reference, door.Reference) < 0;
        var first = await book.LockAsync(db, (otherFirst ? other : door).Of(cases), cancel);
        var second = await book.LockAsync(db, (otherFirst ? door : other).Of(cases), cancel);
        var (open, kept) = otherFirst ? (second, first) : (first, second);
        return open is null ? new Refusal("case.gone") : kept is null ? new Refusal("case.other_gone") : (open, kept);
    }

    private static async Task<bool> IsSameCustomerAsync(PortalDb db, CaseRow a, CaseRow b, CancellationToken cancel)
    {
        if (a.MemberId is not null && b.MemberId is not null)
            return a.MemberId == b.MemberId;
        var (first, second) = (await AddressAsync(db, a, cancel), await AddressAsync(db, b, cancel));
        return first is not null && first == second;
    }

    private static async Task<string?> AddressAsync(PortalDb db, CaseRow row, CancellationToken cancel) => row.MemberId is { } member
        ? await db.Set<MemberRow>().Where(m => m.Id == member && m.EmailConfirmedAt != null).Select(m => m.Email).SingleOrDefaultAsync(cancel)
        : (row.ContactEmail ?? row.ContactPhone)?.ToLowerInvariant();
}
