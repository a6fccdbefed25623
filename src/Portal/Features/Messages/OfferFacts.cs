using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Notifications.Templates;
using Portal.Data;
using Portal.Features.Complaints;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Messages;
using Portal.Rewarding.Purchases;
using RewardsEngine.Values;

namespace Portal.Features.Messages;

/// <summary>Whether a member still wants advertising, and whether they are just complaining about what it praises.</summary>
internal sealed class OfferFacts : IMarketingFacts
{
    public async Task<(bool Wanted, bool ComplaintOpen)> OfAsync(PortalDb db, OutboxMessage message, CancellationToken cancel)
    {
        if (message.Key.Template != RuleOfferMail.Template)
            return (false, false);
        var offer = RuleOfferMail.Of(message);
        var id = new MemberId(offer.Person);
        var member = await db.Set<MemberRow>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancel);
        var wanted = member is { ClosedAt: null, MergedIntoId: null, Email: { } email } && RuleMessages.Agreed(member)
            && EmailAddress.TryParse(email, out var now) && now.Normalized == message.Key.Recipient; // agreed for this address, not for an earlier one
        var complaint = wanted && offer.About is { } sku && await db.Set<CaseRow>().AnyAsync(
            c => c.MemberId == id && c.IsOpen && db.Set<PurchaseRow>().Any(p => p.Id == c.PurchaseId && p.Lines.Any(l => l.Sku == sku)), cancel);
        return (wanted, complaint);
    }
}
