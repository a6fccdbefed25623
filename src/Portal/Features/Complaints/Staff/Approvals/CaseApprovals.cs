using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Thread;
using Portal.Identity;
using Portal.Platform;

namespace Portal.Features.Complaints.Staff.Approvals;

/// <summary>A request as a manager sees it.</summary>
internal sealed record ApprovalView(
    Guid Id, string Reference, string Subject, long Points, long Limit, string By, DateTime At, ApprovalState State, string? DecidedBy, DateTime? DecidedAt, string? Note, Decision Decision);

/// <summary>
/// Compensation above the agent's limit: the whole decision waits, a manager sends it or turns it down with a reason. The agent
/// stays the one who decided; the manager stands in the decision as the one who approved.
/// </summary>
internal sealed class CaseApprovals(Portal.Rewarding.Rewards rewards, CaseBook book, CaseMails mails, RemedyVouchers vouchers, IDbContextFactory<PortalDb> databases)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, IgnoreReadOnlyProperties = true };

    public async Task<IReadOnlyList<ApprovalView>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await (
            from a in db.Set<CaseApprovalRow>()
            join c in db.Set<CaseRow>() on a.CaseId equals c.Id
            join asker in db.Set<User>() on a.RequestedBy equals asker.Id
            join m in db.Set<User>() on a.DecidedBy equals (Guid?)m.Id into managers
            from m in managers.DefaultIfEmpty()
            orderby a.State == ApprovalState.Pending descending, a.RequestedAt descending
            select new { Row = a, c.Reference, c.Subject, By = asker.Name, DecidedBy = m == null ? null : m.Name }).Take(100).ToListAsync(cancel);
        return [.. rows.Select(r => new ApprovalView(r.Row.Id, r.Reference, r.Subject, r.Row.Points, r.Row.Limit, r.By, r.Row.RequestedAt, r.Row.State, r.DecidedBy, r.Row.DecidedAt, r.Row.Note, Read(r.Row)))];
    }

    /// <summary>Puts a decision before the managers. Everything else about it must be right already.</summary>
    public async Task<Result<CaseState>> RequestAsync(StaffDoor door, CaseCommand command, Actor by, int? seen, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var priced = await vouchers.PriceAsync(work.Db, command, cancel);
        if (!priced.Succeeded)
            return priced.Refusals[0];
        var (decision, final) = priced.Value switch { SendDecision c => (c.Decision, false), SendFinalDecision c => (c.Decision, true), _ => throw new ArgumentOutOfRangeException(nameof(command)) };
        if (await book.LockAsync(work.Db, door.Of(work.Db.Set<CaseRow>()), cancel) is not { } open)
            return new Refusal("case.gone");
        if (Collision.Of(open.Case, by, seen) is { } collision)
            return collision;
        if (!decision.NeedsApproval(open.Rules.Policy.AgentPointsLimit))
            return new Refusal("case.no_approval_needed");
        if (decision.Points > 0 && open.Row.MemberId is null)
            return new Refusal("case.points_need_account");
        var tried = CaseMachine.Apply(open.Case, Command(decision, final, "somebody else"), open.Context(work.Now, by));
        if (!tried.Succeeded)
            return TakeStep.Refused(tried.Refusal);
        if (await work.Db.Set<CaseApprovalRow>().AnyAsync(a => a.CaseId == open.Row.Id && a.State == ApprovalState.Pending, cancel))
            return new Refusal("case.approval_pending");
        var row = new CaseApprovalRow
        {
            CaseId = open.Row.Id,
            Final = final,
            Decision = JsonSerializer.Serialize(decision, Options),
            Points = decision.Compensation ?? 0,
            Limit = open.Rules.Policy.AgentPointsLimit,
            RequestedBy = Guid.Parse(by.Id),
            RequestedAt = work.Now,
        };
        work.Db.Add(row);
        DeskAudit.Note(work.Db, DeskArea.Approvals, open.Row.Reference, "asked", new { row.Id, row.Points, row.Limit }, row.RequestedBy, work.Now);
        await work.CommitAsync(cancel);
        return open.Case.State;
    }

    /// <summary>Sends the decision, or turns it down with a reason that becomes an internal note.</summary>
    public async Task<Result<Done>> DecideAsync(Guid id, bool approve, string? note, Actor manager, CancellationToken cancel)
    {
        note = note?.Trim();
        if (!approve && string.IsNullOrEmpty(note))
            return new Refusal("approval.reason", "note");
        await using var work = await rewards.BeginAsync(cancel);
        if (await work.Db.Set<CaseApprovalRow>().SingleOrDefaultAsync(a => a.Id == id, cancel) is not { State: ApprovalState.Pending } row)
            return new Refusal("approval.gone");
        if (row.RequestedBy.ToString() == manager.Id)
            return new Refusal("approval.own");
        if (await book.LockAsync(work.Db, work.Db.Set<CaseRow>().Where(c => c.Id == row.CaseId), cancel) is not { } open)
            return new Refusal("approval.gone");
        var step = approve
            ? CaseMachine.Apply(open.Case, Command(Read(row), row.Final, manager.Id), open.Context(work.Now, Actor.Agent(row.RequestedBy.ToString())))
            : CaseMachine.Apply(open.Case, new AddNote(note!), open.Context(work.Now, manager));
        row.State = !step.Succeeded ? ApprovalState.Overtaken : approve ? ApprovalState.Approved : ApprovalState.Declined;
        (row.DecidedBy, row.DecidedAt, row.Note) = (Guid.Parse(manager.Id), work.Now, note is { Length: > 1000 } ? note[..1000] : note);
        row.Revision++;
        if (step.Succeeded)
        {
            open = await book.AppendAsync(work.Db, open.Row, step, work.Now, cancel);
            await mails.StepAsync(work.Db, open, step.NewEvents, work.Now, cancel);
        }
        DeskAudit.Note(work.Db, DeskArea.Approvals, open.Row.Reference, row.State.ToString().ToLowerInvariant(), new { row.Id, row.Points, row.Note }, row.DecidedBy, work.Now);
        try
        {
            await work.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("approval.gone"); // another manager was quicker
        }
        return row.State == ApprovalState.Overtaken ? new Refusal("approval.overtaken") : default(Done);
    }

    private static CaseCommand Command(Decision decision, bool final, string approver) =>
        final ? new SendFinalDecision(decision with { ApprovedBy = approver }) : new SendDecision(decision with { ApprovedBy = approver });

    private static Decision Read(CaseApprovalRow row) => JsonSerializer.Deserialize<Decision>(row.Decision, Options) ?? throw new JsonException("An approval without its decision.");
}
