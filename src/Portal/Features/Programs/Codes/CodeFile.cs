using Portal.Rewarding.Codes;

namespace Portal.Features.Programs.Codes;

/// <summary>Reads codes from a file, line by line.</summary>
internal static class CodeFile
{
    /// <summary>The first column of each line that is not empty, as codes are stored. A header line <c>code</c> is left out.</summary>
    public static IEnumerable<string> Read(TextReader file)
    {
        var first = true;
        while (file.ReadLine() is { } line)
        {
            var cell = line.AsSpan(0, line.AsSpan().IndexOfAny(',', ';') is var end and >= 0 ? end : line.Length).Trim().Trim('"').Trim();
            if (cell.IsEmpty)
                continue;
            var code = CodeStates.Normalise(cell.ToString());
            if (!first || code is not ("CODE" or "KODE"))
                yield return code;
            first = false;
        }
    }

    /// <summary>Letters, digits and hyphens; long enough that nobody meets one by chance.</summary>
    public static bool IsCode(string code) =>
        code.Length is >= 6 and <= UniqueCodeRow.MaxLength && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');
}
