using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Platform;

namespace Portal.Identity.Accounts;

/// <summary>
/// Tokens in mailed links. Each is for one account, one address and one use, and ends with its time; a new password ends all
/// of them, because it changes the account's security stamp.
/// </summary>
public sealed class LinkTokens(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan ConfirmationLifetime = TimeSpan.FromHours(24);
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Identity.LinkTokens");

    public string ForConfirmation(User user) => Make("confirm", user, ConfirmationLifetime);

    public bool Confirms(User user, string? token) => Holds("confirm", user, token);

    public string ForReset(User user) => Make("reset", user, ResetLifetime);

    public bool Resets(User user, string? token) => Holds("reset", user, token);

    private string Make(string use, User user, TimeSpan lifetime) =>
        WebEncoders.Base64UrlEncode(_protector.Protect(Content(use, user, time.UtcNow() + lifetime)));

    private bool Holds(string use, User user, string? token)
    {
        try
        {
            var content = _protector.Unprotect(WebEncoders.Base64UrlDecode(token ?? ""));
            var until = new DateTime(BitConverter.ToInt64(content), DateTimeKind.Utc);
            return time.UtcNow() <= until && CryptographicOperations.FixedTimeEquals(content, Content(use, user, until));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return false; // not made by us, or cut off in the mail
        }
    }

    private static byte[] Content(string use, User user, DateTime until) =>
    [
        .. BitConverter.GetBytes(until.Ticks),
        .. SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{use}\n{user.Id}\n{user.NormalizedEmail}\n{user.SecurityStamp}"))),
    ];
}
