using System.Text.RegularExpressions;
using Portal.Ui;
using Portal.Ui.Brand;
using Tests.Shared;

namespace Portal.Tests.Ui;

public sealed partial class BrandTests
{
    public static TheoryData<string, string> Brands => new()
    {
        { "#0b5d4b", "#f2a93b" }, { "#ffd400", "#ff0000" }, { "#ffffff", "#000000" }, { "#000000", "#ffffff" },
        { "#7fdbff", "#39cccc" }, { "#808080", "#808080" }, { "#e30613", "#ffed00" },
    };

    [Theory, MemberData(nameof(Brands))]
    public void Whatever_the_brand_every_text_in_its_colours_can_be_read(string primary, string accent)
    {
        var css = new BrandTheme(new() { Primary = primary, Accent = accent }).Css;
        var light = Read(css[..css.IndexOf("@media", StringComparison.Ordinal)]);
        var dark = Read(css[css.IndexOf("@media", StringComparison.Ordinal)..]);

        Assert.All(
            new[]
            {
                (light["brand"], BrandTheme.LightGround), (light["brand"], Colour.White), (light["brand"], light["brand-soft"]),
                (light["brand-on"], light["brand"]), (Colour.White, light["brand-deep"]), (light["accent-deep"], light["brand-deep"]),
                (light["accent-on"], light["accent"]), (light["accent-ink"], light["accent-soft"]),
                (dark["brand"], BrandTheme.DarkGround), (dark["brand"], BrandTheme.DarkSurface), (dark["brand"], dark["brand-soft"]),
                (dark["brand-on"], dark["brand"]), (dark["accent-ink"], dark["accent-soft"]),
            },
            pair => Assert.True(pair.Item1.Contrast(pair.Item2) >= 4.5, $"{pair.Item1} on {pair.Item2} is {pair.Item1.Contrast(pair.Item2):0.00}"));
    }

    [Fact]
    public void A_readable_brand_colour_is_left_alone_and_a_pale_one_is_darkened()
    {
        Assert.Null(new BrandTheme(new()).Darkened);
        Assert.NotNull(new BrandTheme(new() { Primary = "#ffd400" }).Darkened);
    }

    [Fact]
    public void The_grounds_that_contrast_is_checked_on_are_those_of_the_style_sheet()
    {
        var css = File.ReadAllText(Repository.Path("src/Portal/wwwroot/css/tokens.css"));

        Assert.Contains($"--ground: {BrandTheme.LightGround};", css, StringComparison.Ordinal);
        Assert.Contains($"--ground: {BrandTheme.DarkGround};", css, StringComparison.Ordinal);
        Assert.Contains($"--surface: {BrandTheme.DarkSurface};", css, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_icon_that_a_page_asks_for_is_there()
    {
        var sources = Directory.EnumerateFiles(Repository.Path("src/Portal"), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();
        var asked = sources.SelectMany(s => IconUse().Matches(s)).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.Empty(asked.Except(IconSet.Names));
    }

    private static Dictionary<string, Colour> Read(string css) =>
        Property().Matches(css).ToDictionary(m => m.Groups[1].Value, m => Colour.Parse(m.Groups[2].Value));

    [GeneratedRegex("--([a-z-]+):(#[0-9a-f]{6})")]
    private static partial Regex Property();

    [GeneratedRegex("(?:<Icon Name|Icon)=\"([a-z0-9-]+)\"")]
    private static partial Regex IconUse();
}
