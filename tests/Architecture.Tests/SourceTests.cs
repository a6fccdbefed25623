using System.Text.RegularExpressions;

namespace Architecture.Tests;

public sealed partial class SourceTests
{
    /// <summary>Files that are long for a reason.</summary>
    private static readonly IReadOnlyDictionary<string, string> LongForAReason = new Dictionary<string, string>
    {
    };

    [Fact]
    public void No_file_is_longer_than_300_lines_without_a_reason()
    {
        var files = SourceFiles.All("src", ".cs", ".razor", ".css", ".js").Concat(SourceFiles.All("tests", ".cs")).ToList();

        Violations.None("Longer than 300 lines:", files
            .Where(f => f.Lines > 300 && !LongForAReason.ContainsKey(f.Path))
            .Select(f => $"{f.Path} ({f.Lines})"));
        Violations.None("No longer long, or gone; take them off the list:", LongForAReason.Keys
            .Where(k => files.All(f => f.Path != k || f.Lines <= 300)));
    }

    [Fact]
    public void No_page_carries_an_inline_script_or_handler() =>
        Violations.None("The content security policy stops these:", SourceFiles.All("src/Portal", ".razor", ".html")
            .Where(f => InlineScript().IsMatch(f.Code))
            .Select(f => $"{f.Path}: {InlineScript().Match(f.Code).Value}"));

    [Fact]
    public void No_customer_page_carries_an_inline_style() =>
        Violations.None("The content security policy stops these:", SourceFiles.All("src/Portal", ".razor")
            .Where(f => !f.Path.Contains("/Staff/", StringComparison.Ordinal) && InlineStyle().IsMatch(f.Code))
            .Select(f => $"{f.Path}: {InlineStyle().Match(f.Code).Value}"));

    [Fact]
    public void No_page_asks_another_server_for_anything() =>
        Violations.None("Styles, scripts, fonts and pictures come from the portal itself:", SourceFiles.All("src/Portal", ".razor", ".css", ".js")
            .Where(f => ForeignRequest().IsMatch(f.Code))
            .Select(f => $"{f.Path}: {ForeignRequest().Match(f.Code).Value}"));

    // @onclick and OnClick are Blazor's; onclick= is script in the page.
    [GeneratedRegex(@"<script(?![^>]*\bsrc=)[^>]*>|(?<=[\s""'])(?-i:on[a-z]+)\s*=\s*[""']|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"<[a-zA-Z][^<>]*\sstyle\s*=|<style[\s>]")]
    private static partial Regex InlineStyle();

    [GeneratedRegex(@"(src|srcset)=""https?://|<link[^>]*href=""https?://|url\(\s*[""']?https?://|@import\s+[""']https?://|(fetch|import)\(\s*[""']https?://")]
    private static partial Regex ForeignRequest();
}
