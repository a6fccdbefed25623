using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Identity.ApiKeys;

/// <summary>The text of a key: <c>lp_</c>, eight characters that find its row, and forty that are secret.</summary>
public static class ApiKeySecret
{
    private const string Start = "lp_";
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private const int PrefixLength = 8;
    private const int SecretLength = 40;

    public static (string Key, string Prefix, string Hash) New()
    {
        var prefix = Start + RandomNumberGenerator.GetString(Alphabet, PrefixLength);
        var key = $"{prefix}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return (key, prefix, Hash(key));
    }

    /// <summary>The part that finds the row, or false when this cannot be a key.</summary>
    public static bool TryPrefix(string key, [NotNullWhen(true)] out string? prefix)
    {
        prefix = key.Length == Start.Length + PrefixLength + 1 + SecretLength && key.StartsWith(Start, StringComparison.Ordinal)
            ? key[..(Start.Length + PrefixLength)]
            : null;
        return prefix is not null;
    }

    public static bool Matches(string key, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(key)), Encoding.ASCII.GetBytes(hash));

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
