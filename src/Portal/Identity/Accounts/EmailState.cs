using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Identity.Accounts;

/// <summary>The address somebody signs in with, and whether it is proven.</summary>
public sealed class EmailState(IDbContextFactory<PortalDb> databases)
{
    public async Task<(string Address, bool Confirmed)> OfAsync(Guid user, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await db.Users.Where(u => u.Id == user).Select(u => new { u.Email, u.EmailConfirmed }).SingleAsync(cancel);
        return (found.Email ?? "", found.EmailConfirmed);
    }
}
