using System.Security.Cryptography;

namespace Portal.Rewarding;

/// <summary>
/// The code on a membership card: eleven random characters and a check character, from an alphabet without 0, O, 1 and I,
/// so that it can be read aloud. The check character finds every single mistyped character.
/// </summary>
public static class CardCode
{
    public const int Length = 12;
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string New() => WithCheck(RandomNumberGenerator.GetString(Alphabet, Length - 1));

    /// <summary>Completes eleven characters of the alphabet, for codes that must come out the same every time.</summary>
    public static string WithCheck(string body) => body + Alphabet[(Alphabet.Length - Sum(body, doubleLast: true)) % Alphabet.Length];

    /// <summary>The code as stored, from what somebody typed (any case, spaces or dashes); null when it cannot be one.</summary>
    public static string? Parse(string? typed)
    {
        if (typed is null || typed.Length > 40)
            return null;
        var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return code.Length == Length && code.All(Alphabet.Contains) && Sum(code, doubleLast: false) == 0 ? code : null;
    }

    /// <summary>As people read it: three groups of four.</summary>
    public static string Display(string code) => code.Length == Length ? $"{code[..4]} {code[4..8]} {code[8..]}" : code;

    // Luhn's sum over an alphabet of 32.
    private static int Sum(string code, bool doubleLast)
    {
        var sum = 0;
        var twice = doubleLast;
        for (var i = code.Length - 1; i >= 0; i--, twice = !twice)
        {
            var value = Alphabet.IndexOf(code[i], StringComparison.Ordinal) * (twice ? 2 : 1);
            sum += value / Alphabet.Length + value % Alphabet.Length;
        }
        return sum % Alphabet.Length;
    }
}
