using Notifications.Rendering;
using Notifications.Sending;
using Portal.Ui.Brand;

namespace Portal.Platform.Mail;

/// <summary>Who signs the portal's mail: the brand.</summary>
internal sealed class MailSenders(BrandOptions brand, MailOptions mail, PublicAddress address)
{
    private const double Readable = 4.5;

    /// <summary>Known once the server listens, because links need its address.</summary>
    public MailSender Create() => new(
        brand.Name, mail.PostalAddress, address.Base, address.Of("/profile"),
        Colour.Parse(brand.Primary).Until(Readable, Colour.Black, Colour.White).ToString());
}
