using System.Collections.Concurrent;
using HandlebarsDotNet;
using Notifications.Messages;
using Notifications.Templates;

namespace Notifications.Rendering;

/// <summary>Who sends: shown in every mail's head and foot.</summary>
/// <param name="Company">The company's name.</param>
/// <param name="Address">Postal address or other legal line; may be empty.</param>
/// <param name="PortalUrl">Address of the portal.</param>
/// <param name="PreferencesUrl">Page where a person chooses what they get.</param>
/// <param name="BrandColor">Colour of the head and the buttons, <c>#rrggbb</c>, dark enough for white text.</param>
public sealed record MailSender(string Company, string Address, string PortalUrl, string PreferencesUrl, string BrandColor = "#1f4d3a");

/// <summary>A mail ready to be put into MIME.</summary>
/// <param name="Subject">Safe for a header.</param>
/// <param name="Text">Plain text, never empty.</param>
/// <param name="Html">A whole HTML document.</param>
public sealed record RenderedMail(string Subject, string Text, string Html);

/// <summary>Fills templates with a message's model. Values are escaped in HTML, and a value that would break a header is refused.</summary>
public sealed class MailRenderer(TemplateRegistry templates, MailSender sender)
{
    private readonly ConcurrentDictionary<(string Language, string Zone, bool Html), IHandlebars> _engines = new();
    private readonly ConcurrentDictionary<(string Text, string Language, string Zone, bool Html), HandlebarsTemplate<object, object>> _compiled = new();

    /// <summary>Renders a stored message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="unsubscribeUrl">Page to unsubscribe from marketing mail; null for transactional mail.</param>
    /// <exception cref="ArgumentException">A value would break out of the subject line.</exception>
    public RenderedMail Render(OutboxMessage message, string? unsubscribeUrl = null) =>
        Render(message.Key.Template, message.To, message.ModelJson, unsubscribeUrl);

    /// <summary>Renders a template for a recipient; also used for previews.</summary>
    public RenderedMail Render(string templateKey, Recipient to, string modelJson, string? unsubscribeUrl = null)
    {
        var template = templates.Get(templateKey, to.Language);
        var layout = templates.Get(TemplateRegistry.LayoutKey, to.Language);
        var model = ModelReader.Read(modelJson);
        model["recipientName"] = to.Name;
        model["recipientAddress"] = to.Address.Value;
        model["company"] = sender.Company;
        model["companyAddress"] = sender.Address;
        model["portalUrl"] = sender.PortalUrl;
        model["preferencesUrl"] = sender.PreferencesUrl;
        model["brandColor"] = sender.BrandColor;
        model["unsubscribeUrl"] = unsubscribeUrl;

        var subject = HeaderValue.Require(Fill(template.Subject, html: false).Trim(), "The subject");
        model["mailSubject"] = subject;
        model["mailReason"] = Fill(template.Reason, html: false);
        var text = Wrap(layout.Text, Fill(template.Text, html: false), html: false);
        var html = Wrap(layout.Html, Fill(template.Html, html: true), html: true);
        return new(subject, Tidy(text), html);

        string Fill(string source, bool html) => Compile(source, to, html)(model);

        string Wrap(string source, string body, bool html)
        {
            model["mailBody"] = body;
            return Fill(source, html);
        }
    }

    private HandlebarsTemplate<object, object> Compile(string source, Recipient to, bool html) =>
        _compiled.GetOrAdd((source, to.Language, to.Zone, html), key => Engine(key.Language, key.Zone, key.Html).Compile(key.Text));

    private IHandlebars Engine(string language, string zone, bool html) =>
        _engines.GetOrAdd((language, zone, html), key => TemplateHelpers.CreateEngine(new Formats(key.Language, key.Zone), key.Language, key.Html));

    // Conditions leave empty lines behind; a reader should see at most one.
    private static string Tidy(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()).ToList();
        var kept = lines.Where((line, i) => line.Length > 0 || (i > 0 && lines[i - 1].Length > 0));
        return string.Join('\n', kept).Trim('\n') + "\n";
    }
}
