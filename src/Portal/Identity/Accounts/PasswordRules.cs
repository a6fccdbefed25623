using Portal.Platform;

namespace Portal.Identity.Accounts;

/// <summary>What a password must be: long rather than complicated, and nothing a stranger would try first.</summary>
public static class PasswordRules
{
    public const int Shortest = 10;
    private const int Longest = 128;
    private const int DifferentCharacters = 4;

    /// <returns>Why the password will not do, or null.</returns>
    public static Refusal? Check(string? password, string field, params string?[] known)
    {
        if (password is null || password.Length < Shortest)
            return new("password.short", field, Shortest);
        if (password.Length > Longest)
            return new("password.long", field, Longest);
        if (password.Distinct().Count() < DifferentCharacters)
            return new("password.plain", field);
        return known.Any(k => k is not null && password.Trim().Equals(k.Trim(), StringComparison.OrdinalIgnoreCase))
            ? new("password.known", field)
            : null;
    }
}
