using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Thread;
using Portal.Platform;
using Portal.Rewarding;

namespace Portal.Features.Complaints;

/// <summary>One step on one case, by whoever came through the door: events, files, points and mail in one transaction.</summary>
internal sealed class TakeStep(Portal.Rewarding.Rewards rewards, CaseBook book, CaseMails mails, Compensation compensation, RemedyVouchers vouchers, Timekeeping.CaseAlerts alerts)
{
    /// <param name="expectedVersion">What the person had before their eyes; null when any version will do.</param>
    /// <param name="files">Named by the command as its attachments.</param>
    public async Task<Result<CaseState>> HandleAsync(
        CaseDoor door, CaseCommand command, Actor by, int? expectedVersion = null, IReadOnlyList<CheckedFile>? files = null, CancellationToken cancel = default)
    {
        await using var work = await rewards.BeginAsync(cancel);
        // Members are locked before their cases, as by whoever leaves or merges: two such works must not wait for each other.
        if (command is AcceptDecision or DeliverRemedy && await door.Of(work.Db.Set<CaseRow>()).Select(c => c.MemberId).SingleOrDefaultAsync(cancel) is { } member)
            await work.FindAsync(member, cancel);
        if (await book.LockAsync(work.Db, door.Of(work.Db.Set<CaseRow>()), cancel) is not { } open)
            return new Refusal("case.gone");
        if (open.Row is { ErasedAt: not null, IsOpen: false })
            return new Refusal("case.erased");
        if (files is { Count: > 0 } && await work.Db.Set<CaseAttachmentRow>().CountAsync(a => a.CaseId == open.Row.Id, cancel) + files.Count > Uploads.MaxFilesOfCase)
            return new Refusal("files.case_full", null, Uploads.MaxFilesOfCase);
        if (PointsWithoutAccount(open, command))
            return new Refusal("case.points_need_account");

        var before = open.Case;
        if (Collision.Of(open.Case, by, expectedVersion) is { } collision)
            return collision;
        var priced = await vouchers.PriceAsync(work.Db, command, cancel);
        if (!priced.Succeeded)
            return priced.Refusals[0];
        command = priced.Value;
        var step = CaseMachine.Apply(open.Case, command, open.Context(work.Now, by));
        if (step.Succeeded && command is DeliverRemedy deliver)
        {
            var given = await compensation.GiveAsync(work, open, accepted: !open.Case.WasDisputed, cancel);
            // What the catalogue has no more can be given by hand: then the note says what it was.
            if (!given.Succeeded && (given.Refusals[0].Code != "case.voucher_gone" || deliver.Note.Length == 0 || open.Case.Decision!.Points > 0))
                return given.Refusals[0];
            step = CaseMachine.Apply(open.Case, given.Succeeded ? deliver with { Vouchers = given.Value } : deliver, open.Context(work.Now, by));
        }
        if (!step.Succeeded)
            return Refused(step.Refusal);
        open = await book.AppendAsync(work.Db, open.Row, step, work.Now, cancel);
        if (command is AcceptDecision)
            open = await SettleAsync(work, open, cancel);
        // A higher priority may put a date into the past: the customer hears of the new one now, not from the next round.
        if (command is Assess)
            open = await book.AppendAsync(work.Db, open.Row, CaseMachine.Tick(open.Case, open.Context(work.Now, Actor.Portal)), work.Now, cancel);
        Keep(work.Db, open.Row, files, work.Now);
        await CaseDrafts.SentAsync(work.Db, open.Row.Id, by, command, cancel);
        IReadOnlyList<CaseEvent> events = [.. open.Case.History.Skip(before.Version)];
        await mails.StepAsync(work.Db, open, events, work.Now, cancel);
        if (command is Assess)
            await alerts.SendAsync(work.Db, open, events, work.Now, cancel);
        await work.CommitAsync(cancel);
        return open.Case.State;
    }

    internal static Refusal Refused(CaseRefusal refusal) => new($"case.{refusal.Code}");

    internal static void Keep(PortalDb db, CaseRow row, IReadOnlyList<CheckedFile>? files, DateTime now)
    {
        foreach (var file in files ?? [])
            db.Add(new CaseAttachmentRow { Id = file.Id, CaseId = row.Id, FileName = file.FileName, ContentType = file.ContentType, Length = file.Content.Length, Content = file.Content, CreatedAt = now });
    }

    // An accepted decision is carried out at once where the portal can do it alone: points and vouchers, or nothing to give.
    private async Task<OpenCase> SettleAsync(RewardingWork work, OpenCase open, CancellationToken cancel)
    {
        var decision = open.Case.Decision!;
        if (decision.HasRemedy)
        {
            if (decision.Remedies.Any(r => r.Kind != RemedyKind.Points && r.Voucher is null) || await compensation.GiveAsync(work, open, accepted: true, cancel) is not { Succeeded: true } given)
                return open; // staff give the rest
            open = await ByPortalAsync(work, open, new DeliverRemedy("", given.Value), cancel);
        }
        return await ByPortalAsync(work, open, new CloseCase(), cancel);
    }

    private Task<OpenCase> ByPortalAsync(RewardingWork work, OpenCase open, CaseCommand command, CancellationToken cancel)
    {
        var step = CaseMachine.Apply(open.Case, command, open.Context(work.Now, Actor.Portal));
        return step.Succeeded
            ? book.AppendAsync(work.Db, open.Row, step, work.Now, cancel)
            : throw new InvalidOperationException($"Case {open.Row.Reference}: {step.Refusal.Detail}");
    }

    private static bool PointsWithoutAccount(OpenCase open, CaseCommand command) => open.Row.MemberId is null && command switch
    {
        SendDecision c => c.Decision.Points > 0,
        SendFinalDecision c => c.Decision.Points > 0,
        _ => false,
    };
}
