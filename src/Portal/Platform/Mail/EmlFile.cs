using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Platform.Mail;

/// <summary>One of our own mails read back from the mail folder for the development mailbox. Reads what <c>MimeWriter</c> writes, not mail in general.</summary>
internal sealed partial record EmlFile(string Id, DateTime Written, string From, string To, string Subject, string Text, string Html)
{
    public static EmlFile Read(string path)
    {
        var (head, body) = Split(File.ReadAllText(path, Encoding.ASCII));
        var boundary = Boundary().Match(head["Content-Type"]).Groups[1].Value;
        var parts = body.Split($"--{boundary}")
            .Select(p => p.TrimStart('\r', '\n'))
            .Where(p => p.StartsWith("Content-Type", StringComparison.Ordinal))
            .Select(Split)
            .ToList();
        return new(
            Path.GetFileNameWithoutExtension(path), File.GetLastWriteTimeUtc(path), Words(head["From"]), Words(head["To"]), Words(head["Subject"]),
            Part("text/plain"), Part("text/html"));

        string Part(string type) => QuotedPrintable(parts.First(p => p.Head["Content-Type"].StartsWith(type, StringComparison.Ordinal)).Body);
    }

    private static (Dictionary<string, string> Head, string Body) Split(string content)
    {
        var end = content.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = Folded().Replace(content[..end], " ").Split("\r\n");
        return (lines.ToDictionary(l => l[..l.IndexOf(':')], l => l[(l.IndexOf(':') + 1)..].Trim(), StringComparer.OrdinalIgnoreCase), content[(end + 4)..]);
    }

    private static string Words(string header) =>
        EncodedWord().Replace(BetweenWords().Replace(header, "?="), m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value)));

    private static string QuotedPrintable(string body)
    {
        var bytes = new List<byte>();
        var text = body.Replace("=\r\n", "");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }
        return Encoding.UTF8.GetString([.. bytes]).ReplaceLineEndings("\n").Trim();
    }

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?= (?==\?utf-8\?B\?)")]
    private static partial Regex BetweenWords();
}
