namespace RewardsEngine.Tests.Decisions;

public sealed class HowADecisionIsMadeTests
{
    private const string Begin = "<!-- worked cart: written by the engine -->\n";
    private const string End = "<!-- end of the worked cart -->";

    /// <summary>LOYALTY_WRITE_DOCS=1 writes the page anew after a change that is meant.</summary>
    [Fact]
    public void The_page_shows_what_the_engine_really_decides()
    {
        var file = Page();
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = text.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("LOYALTY_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, text[..from] + WorkedCart.Written() + text[to..]);
            return;
        }

        Assert.Equal(WorkedCart.Written(), text[from..to]);
    }

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "docs", "how-a-decision-is-made.md") is var file && File.Exists(file)) return file;
        throw new FileNotFoundException("docs/how-a-decision-is-made.md");
    }
}
