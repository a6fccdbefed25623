using System.Globalization;

namespace Notifications.Messages;

/// <summary>An address mail can be sent to: one mailbox, ASCII on the wire, free of anything that could break out of a header or an SMTP command.</summary>
public readonly record struct EmailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocalLength = 64;
    private const string LocalSpecials = "!#$%&'*+-/=?^_`{|}~.";

    private EmailAddress(string value) => Value = value;

    /// <summary>The address with its domain in lower case and in ASCII form (<c>xn--…</c>).</summary>
    public string Value { get; }

    /// <summary>The part after the @.</summary>
    public string Domain => Value[(Value.LastIndexOf('@') + 1)..];

    /// <summary>The form two spellings of one mailbox share in practice: all lower case. For keys and comparisons, not for sending.</summary>
    public string Normalized => Value.ToLowerInvariant();

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is not one plain mailbox address.</exception>
    public static EmailAddress Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException("The email address is not valid: it must be one mailbox such as name@example.com.");

    /// <summary>Reads an address; false when it is not one plain mailbox address.</summary>
    public static bool TryParse(string? text, out EmailAddress address)
    {
        address = default;
        var at = text?.LastIndexOf('@') ?? -1;
        if (text is null || at < 1 || at == text.Length - 1) return false;
        var local = text[..at];
        if (local.Length > MaxLocalLength || !IsDotAtom(local)) return false;
        if (!TryDomain(text[(at + 1)..], out var domain)) return false;
        if (local.Length + 1 + domain.Length > MaxLength) return false;
        address = new($"{local}@{domain}");
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsDotAtom(string local) =>
        local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.All(c => char.IsAsciiLetterOrDigit(c) || LocalSpecials.Contains(c));

    private static bool TryDomain(string text, out string domain)
    {
        domain = "";
        if (text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '@' or ',' or ';' or ':')) return false;
        try
        {
            domain = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false; // not a domain name in any script
        }
        return !domain.EndsWith('.') && domain.Length <= 253;
    }
}
