using Microsoft.EntityFrameworkCore;
using Notifications.Templates;
using Portal.Data;
using Portal.Platform;
using Portal.Platform.Mail;

namespace Portal.Identity.Accounts;

/// <summary>The mail with the link that proves an address.</summary>
public sealed class ConfirmationMail(LinkTokens tokens, Outbox outbox, PublicAddress address, TimeProvider time, IDbContextFactory<PortalDb> databases)
{
    /// <summary>Writes it into the open transaction; at most one a minute is sent.</summary>
    public async Task WriteAsync(PortalDb db, User user, CancellationToken cancel)
    {
        if (outbox.To(user.Email, user.Name, user.Language) is not { } to)
            return;
        var now = time.UtcNow();
        var until = now + LinkTokens.ConfirmationLifetime;
        var link = address.Of($"/confirm-email?user={user.Id:N}&token={tokens.ForConfirmation(user)}");
        await outbox.AddAsync(db, to, new ConfirmEmailMail(link, until), $"confirm:{user.Id:N}:{now:yyyyMMddHHmm}", until, cancel);
    }

    /// <summary>Sends it once more. When somebody else has proven the address meanwhile, its owner gets a mail instead, as when joining.</summary>
    public async Task SendAgainAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.SingleAsync(u => u.Id == id, cancel);
        if (user.EmailConfirmed)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var owner = await db.Users.Where(u => u.NormalizedEmail == user.NormalizedEmail && u.EmailConfirmed)
            .Select(u => new { u.Name, u.Language }).SingleOrDefaultAsync(cancel);
        if (owner is null)
            await WriteAsync(db, user, cancel);
        else
            await WriteToOwnerAsync(db, user.Email, owner.Name, owner.Language, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Tells the owner of an address that somebody joined with it; at most once an hour.</summary>
    public async Task WriteToOwnerAsync(PortalDb db, string? email, string name, string language, CancellationToken cancel)
    {
        if (outbox.To(email, name, language) is { } to)
            await outbox.AddAsync(db, to, new AccountExistsMail(address.Of("/sign-in"), address.Of("/forgot-password")), $"joined-again:{time.UtcNow():yyyyMMddHH}", null, cancel);
    }
}
