using Notifications.Messages;
using Notifications.Rendering;
using Notifications.Templates;
using Portal.Platform.Mail;
using Portal.Rewarding.Messages;

namespace Portal.Features.Messages.Staff;

/// <summary>A text as a member would get it, with values that are made up.</summary>
internal sealed class MessageSamples(TemplateRegistry templates, MailSenders senders, Portal.Platform.PublicAddress address)
{
    public RenderedMail Render(MessageTextRow text, string language)
    {
        var indonesian = language == Languages.Indonesian;
        var values = new Dictionary<string, string>
        {
            ["programme"] = senders.Create().Company,
            ["points"] = indonesian ? "120 poin" : "120 points",
            ["balance"] = indonesian ? "1.250 poin" : "1,250 points",
            ["tier"] = indonesian ? "Perak" : "Silver",
            ["voucher"] = indonesian ? "Potongan 10%" : "10% off",
            ["voucher_code"] = "K7MX2PQ9AB",
            ["voucher_until"] = indonesian ? "Rabu, 30 September 2026" : "Wednesday, 30 September 2026",
            ["total"] = indonesian ? "Rp250.000" : "Rp250,000",
            ["amount"] = indonesian ? "Rp250.000" : "Rp250,000",
            ["years"] = "2",
            ["expiring_points"] = indonesian ? "300 poin" : "300 points",
            ["last_day"] = indonesian ? "Rabu, 30 September 2026" : "Wednesday, 30 September 2026",
            ["days"] = "60",
        };
        var (title, body) = RuleMessages.Filled(text, language, values);
        var to = new Recipient(EmailAddress.Parse("sari@example.com"), "Sari", language, "Asia/Jakarta");
        var home = address.Of("/home");
        var marketing = text.Purpose == MailPurpose.Marketing;
        var message = marketing
            ? OutboxMessage.Email(new(Guid.Empty), new RuleOfferMail(title, body, home, Guid.Empty, text.About), to, "preview", default)
            : OutboxMessage.Email(new(Guid.Empty), new RuleServiceMail(title, body, home), to, "preview", default);
        return new MailRenderer(templates, senders.Create()).Render(message, marketing ? address.Of("/unsubscribe/…") : null);
    }
}
