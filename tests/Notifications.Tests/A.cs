using Notifications.Messages;
using Notifications.Rendering;
using Notifications.Templates;

namespace Notifications.Tests;

/// <summary>Builders.</summary>
internal static class A
{
    public static readonly DateTime Now = new(2026, 9, 17, 10, 0, 0, DateTimeKind.Utc); // Thursday, 17.00 WIB

    public static readonly MailSender Sender = new("Kopi Kita", "Jl. Melati 1, Jakarta", "https://kopi.example", "https://kopi.example/profile/mail");

    public static readonly MailFrom From = new(EmailAddress.Parse("portal@kopi.example"), "Kopi Kita");

    public static Recipient Recipient(string address = "sari@example.com", string? name = "Sari", string language = "id") =>
        new(EmailAddress.Parse(address), name, language, "Asia/Jakarta");

    public static OutboxMessage Message(string address = "sari@example.com", string language = "id", string eventId = "e-1", DateTime? expires = null, MailPurpose purpose = MailPurpose.Transactional) =>
        OutboxMessage.Email(new(Guid.CreateVersion7()), new ConfirmEmailMail("https://kopi.example/confirm?c=1", Now.AddDays(1)), Recipient(address, language: language), eventId, Now, expires)
            with
        { Purpose = purpose };

    public static MailRenderer Renderer() => Shared; // compiled templates are kept

    private static readonly MailRenderer Shared = new(StandardTemplates.Load(), Sender);

    public static WireMail Wire(OutboxMessage message) =>
        MimeWriter.Build(message, Renderer().Render(message), From, "kopi.example", Now, null);
}
