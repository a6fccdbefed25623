using Microsoft.AspNetCore.Identity;
using Portal.Platform;

namespace Portal.Identity.Accounts;

/// <summary>Makes the row of a new user, so that the use case saves it in its own transaction.</summary>
public sealed class NewAccount(IPasswordHasher<User> hasher, ILookupNormalizer normalizer, TimeProvider time)
{
    public User Create(string name, string email, string language, string password, bool emailProven)
    {
        var user = new User
        {
            Name = name,
            Email = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            EmailConfirmed = emailProven,
            Language = language,
            CreatedAt = time.UtcNow(),
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
        };
        user.UserName = user.Id.ToString("N"); // never shown or typed; people sign in with their address
        user.NormalizedUserName = normalizer.NormalizeName(user.UserName);
        user.PasswordHash = hasher.HashPassword(user, password);
        return user;
    }
}
