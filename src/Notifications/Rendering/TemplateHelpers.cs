using System.Globalization;
using HandlebarsDotNet;
using Notifications.Messages;

namespace Notifications.Rendering;

// A helper must not share its name with a value: Handlebars would take {{#if points}} for a call.
/// <summary>The words templates can use besides plain values: <c>greeting</c>, <c>money</c>, <c>inPoints</c>, <c>number</c>, <c>date</c>, <c>time</c>, <c>moment</c>, <c>button</c>, <c>showCode</c>, <c>lines</c>, <c>paragraphs</c>.</summary>
internal static class TemplateHelpers
{
    public static IHandlebars CreateEngine(Formats formats, string language, bool html)
    {
        var engine = Handlebars.Create(new HandlebarsConfiguration
        {
            NoEscape = !html,
            ThrowOnUnresolvedBindingExpression = true, // a misspelt value is found by a test, not by a customer
            FormatProvider = CultureInfo.InvariantCulture,
            TextEncoder = new HtmlEncoder(),
        });
        engine.RegisterHelper("number", (output, _, args) => output.Write(formats.Number(Number(args, 0))));
        engine.RegisterHelper("inPoints", (output, _, args) => output.Write(formats.Points((long)Number(args, 0))));
        engine.RegisterHelper("date", (output, _, args) => output.Write(formats.Date(Moment(args))));
        engine.RegisterHelper("time", (output, _, args) => output.Write(formats.Time(Moment(args))));
        engine.RegisterHelper("moment", (output, _, args) => output.Write(formats.Moment(Moment(args))));
        engine.RegisterHelper("money", (output, _, args) => output.Write(Money(formats, args)));
        engine.RegisterHelper("greeting", (output, _, args) => output.Write(Greeting(language, args[0] as string)));
        engine.RegisterHelper("button", (output, _, args) => output.WriteSafeString(Button(Text(args, 0), Text(args, 1), html)));
        engine.RegisterHelper("showCode", (output, _, args) => output.WriteSafeString(html ? $"<p class=\"code\">{Escape(Text(args, 0))}</p>" : Text(args, 0)));
        engine.RegisterHelper("lines", (output, _, args) => output.WriteSafeString(Lines(Text(args, 0), html)));
        engine.RegisterHelper("paragraphs", (output, _, args) => output.WriteSafeString(Paragraphs(Text(args, 0), html)));
        return engine;
    }

    private static decimal Number(Arguments args, int index) => Convert.ToDecimal(args[index], CultureInfo.InvariantCulture);

    private static string Text(Arguments args, int index) => Convert.ToString(args[index], CultureInfo.InvariantCulture) ?? "";

    private static DateTime Moment(Arguments args) => DateTime.Parse(
        Text(args, 0), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static string Money(Formats formats, Arguments args)
    {
        if (args[0] is not Dictionary<string, object?> money) throw new ArgumentException("The money helper needs an amount with its currency.");
        return formats.Money(
            Convert.ToDecimal(money["amount"], CultureInfo.InvariantCulture),
            (string)money["currency"]!,
            Convert.ToInt32(money["decimals"], CultureInfo.InvariantCulture));
    }

    private static string Greeting(string language, string? name)
    {
        var word = language == Languages.Indonesian ? "Halo" : "Hello";
        return name is null ? $"{word}," : $"{word} {name},";
    }

    // Only web links: a value can never become a javascript: link.
    private static string Button(string url, string label, bool html)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new ArgumentException("A link in a mail must be an absolute http or https address.");
        return html
            ? $"<p><a class=\"button\" href=\"{Escape(url)}\">{Escape(label)}</a></p>\n<p class=\"link\"><a href=\"{Escape(url)}\">{Escape(url)}</a></p>"
            : $"{label}:\n{url}";
    }

    private static string Lines(string text, bool html)
    {
        var lines = text.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        return html ? string.Join("<br>\n", lines.Select(Escape)) : string.Join('\n', lines.Select(l => "> " + l));
    }

    // An empty line begins a paragraph, a line end stays one.
    private static string Paragraphs(string text, bool html)
    {
        var parts = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(html ? "\n" : "\n\n", html ? parts.Select(part => $"<p>{Escape(part).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>") : parts);
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);
}
