namespace Complaints.Cases;

/// <summary>
/// The number of a case, made to be read aloud: two groups of four out of 31 letters and digits, without O, 0, I, 1
/// and U. The last character checks the others: one wrong character and two exchanged ones are always noticed.
/// </summary>
public static class CaseReference
{
    /// <summary>The characters, in the order of their values.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTVWXYZ";

    private const int Length = 8;

    // 31 is prime and no two weights are equal modulo 31: hence every single error and every exchange is noticed.
    private const int Modulus = 31;

    /// <summary>Makes a reference, <c>ABCD-EFGH</c>, from chance given by the caller (27 thousand million different ones).</summary>
    public static string From(ulong chance)
    {
        Span<char> text = stackalloc char[Length];
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
        {
            var value = (int)(chance % Modulus);
            chance /= Modulus;
            text[i] = Alphabet[value];
            sum += value * (i + 2);
        }
        text[^1] = Alphabet[(Modulus - sum % Modulus) % Modulus];
        return Written(text);
    }

    /// <summary>Reads what a person typed: small letters, blanks and dashes do not matter.</summary>
    /// <returns>False when it cannot be a reference.</returns>
    public static bool TryParse(string? text, out string reference)
    {
        reference = "";
        Span<char> bare = stackalloc char[Length];
        var (count, sum) = (0, 0);
        foreach (var character in (text ?? "").ToUpperInvariant())
        {
            if (character is ' ' or '-' or '.' or '\u2011') continue;
            var value = Alphabet.IndexOf(character);
            if (value < 0 || count == Length) return false;
            sum += value * (count == Length - 1 ? 1 : count + 2);
            bare[count++] = character;
        }
        if (count != Length || sum % Modulus != 0) return false;
        reference = Written(bare);
        return true;
    }

    private static string Written(ReadOnlySpan<char> text) => $"{text[..4]}-{text[4..]}";
}
