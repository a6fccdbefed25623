using System.Text;
using System.Text.RegularExpressions;

namespace Complaints.Desk;

/// <summary>A placeholder that does not exist, and where it stands.</summary>
/// <param name="Position">The first character, from 0.</param>
/// <param name="Name">What was written between the braces.</param>
public sealed record UnknownPlaceholder(int Position, string Name);

/// <summary>Prepared answers with places to fill in: <c>{name}</c>.</summary>
public static partial class CannedText
{
    /// <summary>The places that exist.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["name", "reference", "agent", "team", "date", "company"];

    /// <summary>Placeholders that would reach the customer as they are written.</summary>
    public static IReadOnlyList<UnknownPlaceholder> Unknown(string text) =>
        [.. Places().Matches(text).Where(m => !Placeholders.Contains(m.Groups[1].Value)).Select(m => new UnknownPlaceholder(m.Index, m.Groups[1].Value))];

    /// <summary>The text with its places filled in. What is not known yet stays as a visible gap, so that nobody sends half a sentence unseen.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values)
    {
        var filled = new StringBuilder();
        var at = 0;
        foreach (Match place in Places().Matches(text))
        {
            filled.Append(text, at, place.Index - at);
            filled.Append(values.GetValueOrDefault(place.Groups[1].Value) is { Length: > 0 } value ? value : "…");
            at = place.Index + place.Length;
        }
        return filled.Append(text, at, text.Length - at).ToString();
    }

    [GeneratedRegex(@"\{([^{}\r\n]*)\}")]
    private static partial Regex Places();
}
