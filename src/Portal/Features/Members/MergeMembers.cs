using Microsoft.EntityFrameworkCore;
using Notifications.Templates;
using Portal.Data;
using Portal.Features.Complaints;
using Portal.Identity.Sessions;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Merging;
using Portal.Rewarding.Purchases;
using RewardsEngine.Values;

namespace Portal.Features.Members;

/// <summary>One of two memberships that may be the same person's.</summary>
public sealed record MergeSide(
    MemberId Id, string? Name, string? Email, string? Phone, string CardCode, string? Number, string Tier, DateTime JoinedAt, bool SignsIn,
    long Available, long Pending, long Held, long Debt, long Qualifying, int Purchases, int Vouchers, int Complaints);

/// <summary>A manager joins two memberships of one person: shown first, with a reason, and kept for good in <c>member_merges</c>.</summary>
public sealed class MergeMembers(
    Portal.Rewarding.Rewards rewards, IDbContextFactory<PortalDb> databases, MergeMemberships merge, Outbox outbox, PublicAddress address)
{
    public const int ReasonLength = 300;

    /// <summary>Null when there is no such membership, or it has ended.</summary>
    public async Task<MergeSide?> SideAsync(MemberId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await (
            from m in db.Set<MemberRow>().AsNoTracking()
            where m.Id == id && m.ClosedAt == null
            join w in db.Set<WalletRow>() on m.Id equals w.MemberId
            select new MergeSide(
                m.Id, m.Name, m.Email, m.Phone, m.CardCode, m.ExternalNumber, m.TierKey, m.JoinedAt, m.UserId != null,
                w.Available, w.Pending, w.Held, w.Debt, w.Qualifying,
                db.Set<PurchaseRow>().Count(p => p.MemberId == id),
                db.Set<VoucherRow>().Count(v => v.MemberId == id && v.State == VoucherState.Active),
                db.Set<CaseRow>().Count(c => c.MemberId == id))).SingleOrDefaultAsync(cancel);
    }

    /// <summary>The other membership, from its card, number or email as typed. Null when not exactly one fits.</summary>
    public async Task<MemberId?> FindAsync(string? typed, CancellationToken cancel)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length == 0)
            return null;
        var (card, lower) = (CardCode.Parse(text), text.ToLowerInvariant());
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await db.Set<MemberRow>().Where(m => m.ClosedAt == null && (m.CardCode == card || m.ExternalNumber == text || m.Email == lower))
            .OrderBy(m => m.JoinedAt).Select(m => m.Id).Take(2).ToListAsync(cancel);
        return found is [var only] ? only : null;
    }

    /// <param name="from">Ends.</param>
    /// <param name="to">Stays; of the person's data its own words win.</param>
    /// <param name="reason">Kept with the merge.</param>
    /// <param name="by">The member of staff.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<Result<Done>> HandleAsync(MemberId from, MemberId to, string? reason, Guid by, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > ReasonLength)
            return new Refusal("reason", "Reason", ReasonLength);
        if (from == to)
            return new Refusal("merge.same", "Other");
        await using var work = await rewards.BeginAsync(cancel);
        // Always in the same order, so that two people cannot wait for each other.
        foreach (var id in new[] { from, to }.OrderBy(m => m.Value))
            await work.FindAsync(id, cancel);
        if (await work.FindAsync(from, cancel) is not { } old || await work.FindAsync(to, cancel) is not { } kept)
            return new Refusal("member.unknown", "Other");
        if (old.Row.MergedIntoId == to)
            return default(Done); // sent twice
        if (old.Row.ClosedAt is not null || kept.Row.ClosedAt is not null)
            return new Refusal("member.closed", "Other");
        var user = old.Row.UserId;
        if (user is not null && await work.Db.UserRoles.AnyAsync(r => r.UserId == user, cancel))
            return new Refusal("merge.staff", "Other");

        var row = await merge.HandleAsync(work, old, kept, new(by, ByStaff: true, reason.Trim()), cancel);
        await MovePersonAsync(work, old.Row, kept.Row, user, cancel);
        if (kept.Row.EmailConfirmedAt is not null && outbox.To(kept.Row.Email, kept.Row.Name, kept.Row.Language) is { } recipient)
        {
            await outbox.AddAsync(work.Db, recipient, new LinkedMemberMail(
                "•••• " + kept.Row.CardCode[^4..], row.Purchases, kept.Wallet.Balance, address.Of("/transactions")), $"merged:{from}", null, cancel);
        }
        await work.CommitAsync(cancel);
        return default(Done);
    }

    private static async Task MovePersonAsync(RewardingWork work, MemberRow from, MemberRow to, Guid? user, CancellationToken cancel)
    {
        var takesUser = user is not null && to.UserId is null;
        var (email, confirmed, claimed, number) = (from.Email, from.EmailConfirmedAt, from.ClaimedAt, from.ExternalNumber);
        to.Name ??= from.Name;
        to.Phone ??= from.Phone;
        to.Birthday ??= from.Birthday;
        to.Street ??= from.Street;
        to.City ??= from.City;
        to.PostalCode ??= from.PostalCode;
        to.Interests ??= from.Interests;
        to.Company ??= from.Company;
        to.CompanyTaxNumber ??= from.CompanyTaxNumber;
        to.PreferredChannel ??= from.PreferredChannel;
        if (takesUser)
            (to.Consents, to.Language) = (from.Consents, from.Language); // what the person said themselves
        MemberErasure.Erase(from);
        from.ExternalNumber = number; // a till that knows the person by it is led on
        await work.Db.SaveChangesAsync(cancel); // frees the user for the other row
        if (takesUser || to.Email is null)
            (to.Email, to.EmailConfirmedAt) = (email, confirmed);
        if (user is null)
            return;
        if (takesUser)
        {
            (to.UserId, to.ClaimedAt) = (user, to.ClaimedAt ?? claimed);
            // Open sign-ins name the membership that ended.
            await work.Db.Set<SessionRow>().Where(s => s.UserId == user && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, work.Now), cancel);
            return;
        }
        work.Db.Remove(await work.Db.Users.SingleAsync(u => u.Id == user, cancel)); // one person, one sign-in
    }
}
