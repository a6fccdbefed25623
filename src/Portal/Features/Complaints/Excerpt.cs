namespace Portal.Features.Complaints;

/// <summary>The beginning of a text, for a list: ends at a word.</summary>
internal static class Excerpt
{
    /// <summary>At most so many characters, the ellipsis included.</summary>
    public static string Of(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var cut = text.LastIndexOfAny([' ', '\t', '\n', '\u00A0'], most - 1);
        // One word without end is cut inside, but never inside a character.
        if (cut < most / 2)
            cut = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..cut].TrimEnd().TrimEnd(',', ';', ':', '.', '-', '–') + "…";
    }
}
