using Complaints.Cases;
using Complaints.Timing;
using Complaints.Views;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Thread;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Purchases;
using Portal.Ui;
using RewardsEngine.Values;

namespace Portal.Features.Complaints;

/// <summary>A case in the customer's list.</summary>
internal sealed record CaseLine(string Reference, string Subject, CaseState State, bool IsOpen, DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>The customer has something to do.</summary>
    public bool YourTurn => State is CaseState.WaitingForCustomer or CaseState.DecisionSent;
}

/// <summary>A file that hangs on a message.</summary>
public sealed record CaseFile(Guid Id, string FileName, string ContentType, int Length);

public enum Author { Customer, Staff, Portal }

/// <summary>One message as everybody may read it.</summary>
/// <param name="From">The case it was written to, when that one was merged into this.</param>
public sealed record ThreadEntry(DateTime At, Author Author, string Text, IReadOnlyList<CaseFile> Files, string? From = null);

/// <summary>A case as its customer sees it. Internal notes are not in it.</summary>
/// <param name="Follows">Reference of the closed case that this one follows.</param>
public sealed record CaseView(
    string Reference, string Subject, string Category, string Wish, string? PurchaseReference, LocalizedText? Reward, Case Case, CaseSummary Summary,
    IReadOnlyList<TimelineStep> Timeline, IReadOnlyList<ThreadEntry> Thread, IReadOnlySet<CaseStep> Steps, DateTime? ReopenUntil, DateTime? DecisionDue,
    IReadOnlyDictionary<string, string> Drafts, string? Follows);

/// <summary>A purchase that a complaint can be about.</summary>
internal sealed record PurchaseChoice(Guid Id, string Reference, DateTime At, long Total, string Currency, string? Store);

/// <summary>A reward or voucher that a complaint can be about.</summary>
internal sealed record RewardChoice(Guid Id, string Code, LocalizedText Name, DateTime At);

/// <summary>What customers may see of cases: their own.</summary>
internal sealed class CustomerCases(IDbContextFactory<PortalDb> databases, CaseBook book, TimeProvider time) : IOpenComplaints
{
    private const int PurchasesOffered = 20;
    private const int RewardsOffered = 10;

    public async Task<int> CountAsync(MemberId member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CaseRow>().CountAsync(c => c.MemberId == member && c.IsOpen, cancel);
    }

    /// <summary>Open cases first, then the past, newest first.</summary>
    public async Task<IReadOnlyList<CaseLine>> ListAsync(MemberId member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CaseRow>().Where(c => c.MemberId == member)
            .OrderByDescending(c => c.IsOpen).ThenByDescending(c => c.UpdatedAt).Take(200)
            .Select(c => new CaseLine(c.Reference, c.Subject, c.State, c.IsOpen, c.CreatedAt, c.UpdatedAt)).ToListAsync(cancel);
    }

