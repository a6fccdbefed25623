using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Tests.Shared;

/// <summary>What came back: the status, where it came from, and the parsed document.</summary>
public sealed partial record HtmlPage(HttpStatusCode Status, Uri Url, string Html, IHtmlDocument Document)
{
    public string Path => Url.AbsolutePath;

    /// <summary>The words a reader sees, spaces folded.</summary>
    public string Text => Spaces().Replace(Document.Body?.TextContent ?? "", " ").Trim();

    public static async Task<HtmlPage> ReadAsync(HttpResponseMessage response, Uri url)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, url, html, new HtmlParser().ParseDocument(html));
    }

    /// <param name="nameOrSelector">The Blazor form name, or a CSS selector.</param>
    public IHtmlFormElement Form(string nameOrSelector)
    {
        var named = Document.Forms.FirstOrDefault(f =>
            f.QuerySelector("input[name='_handler']")?.GetAttribute("value") is { } handler
            && (handler == nameOrSelector || handler.EndsWith("." + nameOrSelector, StringComparison.Ordinal)));
        return named
            ?? (nameOrSelector.AsSpan().IndexOfAny(" .#[=") >= 0 || nameOrSelector == "form" ? Document.QuerySelector(nameOrSelector) as IHtmlFormElement : null)
            ?? throw new InvalidOperationException($"{Url} ({(int)Status}) has no form '{nameOrSelector}'; it says: {(Text.Length > 600 ? Text[..600] : Text)}");
    }

    public IElement Element(string selector) =>
        Document.QuerySelector(selector) ?? throw new InvalidOperationException($"{Url} ({(int)Status}) has nothing that matches '{selector}'.");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
