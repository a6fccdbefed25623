using System.Text;
using Microsoft.AspNetCore.Mvc;
using Notifications.Sending;

namespace Portal.Platform.Mail;

/// <summary>The mail folder as a mailbox, for people trying the portal without a mail server. Exists in Development only.</summary>
internal sealed class Mailbox(MailOptions mail)
{
    private const int Most = 200;

    /// <summary>False when a relay takes the mail.</summary>
    public bool IsUsed => mail.Host.Length == 0;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<EmlFile> List() => Directory.Exists(mail.Folder)
        ? [.. new DirectoryInfo(mail.Folder).EnumerateFiles("*.eml").OrderByDescending(f => f.LastWriteTimeUtc).Take(Most).Select(f => EmlFile.Read(f.FullName))]
        : [];

    /// <summary>One mail, or null. The id is a Guid, so it cannot name another file.</summary>
    public EmlFile? Find(Guid id)
    {
        var path = Path.Combine(mail.Folder, $"{id:N}.eml");
        return File.Exists(path) ? EmlFile.Read(path) : null;
    }
}

internal static class MailboxEndpoints
{
    // A mail is other people's words: no script, no request to anywhere, its own origin; links open beside.
    private const string Csp = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    public static void MapMailbox(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            return;
        app.MapGet("/dev/mailbox/{id:guid}/html", ([FromRoute] Guid id, [FromServices] Mailbox mailbox, HttpContext context) =>
        {
            if (mailbox.Find(id) is not { } letter)
                return Results.NotFound();
            context.Response.Headers.ContentSecurityPolicy = Csp;
            context.Response.Headers.XFrameOptions = "SAMEORIGIN";
            return Results.Text(letter.Html.Replace("<head>", "<head><base target=\"_blank\">", StringComparison.Ordinal), "text/html", Encoding.UTF8);
        }).AllowAnonymous();
    }
}