    public async Task<CaseView?> FindAsync(CaseDoor door, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await book.ReadAsync(db, door.Of(db.Set<CaseRow>()), cancel) is not { } open)
            return null;
        var now = time.UtcNow();
        var clocks = open.Clocks(now);
        var summary = CaseSummary.For(open.Case, clocks, open.Rules.Policy, open.Rules.Calendar, now);
        var purchase = open.Row.PurchaseId is { } id
            ? await db.Set<PurchaseRow>().Where(p => p.Id == id).Select(p => p.Reference).SingleOrDefaultAsync(cancel)
            : null;
        var reopen = open.Case.ClosedAt?.AddDays(open.Rules.Policy.ReopenDays);
        var steps = CaseProcess.StepsFor(open.Case.State, ActorKind.Customer)
            .Where(s => s != CaseStep.Reopen || reopen >= now).Where(s => s != CaseStep.Rate || open.Case.Rating is null)
            .Where(s => s != CaseStep.ConfirmVisit || (open.Case.VisitReport is not null && open.Case.VisitConfirmed is null));
        return new(open.Row.Reference, open.Row.Subject, open.Row.Category, open.Case.Submission.DesiredRemedy, purchase, await RewardOfAsync(db, open, cancel), open.Case, summary,
            CaseTimeline.Of(open.Case, summary), await MergedThreads.WithAsync(db, open, book, await ThreadAsync(db, open, cancel), cancel), steps.ToHashSet(), reopen, clocks.LastOrDefault(c => c is { Kind: ClockKind.Decision, IsOpen: true, Status: not ClockStatus.Breached })?.Due,
            await CaseDrafts.OfAsync(db, open.Row.Id, CaseDrafts.Customer, cancel), await FollowsAsync(db, open, cancel));
    }

    /// <summary>Reference of the closed case that this one follows.</summary>
    internal static async Task<string?> FollowsAsync(PortalDb db, OpenCase open, CancellationToken cancel) =>
        open.Case.Submission.PreviousCase is { } previous ? await db.Set<CaseRow>().Where(c => c.Id == previous.Value).Select(c => c.Reference).SingleOrDefaultAsync(cancel) : null;

    /// <summary>A file of a case, for who came through the door.</summary>
    public async Task<CaseAttachmentRow?> FileAsync(CaseDoor door, Guid file, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        // The files of a case that was merged into this one are part of it.
        var reached = door.Of(db.Set<CaseRow>());
        return await db.Set<CaseRow>().Where(c => reached.Any(r => r.Id == c.Id || r.Reference == c.MergedInto))
            .Join(db.Set<CaseAttachmentRow>().AsNoTracking(), c => c.Id, a => a.CaseId, (c, a) => a)
            .SingleOrDefaultAsync(a => a.Id == file, cancel);
    }

    /// <summary>The member's last purchases, and the one named in the address.</summary>
    public async Task<IReadOnlyList<PurchaseChoice>> PurchasesAsync(MemberId member, string? named, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var own = db.Set<PurchaseRow>().Where(p => p.MemberId == member && p.Kind == PurchaseKind.Sale);
        var last = await Choices(own.OrderByDescending(p => p.OccurredAt).Take(PurchasesOffered)).ToListAsync(cancel);
        if (string.IsNullOrEmpty(named) || last.Exists(p => Names(p, named)))
            return last;
        var id = Guid.TryParse(named, out var parsed) ? parsed : Guid.Empty;
        var older = await Choices(own.Where(p => p.Id == id || p.Reference == named)).FirstOrDefaultAsync(cancel);
        return older is null ? last : [older, .. last];
    }

    /// <summary>The member's last rewards and vouchers, and the one named in the address.</summary>
    public async Task<IReadOnlyList<RewardChoice>> RewardsAsync(MemberId member, string? named, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var own = db.Set<VoucherRow>().Where(v => v.MemberId == member);
        var last = await Choices(own.OrderByDescending(v => v.IssuedAt).Take(RewardsOffered)).ToListAsync(cancel);
        if (!Guid.TryParse(named, out var id) || last.Exists(v => v.Id == id))
            return last;
        return [.. await Choices(own.Where(v => v.Id == id)).ToListAsync(cancel), .. last];
    }

    /// <summary>What the voucher that the case is about is called.</summary>
    internal static async Task<LocalizedText?> RewardOfAsync(PortalDb db, OpenCase open, CancellationToken cancel) =>
        Guid.TryParse(open.Case.Submission.RewardId, out var id)
            ? await db.Set<VoucherRow>().Where(v => v.Id == id && v.MemberId == open.Row.MemberId).Select(v => new LocalizedText(v.NameId, v.NameEn)).SingleOrDefaultAsync(cancel)
            : null;

    public static bool Names(PurchaseChoice purchase, string? named) => purchase.Reference == named || purchase.Id.ToString() == named;

    internal static async Task<IReadOnlyList<ThreadEntry>> ThreadAsync(PortalDb db, OpenCase open, CancellationToken cancel)
    {
        var id = open.Row.Id;
        var files = await db.Set<CaseAttachmentRow>().Where(a => a.CaseId == id)
            .Select(a => new CaseFile(a.Id, a.FileName, a.ContentType, a.Length)).ToDictionaryAsync(a => a.Id, cancel);
        IReadOnlyList<CaseFile> Of(IEnumerable<Guid> ids) => [.. ids.Where(files.ContainsKey).Select(f => files[f])];
        return
        [
            .. open.Case.History.Select(e => e switch
            {
                CaseSubmitted s => new ThreadEntry(s.At, Author.Customer, s.Text, Of(s.Attachments)),
                MessageAdded m => new(m.At, m.By.IsStaff ? Author.Staff : m.By.Kind == ActorKind.Customer ? Author.Customer : Author.Portal, m.Text, Of(m.Attachments)),
                _ => null,
            }).OfType<ThreadEntry>(),
        ];
    }

    private static IQueryable<PurchaseChoice> Choices(IQueryable<PurchaseRow> purchases) =>
        purchases.Select(p => new PurchaseChoice(p.Id, p.Reference, p.OccurredAt, p.Total, p.Currency, p.Store));

    private static IQueryable<RewardChoice> Choices(IQueryable<VoucherRow> vouchers) =>
        vouchers.Select(v => new RewardChoice(v.Id, v.Code, new LocalizedText(v.NameId, v.NameEn), v.IssuedAt));
}
