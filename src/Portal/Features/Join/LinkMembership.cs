using Microsoft.EntityFrameworkCore;
using Notifications.Templates;
using Portal.Data;
using Portal.Identity.Sessions;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Merging;
using Portal.Rewarding.Purchases;
using RewardsEngine.Values;

namespace Portal.Features.Join;

/// <summary>A membership from a till or an import that may be this person's.</summary>
public sealed record KnownMembership(MemberId Id, string CardCode, int Purchases, DateTime? LastPurchaseAt, long Points);

/// <summary>
/// Joins the membership somebody made on the web with the one a till or an import already knew. The known one stays, because
/// its history hangs on it; the person and everything of the fresh membership move there.
/// </summary>
public sealed class LinkMembership(
    Rewards rewarding, IDbContextFactory<PortalDb> databases, MergeMemberships merge, Outbox outbox, PublicAddress address)
{
    /// <summary>Unclaimed memberships with the address that this member has proven.</summary>
    public async Task<IReadOnlyList<KnownMembership>> FindByAddressAsync(MemberId member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var proven = await ProvenAddressAsync(db, member, cancel);
        return proven is null ? [] : await Show(db, Unclaimed(db, proven).Where(m => m.Email == proven && m.Id != member)).ToListAsync(cancel);
    }

    /// <summary>
    /// The unclaimed membership of a card. Needs a proven address of one's own, and refuses a card that the shop knows under
    /// another address. One refusal for every reason, so that codes cannot be sounded out.
    /// </summary>
    public async Task<Result<KnownMembership>> FindByCardAsync(MemberId member, string? typed, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await ProvenAddressAsync(db, member, cancel) is not { } proven)
            return new Refusal("link.unproven");
        if (CardCode.Parse(typed) is not { } code)
            return new Refusal("card.unknown", "Card");
        var found = await Show(db, Unclaimed(db, proven).Where(m => m.CardCode == code && m.Id != member)).SingleOrDefaultAsync(cancel);
        return found is not null ? found : new Refusal("card.unknown", "Card");
    }

    /// <summary>Links; the same checks once more, under lock. Sign-ins elsewhere end, because they name the membership that ended.</summary>
    /// <param name="user">The person.</param>
    /// <param name="mine">The fresh membership; ends.</param>
    /// <param name="known">The earlier one; stays.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="session">The sign-in at hand, which goes on.</param>
    public async Task<Result<Done>> HandleAsync(Guid user, MemberId mine, MemberId known, CancellationToken cancel, Guid? session = null)
    {
        await using var work = await rewarding.BeginAsync(cancel);
        // Always in the same order, so that two people cannot wait for each other.
        foreach (var id in new[] { mine, known }.OrderBy(m => m.Value))
            await work.FindAsync(id, cancel);
        var from = await work.FindAsync(mine, cancel);
        var to = await work.FindAsync(known, cancel);
        if (from?.Row.MergedIntoId == known && to?.Row.UserId == user)
            return default(Done); // sent twice
        if (from is null || to is null || from.Row.UserId != user || mine == known)
            return new Refusal("card.unknown");
        if (from.Row.EmailConfirmedAt is null)
            return new Refusal("link.unproven");
        if (!await Unclaimed(work.Db, from.Row.Email!).AnyAsync(m => m.Id == known, cancel))
            return new Refusal("card.unknown");
        await merge.HandleAsync(work, from, to, new(user, ByStaff: false, Reason: null), cancel);
        var purchases = await work.Db.Set<PurchaseRow>().CountAsync(p => p.MemberId == known && p.Kind == PurchaseKind.Sale, cancel);
        await MovePersonAsync(work, from.Row, to.Row, user, cancel);
        await work.Db.Set<SessionRow>().Where(s => s.UserId == user && s.Id != session && s.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, work.Now), cancel);
        if (outbox.To(to.Row.Email, to.Row.Name, to.Row.Language) is { } recipient)
            await outbox.AddAsync(work.Db, recipient, new LinkedMemberMail("•••• " + to.Row.CardCode[^4..], purchases, to.Wallet.Available - to.Wallet.Debt, address.Of("/transactions")), $"linked:{known}", null, cancel);
        await work.CommitAsync(cancel);
        return default(Done);
    }

    private static IQueryable<MemberRow> Unclaimed(PortalDb db, string proven) => db.Set<MemberRow>()
        .Where(m => m.UserId == null && m.ClosedAt == null && m.MergedIntoId == null && (m.Email == null || m.Email == proven));

    private static Task<string?> ProvenAddressAsync(PortalDb db, MemberId member, CancellationToken cancel) => db.Set<MemberRow>()
        .Where(m => m.Id == member && m.EmailConfirmedAt != null).Select(m => m.Email).SingleOrDefaultAsync(cancel);

    private static IQueryable<KnownMembership> Show(PortalDb db, IQueryable<MemberRow> members) =>
        members.OrderBy(m => m.JoinedAt).Take(5).Select(m => new KnownMembership(
            m.Id,
            m.CardCode,
            db.Set<PurchaseRow>().Count(p => p.MemberId == m.Id && p.Kind == PurchaseKind.Sale),
            db.Set<PurchaseRow>().Where(p => p.MemberId == m.Id && p.Kind == PurchaseKind.Sale).Max(p => (DateTime?)p.OccurredAt),
            db.Set<WalletRow>().Where(w => w.MemberId == m.Id).Select(w => w.Available + w.Pending - w.Debt).FirstOrDefault()));

    private static async Task MovePersonAsync(RewardingWork work, MemberRow from, MemberRow to, Guid user, CancellationToken cancel)
    {
        var email = from.Email;
        var confirmed = from.EmailConfirmedAt;
        to.Name = from.Name ?? to.Name;
        to.Language = from.Language;
        to.Phone = from.Phone ?? to.Phone;
        to.Birthday = from.Birthday ?? to.Birthday;
        to.Street = from.Street ?? to.Street;
        to.City = from.City ?? to.City;
        to.PostalCode = from.PostalCode ?? to.PostalCode;
        to.Interests = from.Interests ?? to.Interests;
        to.Company = from.Company ?? to.Company;
        to.CompanyTaxNumber = from.CompanyTaxNumber ?? to.CompanyTaxNumber;
        to.Consents = from.Consents;
        to.PreferredChannel = from.PreferredChannel ?? to.PreferredChannel;
        var number = from.ExternalNumber;
        MemberErasure.Erase(from);
        from.ExternalNumber = number; // a till that knows the person by it is led on
        await work.Db.SaveChangesAsync(cancel); // frees the user for the other row
        to.UserId = user;
        to.Email = email;
        to.EmailConfirmedAt = confirmed;
        to.ClaimedAt = work.Now;
        to.Version++;
        await work.Db.SaveChangesAsync(cancel);
    }
}
