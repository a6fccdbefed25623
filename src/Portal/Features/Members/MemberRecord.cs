using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Merging;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using Portal.Rewarding.Segments;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Members;

/// <summary>A sale or refund of the member.</summary>
/// <param name="Decision">What was decided on it.</param>
public sealed record MemberPurchase(PurchaseKind Kind, string Reference, DateTime At, string? Store, string Currency, long Total, long Points, Guid? Decision);

/// <summary>Something else about which the rules were asked: joining, a birthday, a visit, an event of the company's own.</summary>
public sealed record MemberEvent(Guid Decision, string Type, LocalizedText? Name, string Reference, DateTime At, long Points);

/// <summary>A voucher of the member.</summary>
/// <param name="Decision">What issued it, where a rule did.</param>
public sealed record MemberVoucher(MyVoucher Voucher, Guid? Decision);

/// <summary>A movement of points.</summary>
/// <param name="Rule">The rule that gave them.</param>
/// <param name="Receipt">The receipt of the sale or refund behind it.</param>
/// <param name="Reason">What the person wrote who moved them by hand.</param>
public sealed record MemberMovement(DateTime At, TransferKind Kind, long Amount, LocalizedText? Rule, string? Receipt, string? Reason, string? By);

/// <summary>Another membership that became part of this one, or the one that this became part of.</summary>
public sealed record MemberMerge(MemberId ToId, string FromCard, DateTime At, string? By, string? Reason);

/// <summary>A mail sent or waiting.</summary>
public sealed record MemberMail(DateTime At, string Template, bool Sent);

/// <summary>What the member is worth.</summary>
/// <param name="Run">The last reckoning; null before the first.</param>
/// <param name="Sum">Null when nothing happened in its period.</param>
public sealed record MemberWorthRecord(SegmentRunRow? Run, MemberValueRow? Sum, IReadOnlyList<MemberSegmentRow> Segments);

/// <summary>Everything staff see of one member.</summary>
public sealed record MemberRecord(
    MemberRow Member, MemberPoints Points, IReadOnlyList<ConsentRow> Consents, IReadOnlyList<MemberPurchase> Purchases,
    IReadOnlyList<MemberEvent> Events, IReadOnlyList<MemberMovement> Movements, IReadOnlyList<MemberVoucher> Vouchers, int Complaints, IReadOnlyList<MemberMail> Mails,
    IReadOnlyList<MemberMerge> Merges, LocalizedText? Tier, MemberWorthRecord Worth);

/// <summary>Reads the page of one member.</summary>
public sealed class MemberRecords(IDbContextFactory<PortalDb> databases, PointsQuery points, MyVouchers vouchers, ProgrammeStore programmes)
{
    private const int Most = 20;

