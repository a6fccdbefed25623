namespace Notifications.Messages;

/// <summary>Guards every value that reaches a mail header.</summary>
public static class HeaderValue
{
    private const int MaxLength = 200;

    /// <summary>True when the text can stand in a header: no line break or other control character, of sensible length.</summary>
    public static bool IsSafe(string text) =>
        text.Length <= MaxLength && !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029') && !HasLoneSurrogate(text);

    /// <summary>The text itself when it is safe.</summary>
    /// <exception cref="ArgumentException">It holds a line break or another control character, or is too long.</exception>
    public static string Require(string text, string what) => IsSafe(text)
        ? text
        : throw new ArgumentException($"{what} must not hold line breaks or control characters and has at most {MaxLength} characters.");

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return true;
        }
        return false;
    }
}
