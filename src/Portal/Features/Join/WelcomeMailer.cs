using Microsoft.EntityFrameworkCore;
using Notifications.Templates;
using Portal.Data;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Ui;

namespace Portal.Features.Join;

/// <summary>Welcomes a member once the address is proven, with what the rules gave so far.</summary>
public sealed class WelcomeMailer(Outbox outbox, PublicAddress address, Format format)
{
    public async Task WriteAsync(PortalDb db, MemberAccount account, CancellationToken cancel)
    {
        var member = account.Row;
        if (outbox.To(member.Email, member.Name, member.Language) is not { } to)
            return;
        await db.SaveChangesAsync(cancel); // so that the vouchers of this very moment are found
        var vouchers = await db.Set<VoucherRow>().Where(v => v.MemberId == member.Id && v.State == VoucherState.Active)
            .OrderBy(v => v.ValidTo).Take(5).ToListAsync(cancel);
        var indonesian = member.Language.StartsWith("id", StringComparison.Ordinal);
        var wallet = account.Wallet;
        var model = new WelcomeMail(
            wallet.Available + wallet.Pending,
            wallet.Lots.Select(l => l.ExpiresAt).Where(e => e is not null).Min()?.AddTicks(-1), // the last moment they can be used
            [.. vouchers.Select(v => new MailVoucher(indonesian ? v.NameId : v.NameEn, v.Code, format.StartOfDay(v.ValidTo.AddDays(1)).AddMinutes(-1)))],
            address.Of("/home"));
        await outbox.AddAsync(db, to, model, $"welcome:{member.Id}", null, cancel);
    }
}
