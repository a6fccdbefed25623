using Complaints.Cases;
using Complaints.Timing;
using Complaints.Views;
using Insight.Value;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Thread;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using Portal.Rewarding.Segments;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Features.Complaints.Staff;

/// <summary>What the customer is worth to the company; beside the case, never against the customer.</summary>
public sealed record CustomerValue(string? Name, string? Email, string? Phone, LocalizedText? Tier, DateTime JoinedAt, long Purchases, long Total, long Complaints, MemberId Id, long? Value, string? Segment);

/// <summary>An internal note.</summary>
public sealed record CaseNote(DateTime At, string By, string Text);

/// <summary>One line of the case's record for staff.</summary>
public sealed record RecordLine(DateTime At, string By, CaseEvent Event);

/// <summary>Points that the case gave.</summary>
public sealed record CaseBooking(Guid Decision, DateTime At, long Points);

/// <summary>A case as staff see it.</summary>
/// <param name="PurchaseDecision">What was decided on the purchase it is about.</param>
public sealed record DeskView(
    CaseRow Row, Case Case, CaseSummary Summary, IReadOnlyList<ClockReading> Clocks, IReadOnlyList<ThreadEntry> Thread, IReadOnlyList<CaseNote> Notes,
    IReadOnlyList<RecordLine> Record, CustomerValue? Customer, string? PurchaseReference, Guid? PurchaseDecision, IReadOnlyList<CaseBooking> Bookings, LocalizedText? Reward, string? Assignee, IReadOnlySet<CaseStep> Steps, ServicePolicy Policy,
    IReadOnlyList<Colleague> Colleagues, IReadOnlyDictionary<string, string> Drafts, DeskSurroundings More, string? Follows);

/// <summary>Reads one case for the desk.</summary>
internal sealed class DeskCase(IDbContextFactory<PortalDb> databases, CaseBook book, ReadSurroundings more, ProgrammeStore programmes, TimeProvider time)
{
    public async Task<DeskView?> FindAsync(string reference, Actor me, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await book.ReadAsync(db, new StaffDoor(reference).Of(db.Set<CaseRow>()), cancel) is not { } open)
            return null;
        var now = time.UtcNow();
        var clocks = open.Clocks(now);
        var names = await NamesAsync(db, open, cancel);
        string By(Actor actor) => actor.IsStaff ? names.GetValueOrDefault(actor.Id, "–") : actor.RecordedBy is { } staff ? names.GetValueOrDefault(staff, "–") : "";
        var purchase = open.Row.PurchaseId is { } id
            ? await db.Set<PurchaseRow>().Where(p => p.Id == id).Select(p => new { p.Kind, p.Reference }).SingleOrDefaultAsync(cancel)
            : null;
        var about = purchase is null ? null : DecisionIds.Cause(purchase.Kind == PurchaseKind.Sale ? ActivityTypes.Purchase : ActivityTypes.Refund, purchase.Reference);
        var decided = await DecisionIds.OfAsync(db, about is null ? [] : [about], cancel);
        return new(open.Row, open.Case, CaseSummary.For(open.Case, clocks, open.Rules.Policy, open.Rules.Calendar, now), clocks,
            await MergedThreads.WithAsync(db, open, book, await CustomerCases.ThreadAsync(db, open, cancel), cancel),
            [.. open.Case.History.OfType<NoteAdded>().Reverse().Select(n => new CaseNote(n.At, By(n.By), n.Text))],
            [.. open.Case.History.Reverse().Where(e => e is not (MessageAdded or NoteAdded or ClockStopped)).Select(e => new RecordLine(e.At, By(e.By), e))],
            await CustomerAsync(db, open.Row.MemberId, cancel), purchase?.Reference, about is not null && decided.TryGetValue(about, out var decision) ? decision : null, await BookingsAsync(db, open, cancel), await CustomerCases.RewardOfAsync(db, open, cancel), open.Case.Assignee is { } has ? names.GetValueOrDefault(has, "–") : null,
            CaseProcess.StepsFor(open.Case.State, me.Kind).ToHashSet(), open.Rules.Policy,
            await CaseViewers.OthersAsync(db, open.Row.Id, Guid.Parse(me.Id), now, cancel), await CaseDrafts.OfAsync(db, open.Row.Id, me.Id, cancel), await more.OfAsync(db, open, clocks, now, cancel),
            await CustomerCases.FollowsAsync(db, open, cancel));
    }

    /// <summary>An erased case leads to nobody.</summary>
    private static async Task<IReadOnlyList<CaseBooking>> BookingsAsync(PortalDb db, OpenCase open, CancellationToken cancel)
    {
        var rounds = Enumerable.Range(1, open.Case.History.Count(e => e is RemedyDelivered)).Select(round => Compensation.ReferenceOf(open.Row.Reference, round)).ToList();
        return rounds.Count == 0 || open.Row.ErasedAt is not null
            ? []
            : await db.Set<ActivityRow>().Where(a => a.Type == ActivityTypes.ComplaintResolved && rounds.Contains(a.Reference)).OrderBy(a => a.RecordedAt)
                .Select(a => new CaseBooking(a.Id, a.RecordedAt, a.Points)).ToListAsync(cancel);
    }

    private static async Task<Dictionary<string, string>> NamesAsync(PortalDb db, OpenCase open, CancellationToken cancel)
    {
        var ids = open.Case.History.SelectMany(e => new[] { e.By.IsStaff ? e.By.Id : null, e.By.RecordedBy, (e as CaseAssigned)?.Assignee, (e as CaseRouted)?.Assignee })
            .OfType<string>().Select(i => Guid.TryParse(i, out var id) ? id : Guid.Empty).Where(i => i != Guid.Empty).Distinct().ToList();
        return await db.Set<User>().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id.ToString(), u => u.Name, cancel);
    }

    private async Task<CustomerValue?> CustomerAsync(PortalDb db, MemberId? member, CancellationToken cancel)
    {
        if (member is not { } id)
            return null;
        var m = await db.Set<MemberRow>().AsNoTracking().SingleAsync(m => m.Id == id, cancel);
        var n = await db.Set<MemberCounterRow>().AsNoTracking().SingleOrDefaultAsync(n => n.MemberId == id, cancel);
        var tier = m.TierKey.Length > 0 ? (await programmes.CurrentAsync(db, cancel)).Programme.Tiers.FirstOrDefault(t => t.Key == m.TierKey)?.Name : null;
        var value = await db.Set<MemberValueRow>().Where(v => v.MemberId == id).Select(v => (long?)v.Value).SingleOrDefaultAsync(cancel);
        var segment = await db.Set<MemberSegmentRow>().Where(s => s.MemberId == id && SegmentKeys.All.Contains(s.Segment)).MaxAsync(s => s.Segment, cancel);
        return new(m.Name, m.Email, m.Phone, tier, m.JoinedAt, n?.Purchases ?? 0, n?.PurchaseTotal ?? 0, n?.Complaints ?? 0, id, value, segment);
    }
}
