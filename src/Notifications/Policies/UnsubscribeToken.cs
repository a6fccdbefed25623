using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Notifications.Policies;

/// <summary>The opaque, unforgeable token in an unsubscribe link: says whose marketing mail on which list to stop, needs no login and never expires.</summary>
public static class UnsubscribeToken
{
    private const int MacLength = 16;
    private static readonly byte[] Context = Encoding.ASCII.GetBytes("unsubscribe/1\0");

    /// <summary>Makes a token.</summary>
    /// <param name="key">Secret key, at least 32 bytes.</param>
    /// <param name="person">Id of the person.</param>
    /// <param name="list">Id of the list.</param>
    public static string Create(ReadOnlySpan<byte> key, Guid person, string list)
    {
        byte[] payload = [.. person.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(list)];
        return Base64Url.EncodeToString([.. payload, .. Mac(key, payload)]);
    }

    /// <summary>Reads a token; false when it was not made with this key.</summary>
    public static bool TryRead(ReadOnlySpan<byte> key, string token, out Guid person, out string list)
    {
        (person, list) = (Guid.Empty, "");
        if (token.Length > 512 || !Base64Url.IsValid(token, out var length) || length < 16 + MacLength) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        var payload = bytes.AsSpan(0, bytes.Length - MacLength);
        if (!CryptographicOperations.FixedTimeEquals(Mac(key, payload), bytes.AsSpan(bytes.Length - MacLength))) return false;
        person = new Guid(payload[..16], bigEndian: true);
        list = Encoding.UTF8.GetString(payload[16..]);
        return true;
    }

    private static byte[] Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 32, nameof(key));
        return HMACSHA256.HashData(key, [.. Context, .. payload])[..MacLength];
    }
}
