using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Mail;

namespace Tests.Shared;

/// <summary>A mail that the portal sent, read from its mail folder.</summary>
public sealed record SentMail(string Id, string From, string To, string Subject, string Text, string Html)
{
    /// <summary>The first link to this part of the portal.</summary>
    public string Link(string path) =>
        Text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(w => Uri.TryCreate(w, UriKind.Absolute, out var link) && link.AbsolutePath.StartsWith(path, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"The mail '{Subject}' has no link to {path}: {Text}");
}

public static class Mails
{
    /// <summary>Every mail sent so far to one address, newest first.</summary>
    public static IReadOnlyList<SentMail> MailsTo(this PortalServer server, string address) =>
        [.. server.Services.GetRequiredService<Mailbox>().List()
            .Where(m => m.To.Contains(address, StringComparison.OrdinalIgnoreCase))
            .Select(m => new SentMail(m.Id, m.From, m.To, m.Subject, m.Text, m.Html))];

    /// <summary>Waits for a mail, which a job sends soon after the change it speaks of.</summary>
    /// <param name="which">Which one; null: any.</param>
    public static async Task<SentMail> MailToAsync(this PortalServer server, string address, Func<SentMail, bool>? which, CancellationToken cancel)
    {
        for (var waited = 0; waited < 300; waited++)
        {
            if (server.MailsTo(address).FirstOrDefault(which ?? (_ => true)) is { } mail)
                return mail;
            await Task.Delay(100, cancel);
        }
        throw new TimeoutException($"No such mail to {address} within 30 s; there are: {string.Join(", ", server.MailsTo(address).Select(m => m.Subject))}");
    }
}
