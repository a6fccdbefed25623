using Microsoft.AspNetCore.Identity;

namespace Portal.Identity.Accounts;

/// <summary>
/// Checks an address and a password. The answer is the same whether the address is unknown, the password wrong or the
/// account locked, and takes about as long: one password is hashed in every case.
/// </summary>
public sealed class SignInWithPassword(AccountLookup accounts, UserManager<User> users, SignInManager<User> signIn, IPasswordHasher<User> hasher)
{
    private static readonly User Nobody = new();

    // Hashed once for comparing against when the address is unknown.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<User>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>Signs in and returns the user; null when that is not possible, for whatever reason.</summary>
    public async Task<User?> AttemptAsync(string email, string password, bool remember, CancellationToken cancel)
    {
        var candidates = await accounts.CandidatesAsync(email, cancel);
        if (candidates.Count == 0)
        {
            hasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            return null;
        }
        // Several people may claim an unproven address; each signs in with their own password.
        var user = candidates.FirstOrDefault(c => c.PasswordHash is { } hash && hasher.VerifyHashedPassword(c, hash, password) != PasswordVerificationResult.Failed);
        if (user is null)
        {
            await users.AccessFailedAsync(candidates[0]);
            return null;
        }
        if (user.DisabledAt is not null || await users.IsLockedOutAsync(user))
            return null;
        await users.ResetAccessFailedCountAsync(user);
        await signIn.SignInAsync(user, remember);
        return user;
    }
}