    /// <summary>Null when there is no such member.</summary>
    public async Task<MemberRecord?> FindAsync(MemberId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var member = await db.Set<MemberRow>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancel);
        if (member is null || await points.FindAsync(id, cancel) is not { } standing)
            return null;
        var purchases = await db.Set<PurchaseRow>().AsNoTracking().Where(p => p.MemberId == id).OrderByDescending(p => p.OccurredAt).Take(Most)
            .Select(p => new MemberPurchase(p.Kind, p.Reference, p.OccurredAt, p.Store, p.Currency, p.Total, p.Points,
                db.Set<ActivityRow>().Where(a => a.Type == (p.Kind == PurchaseKind.Sale ? ActivityTypes.Purchase : ActivityTypes.Refund) && a.Reference == p.Reference)
                    .Select(a => (Guid?)a.Id).FirstOrDefault())).ToListAsync(cancel);
        var rules = await programmes.CurrentAsync(db, cancel);
        return new(
            member, standing, await ConsentsAsync(db, id, cancel), purchases, await EventsAsync(db, id, rules.Programme, cancel), await MovementsAsync(db, id, rules, cancel), await VouchersAsync(db, id, cancel),
            await db.Set<CaseRow>().CountAsync(c => c.MemberId == id, cancel), await MailsAsync(db, member.Email, cancel),
            await MergesAsync(db, id, cancel), rules.Programme.Tiers.FirstOrDefault(t => t.Key == member.TierKey)?.Name, await WorthAsync(db, id, cancel));
    }

    private static async Task<IReadOnlyList<MemberEvent>> EventsAsync(PortalDb db, MemberId id, Programme programme, CancellationToken cancel)
    {
        var rows = await db.Set<ActivityRow>().AsNoTracking()
            .Where(a => a.MemberId == id && a.Type != ActivityTypes.Purchase && a.Type != ActivityTypes.Refund).OrderByDescending(a => a.OccurredAt).Take(Most)
            .Select(a => new { a.Id, a.Type, a.Reference, a.OccurredAt, a.Points }).ToListAsync(cancel);
        return [.. rows.Select(a => new MemberEvent(a.Id, a.Type, programme.CustomActivities.FirstOrDefault(c => ActivityTypes.CustomPrefix + c.Name == a.Type)?.Label, a.Reference, a.OccurredAt, a.Points))];
    }

    private async Task<IReadOnlyList<MemberVoucher>> VouchersAsync(PortalDb db, MemberId id, CancellationToken cancel)
    {
        var all = await vouchers.ListAsync(id, cancel);
        var causes = await db.Set<VoucherRow>().Where(v => v.MemberId == id).Select(v => new { v.Id, v.IssuedFor }).ToDictionaryAsync(v => v.Id, v => v.IssuedFor, cancel);
        var decisions = await DecisionIds.OfAsync(db, all.Select(v => causes[v.Id]), cancel);
        return [.. all.Select(v => new MemberVoucher(v, decisions.TryGetValue(causes[v.Id], out var decision) ? decision : null))];
    }

    private static async Task<MemberWorthRecord> WorthAsync(PortalDb db, MemberId id, CancellationToken cancel) => new(
        await db.Set<SegmentRunRow>().AsNoTracking().OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancel),
        await db.Set<MemberValueRow>().AsNoTracking().SingleOrDefaultAsync(v => v.MemberId == id, cancel),
        await db.Set<MemberSegmentRow>().AsNoTracking().Where(s => s.MemberId == id).OrderBy(s => s.Segment).ToListAsync(cancel));

    private static async Task<IReadOnlyList<MemberMerge>> MergesAsync(PortalDb db, MemberId id, CancellationToken cancel) =>
        await (
            from m in db.Set<MemberMergeRow>().AsNoTracking()
            where m.ToId == id || m.FromId == id
            join u in db.Users on m.By equals u.Id into people
            from person in people.DefaultIfEmpty()
            orderby m.At
            select new MemberMerge(m.ToId, m.FromCard, m.At, person == null ? null : person.Name, m.Reason)).ToListAsync(cancel);

    /// <summary>The newest word on each purpose.</summary>
    private static async Task<IReadOnlyList<ConsentRow>> ConsentsAsync(PortalDb db, MemberId id, CancellationToken cancel) =>
        [.. (await db.Set<ConsentRow>().AsNoTracking().Where(c => c.MemberId == id).OrderByDescending(c => c.At).ToListAsync(cancel)).DistinctBy(c => c.Purpose)];

    private static async Task<IReadOnlyList<MemberMovement>> MovementsAsync(PortalDb db, MemberId id, CompiledRuleSet rules, CancellationToken cancel)
    {
        TransferKind[] inner = [TransferKind.Qualify, TransferKind.Disqualify, TransferKind.RepayDebt];
        var rows = await db.Set<TransferRow>().AsNoTracking().Where(t => t.MemberId == id && !inner.Contains(t.Kind))
            .OrderByDescending(t => t.WalletVersion).ThenByDescending(t => t.Ordinal).Take(Most * 4).ToListAsync(cancel);
        var people = rows.Select(r => Guid.TryParse(r.Person, out var person) ? person : (Guid?)null).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
        var byId = rules.Source.Rules.ToDictionary(r => r.Id);
        return
        [
            // What one spending takes from several lots is one movement.
            .. rows.GroupBy(t => (t.Kind, t.EffectiveAt, t.Activity, t.RuleId, t.Reason)).Take(Most).Select(g => (Row: g.First(), Amount: g.Sum(t => t.Amount))).Select(m => Of(m.Row, m.Amount)),
        ];

        MemberMovement Of(TransferRow t, long amount) => new(t.EffectiveAt, t.Kind, amount,
            t.RuleId is { } rule ? byId.GetValueOrDefault(rule)?.Name ?? new(rule.Value, rule.Value) : null, ReceiptOf(t.Activity),
            t.Person is null ? null : t.Reason, Guid.TryParse(t.Person, out var by) ? names.GetValueOrDefault(by) : null);
    }

    private static string? ReceiptOf(string? activity) =>
        activity?.Split(':', 2) is [ActivityTypes.Purchase or ActivityTypes.Refund, var reference] ? reference : null;

    private static async Task<IReadOnlyList<MemberMail>> MailsAsync(PortalDb db, string? email, CancellationToken cancel) => email is null
        ? []
        : await db.Set<OutboxRow>().AsNoTracking().Where(m => m.Recipient == email).OrderByDescending(m => m.CreatedAt).Take(Most)
            .Select(m => new MemberMail(m.CreatedAt, m.Template, m.State == Notifications.Messages.DeliveryState.Sent)).ToListAsync(cancel);
}
