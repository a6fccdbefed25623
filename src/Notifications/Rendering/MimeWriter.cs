using System.Globalization;
using System.Text;
using Notifications.Messages;

namespace Notifications.Rendering;

/// <summary>The From address of one kind of mail.</summary>
/// <param name="Address">The mailbox.</param>
/// <param name="Name">The name shown, usually the company.</param>
public sealed record MailFrom(EmailAddress Address, string Name);

/// <summary>What marketing mail carries so that one click in the mail program unsubscribes (RFC 2369, RFC 8058).</summary>
/// <param name="ListId">Identity of the list, for example <c>offers.example.com</c>.</param>
/// <param name="Url">HTTPS address with the person's opaque token; POST unsubscribes, GET shows a page.</param>
public sealed record ListHeaders(string ListId, string Url);

/// <summary>A mail as it goes over the wire.</summary>
/// <param name="Id">The outbox row it came from.</param>
/// <param name="MessageId">The Message-ID with angle brackets; the same on every attempt.</param>
/// <param name="From">Envelope sender.</param>
/// <param name="To">Envelope recipient.</param>
/// <param name="Content">The whole message: ASCII, CRLF line ends, lines of at most 998 characters.</param>
public sealed record WireMail(OutboxId Id, string MessageId, EmailAddress From, EmailAddress To, byte[] Content);

/// <summary>Builds the MIME message: two alternatives, text first, both UTF-8 in quoted-printable. The same input gives the same bytes.</summary>
public static class MimeWriter
{
    private const string Crlf = "\r\n";

    /// <summary>Builds one message.</summary>
    /// <param name="message">The outbox message.</param>
    /// <param name="mail">Its rendered texts.</param>
    /// <param name="from">The From address for the message's purpose.</param>
    /// <param name="domain">Our domain, the right side of the Message-ID.</param>
    /// <param name="date">UTC; the Date header.</param>
    /// <param name="list">Required for marketing mail, refused for transactional mail.</param>
    /// <exception cref="ArgumentException">A header value is unsafe, the text is empty or the list headers do not fit the purpose.</exception>
    public static WireMail Build(OutboxMessage message, RenderedMail mail, MailFrom from, string domain, DateTime date, ListHeaders? list)
    {
        if (string.IsNullOrWhiteSpace(mail.Text)) throw new ArgumentException("A mail needs a text part.", nameof(mail));
        if (message.Purpose == MailPurpose.Marketing != list is not null)
            throw new ArgumentException("Marketing mail carries list headers, transactional mail does not.", nameof(list));

        var messageId = $"<{message.Id.Value:N}@{HeaderValue.Require(domain, "The mail domain")}>";
        var boundary = $"=_{message.Id.Value:N}";
        var text = new StringBuilder();
        Header(text, "Date", date.ToString("ddd, dd MMM yyyy HH':'mm':'ss '+0000'", CultureInfo.InvariantCulture));
        Header(text, "From", HeaderText.Mailbox(from.Name, from.Address));
        Header(text, "To", HeaderText.Mailbox(message.To.Name, message.To.Address));
        Header(text, "Subject", HeaderText.Unstructured("Subject", HeaderValue.Require(mail.Subject, "The subject")));
        Header(text, "Message-ID", messageId);
        if (message.Purpose == MailPurpose.Transactional) Header(text, "Auto-Submitted", "auto-generated");
        if (list is not null) ListFields(text, list);
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Language", message.To.Language);
        Header(text, "Content-Type", $"multipart/alternative;{Crlf} boundary=\"{boundary}\"");
        text.Append(Crlf);
        Part(text, boundary, "text/plain", mail.Text);
        Part(text, boundary, "text/html", mail.Html);
        text.Append("--").Append(boundary).Append("--").Append(Crlf);
        return new(message.Id, messageId, from.Address, message.To.Address, Encoding.ASCII.GetBytes(text.ToString()));
    }

    private static void ListFields(StringBuilder text, ListHeaders list)
    {
        // Plain http only on the machine itself, for trying the portal out.
        var isHttps = Uri.TryCreate(list.Url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
        if (!isHttps || list.Url.Any(c => c is <= ' ' or >= '\x7f' or '<' or '>'))
            throw new ArgumentException("The unsubscribe address must be one plain https address.", nameof(list));
        Header(text, "List-Id", $"<{HeaderValue.Require(list.ListId, "The list id")}>");
        Header(text, "List-Unsubscribe", $"<{list.Url}>");
        Header(text, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append(Crlf);

    private static void Part(StringBuilder text, string boundary, string type, string content)
    {
        text.Append("--").Append(boundary).Append(Crlf);
        Header(text, "Content-Type", $"{type}; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "quoted-printable");
        text.Append(Crlf).Append(QuotedPrintable.Encode(content)).Append(Crlf);
    }
}
