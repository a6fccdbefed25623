using System.Text;
using Notifications.Messages;

namespace Notifications.Rendering;

/// <summary>Header values in ASCII: plain where possible, otherwise RFC 2047 encoded words, folded.</summary>
internal static class HeaderText
{
    private const int MaxEncodedBytes = 45; // 60 base64 characters plus "=?utf-8?B??=" stays under the 75 an encoded word may have
    private const int MaxLine = 76;

    public static string Mailbox(string? name, EmailAddress address)
    {
        if (name is null) return address.Value;
        HeaderValue.Require(name, "A name in a header");
        var shown = IsPlain(name) ? $"\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"" : Encoded(name);
        var gap = shown.Length + address.Value.Length + 10 > MaxLine ? "\r\n " : " ";
        return $"{shown}{gap}<{address.Value}>";
    }

    public static string Unstructured(string header, string value)
    {
        HeaderValue.Require(value, header);
        return IsPlain(value) && header.Length + 2 + value.Length <= MaxLine && !value.Contains("=?", StringComparison.Ordinal) ? value : Encoded(value);
    }

    private static bool IsPlain(string value) => value.All(c => c is >= ' ' and < '\x7f');

    // Each word holds whole characters, as RFC 2047 asks.
    private static string Encoded(string value)
    {
        var words = new List<string>();
        var bytes = new List<byte>();
        Span<byte> buffer = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(buffer);
            if (bytes.Count + length > MaxEncodedBytes) Flush();
            bytes.AddRange(buffer[..length]);
        }
        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            if (bytes.Count > 0) words.Add($"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=");
            bytes.Clear();
        }
    }
}

/// <summary>Quoted-printable (RFC 2045): ASCII lines of at most 76 characters that survive every relay.</summary>
internal static class QuotedPrintable
{
    private const int MaxLine = 75; // one column is kept for the soft line break

    public static string Encode(string text)
    {
        var result = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')) Line(result, line);
        return result.ToString();
    }

    private static void Line(StringBuilder result, string line)
    {
        var column = 0;
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var i = 0; i < bytes.Length; i++)
        {
            var isLastSpace = bytes[i] is (byte)' ' or (byte)'\t' && i == bytes.Length - 1;
            var plain = bytes[i] is >= 33 and <= 126 and not (byte)'=' or (byte)' ' or (byte)'\t' && !isLastSpace;
            var token = plain ? ((char)bytes[i]).ToString() : $"={bytes[i]:X2}";
            if (column + token.Length > MaxLine)
            {
                result.Append("=\r\n");
                column = 0;
            }
            result.Append(token);
            column += token.Length;
        }
        result.Append("\r\n");
    }
}
