using System.Globalization;
using System.Text;
using Portal.Platform;

namespace Portal.Features.Complaints;

/// <summary>A file as it was sent.</summary>
public sealed record SentFile(string Name, byte[] Content);

/// <summary>A file that may be kept: its type decided from its content, its name made harmless.</summary>
public sealed record CheckedFile(Guid Id, string FileName, string ContentType, byte[] Content);

/// <summary>What may be attached to a complaint.</summary>
public static class Uploads
{
    public const int MaxFiles = 5;
    public const int MaxFilesOfCase = 30;
    public const int MaxBytes = 5 * 1024 * 1024;

    private const int MaxNameLength = 80;

    private static readonly (string ContentType, string Extension, Func<byte[], bool> Holds)[] Types =
    [
        ("image/jpeg", ".jpg", c => Starts(c, 0, [0xFF, 0xD8, 0xFF])),
        ("image/png", ".png", c => Starts(c, 0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) && Starts(c, 12, "IHDR"u8)),
        ("image/webp", ".webp", c => Starts(c, 0, "RIFF"u8) && Starts(c, 8, "WEBP"u8)),
        ("application/pdf", ".pdf", c => Starts(c, 0, "%PDF-"u8)),
    ];

    // Names that mean a device on some systems, whatever their ending.
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    /// <summary>Reads the files of a form, at most one more than allowed and none further than its limit.</summary>
    public static async Task<IReadOnlyList<SentFile>> ReadAsync(IFormFileCollection files, string field, CancellationToken cancel)
    {
        List<SentFile> read = [];
        foreach (var file in files.GetFiles(field).Where(f => f.Length > 0 || f.FileName.Length > 0).Take(MaxFiles + 1))
        {
            await using var stream = file.OpenReadStream();
            var content = new byte[Math.Min(file.Length, MaxBytes + 1)];
            await stream.ReadExactlyAsync(content, cancel);
            read.Add(new(file.FileName, content));
        }
        return read;
    }

    /// <summary>Checks all files; one bad file refuses all, so that nobody believes something was sent that was not.</summary>
    public static Result<CheckedFile[]> Check(IReadOnlyList<SentFile> files, string field)
    {
        if (files.Count > MaxFiles)
            return new Refusal("files.many", field, MaxFiles);
        List<CheckedFile> good = [];
        foreach (var file in files)
        {
            if (file.Content.Length > MaxBytes)
                return new Refusal("file.large", field, MaxBytes / 1024 / 1024);
            var type = Array.Find(Types, t => t.Holds(file.Content));
            if (type.ContentType is null)
                return new Refusal("file.kind", field);
            good.Add(new(Guid.CreateVersion7(), SafeName(file.Name, type.Extension), type.ContentType, file.Content));
        }
        return good.ToArray();
    }

    /// <summary>Letters, digits, blanks and <c>-_()</c> of the last part of the name, with the ending of the real type.</summary>
    public static string SafeName(string? sent, string extension)
    {
        var last = (sent ?? "").Split('/', '\\')[^1];
        var dot = last.LastIndexOf('.');
        var stem = new StringBuilder();
        foreach (var rune in (dot > 0 ? last[..dot] : last).Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (stem.Length >= MaxNameLength)
                break;
            stem.Append(Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '_' or '(' or ')' ? rune.ToString()
                : Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate ? "" : "_");
        }
        var name = stem.ToString().Trim(' ', '_', '-');
        if (name.Length == 0 || Array.Exists(Devices, d => name.StartsWith(d, StringComparison.OrdinalIgnoreCase) && name.Length <= d.Length + 1))
            name = "file";
        return name + extension;
    }

    private static bool Starts(byte[] content, int at, ReadOnlySpan<byte> with) =>
        content.Length >= at + with.Length && content.AsSpan(at, with.Length).SequenceEqual(with);
}
