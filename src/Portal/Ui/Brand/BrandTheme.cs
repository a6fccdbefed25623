using System.Text;

namespace Portal.Ui.Brand;

/// <summary>All brand colours, derived from the two configured ones so that every text on or in them reads at 4.5:1 or better.</summary>
public sealed class BrandTheme
{
    private const double Readable = 4.5;

    // The grounds of tokens.css; a test holds both to the same values.
    internal static readonly Colour LightGround = Colour.Parse("#f4f6f4");
    internal static readonly Colour DarkGround = Colour.Parse("#0f1513");
    internal static readonly Colour DarkSurface = Colour.Parse("#1a231f");

    public BrandTheme(BrandOptions brand)
    {
        var primary = Colour.Parse(brand.Primary);
        var accent = Colour.Parse(brand.Accent);
        var soft = Colour.White.Mix(primary, 0.10);
        var light = primary.Until(Readable, Colour.Black, LightGround, soft);
        var deep = primary.Until(7, Colour.Black, Colour.White);
        var darkSoft = DarkSurface.Mix(primary, 0.22);
        var dark = primary.Until(5, primary.Bright, DarkGround, DarkSurface, darkSoft).Until(5, Colour.White, DarkGround, DarkSurface, darkSoft);
        Darkened = light == primary ? null : light;
        Css = Build(
            [
                ("brand", light), ("brand-on", light.Ink), ("brand-soft", soft), ("brand-line", Colour.White.Mix(primary, 0.35)),
                ("brand-deep", deep), ("brand-deeper", deep.Mix(Colour.Black, 0.3)), ("brand-deep-line", deep.Mix(Colour.White, 0.16)),
                ("accent", accent), ("accent-on", accent.Ink), ("accent-soft", Colour.White.Mix(accent, 0.18)),
                ("accent-ink", accent.Until(Readable, Colour.Black, LightGround, Colour.White.Mix(accent, 0.18))),
                ("accent-deep", accent.Until(Readable, Colour.White, deep)),
            ],
            [
                ("brand", dark), ("brand-on", dark.Ink), ("brand-soft", darkSoft), ("brand-line", DarkSurface.Mix(primary, 0.5)),
                ("accent-soft", DarkSurface.Mix(accent, 0.16)),
                ("accent-ink", accent.Until(Readable, Colour.White, DarkSurface, DarkSurface.Mix(accent, 0.16))),
            ]);
    }

    /// <summary>What stands in for a primary colour that could not be read on the page's ground; null when it could.</summary>
    public Colour? Darkened { get; }

    /// <summary>The text of <c>/brand.css</c>.</summary>
    public string Css { get; }

    private static string Build((string Name, Colour Value)[] light, (string Name, Colour Value)[] dark)
    {
        var css = new StringBuilder(":root{");
        foreach (var (name, value) in light)
            css.Append("--").Append(name).Append(':').Append(value).Append(';');
        css.Append("}@media (prefers-color-scheme:dark){:root{");
        foreach (var (name, value) in dark)
            css.Append("--").Append(name).Append(':').Append(value).Append(';');
        return css.Append("}}").ToString();
    }
}
