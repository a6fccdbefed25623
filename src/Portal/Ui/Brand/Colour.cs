using System.Globalization;

namespace Portal.Ui.Brand;

/// <summary>A colour with the arithmetic of WCAG 2.2: relative luminance and contrast.</summary>
public readonly record struct Colour(byte R, byte G, byte B)
{
    public static readonly Colour White = new(255, 255, 255);
    public static readonly Colour Black = new(0, 0, 0);

    /// <summary>Reads <c>#rrggbb</c>.</summary>
    public static Colour Parse(string hex) => new(
        byte.Parse(hex.AsSpan(1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        byte.Parse(hex.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        byte.Parse(hex.AsSpan(5, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public double Luminance => 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

    /// <summary>1 (the same) to 21 (black on white). Text needs 4.5.</summary>
    public double Contrast(Colour other)
    {
        var (high, low) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (high + 0.05) / (low + 0.05);
    }

    /// <summary>This colour with a share (0 to 1) of another.</summary>
    public Colour Mix(Colour other, double share) =>
        new(Blend(R, other.R, share), Blend(G, other.G, share), Blend(B, other.B, share));

    /// <summary>This colour, moved towards <paramref name="target"/> only as far as the contrast on every ground asks for.</summary>
    public Colour Until(double contrast, Colour target, params ReadOnlySpan<Colour> grounds)
    {
        for (var share = 0.0; share < 1; share += 0.02)
        {
            var candidate = Mix(target, share);
            if (candidate.Reaches(contrast, grounds))
                return candidate;
        }
        return target;
    }

    /// <summary>Black or white, whichever reads better on this colour; one of them always reaches 4.5.</summary>
    public Colour Ink => Contrast(White) >= Contrast(Black) ? White : Black;

    /// <summary>The same hue as a light, clear colour: what a dark brand colour becomes on a dark page without turning grey.</summary>
    public Colour Bright
    {
        get
        {
            var strongest = Math.Max(R, Math.Max(G, B));
            if (strongest == 0)
                return White;
            var factor = 225.0 / strongest;
            return new Colour(Scale(R, factor), Scale(G, factor), Scale(B, factor)).Mix(White, 0.3);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    private bool Reaches(double contrast, ReadOnlySpan<Colour> grounds)
    {
        foreach (var ground in grounds)
            if (Contrast(ground) < contrast)
                return false;
        return true;
    }

    private static byte Blend(byte from, byte to, double share) => (byte)Math.Round(from + (to - from) * share);

    private static byte Scale(byte channel, double factor) => (byte)Math.Clamp(channel * factor, 0, 255);

    private static double Linear(byte channel)
    {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
