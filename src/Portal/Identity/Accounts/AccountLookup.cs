using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Identity.Accounts;

/// <summary>Finds accounts by address. There is at most one with the address proven, and any number that only claim it.</summary>
public sealed class AccountLookup(PortalDb db, ILookupNormalizer normalizer)
{
    private const int MostClaims = 5;

    /// <summary>The account that proved the address.</summary>
    public Task<User?> ProvenAsync(string email, CancellationToken cancel)
    {
        var key = normalizer.NormalizeEmail(email);
        return db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == key && u.EmailConfirmed, cancel);
    }

    /// <summary>Everybody who may mean this address: who proved it first, then the newest claims.</summary>
    public Task<List<User>> CandidatesAsync(string email, CancellationToken cancel)
    {
        var key = normalizer.NormalizeEmail(email);
        return db.Users.Where(u => u.NormalizedEmail == key)
            .OrderByDescending(u => u.EmailConfirmed).ThenByDescending(u => u.CreatedAt).Take(MostClaims).ToListAsync(cancel);
    }
}
