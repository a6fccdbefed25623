using Notifications.Messages;

namespace Notifications.Templates;

/// <summary>The wording of one mail in one language. All four texts are Handlebars templates.</summary>
/// <param name="Key">Key of the template, for example <c>confirm-email</c>.</param>
/// <param name="Language"><c>id</c> or <c>en</c>.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Reason">Why this person gets the mail; stands in the footer.</param>
/// <param name="Text">The plain text body, without layout.</param>
/// <param name="Html">The HTML body, without layout.</param>
public sealed record MailTemplate(string Key, string Language, string Subject, string Reason, string Text, string Html)
{
    private const string TextMark = "=== text";
    private const string HtmlMark = "=== html";

    /// <summary>Reads a template file: lines <c>subject:</c> and <c>reason:</c>, then the sections <c>=== text</c> and <c>=== html</c>.</summary>
    /// <exception cref="FormatException">A part is missing.</exception>
    public static MailTemplate Parse(string key, string language, string file)
    {
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        var text = Array.IndexOf(lines, TextMark);
        var html = Array.IndexOf(lines, HtmlMark);
        if (text < 0 || html < text) throw Missing("sections '=== text' and '=== html'");
        return new(key, language, Field("subject: "), Field("reason: "), Join(lines[(text + 1)..html]), Join(lines[(html + 1)..]));

        string Field(string name) => lines[..text].FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim()
            ?? throw Missing($"line '{name}'");

        FormatException Missing(string what) => new($"Mail template '{key}.{language}' lacks the {what}.");

        static string Join(string[] part) => string.Join('\n', part).Trim('\n') + "\n";
    }
}

/// <summary>All templates a portal can send, both languages of each. Immutable; wording changed by staff is added with <see cref="With"/>.</summary>
public sealed class TemplateRegistry
{
    /// <summary>Key of the layout that surrounds every mail.</summary>
    public const string LayoutKey = "layout";

    private readonly Dictionary<(string Key, string Language), MailTemplate> _templates;

    private TemplateRegistry(Dictionary<(string, string), MailTemplate> templates) => _templates = templates;

    /// <summary>A registry of the given templates; the last of two with the same key and language wins.</summary>
    /// <exception cref="ArgumentException">A template exists in one language only.</exception>
    public static TemplateRegistry Of(IEnumerable<MailTemplate> templates)
    {
        var map = new Dictionary<(string, string), MailTemplate>();
        foreach (var template in templates) map[(template.Key, template.Language)] = template;
        foreach (var (key, _) in map.Keys.ToList())
        {
            foreach (var language in Languages.All.Where(l => !map.ContainsKey((key, l))))
                throw new ArgumentException($"Mail template '{key}' has no '{language}' version.", nameof(templates));
        }
        return new(map);
    }

    /// <summary>Keys of all mails, without the layout, in alphabetical order.</summary>
    public IEnumerable<string> Keys => _templates.Keys.Select(k => k.Key).Where(k => k != LayoutKey).Distinct().Order(StringComparer.Ordinal);

    /// <summary>A registry with some templates replaced or added.</summary>
    public TemplateRegistry With(IEnumerable<MailTemplate> templates) => Of(_templates.Values.Concat(templates));

    /// <summary>The wording of a mail in a language.</summary>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public MailTemplate Get(string key, string language) => _templates.TryGetValue((key, language), out var template)
        ? template
        : throw new KeyNotFoundException($"There is no mail template '{key}' in '{language}'.");
}
