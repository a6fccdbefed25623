using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Identity.Accounts;
using Portal.Platform;
using Portal.Rewarding;
using RewardsEngine.Activities;

namespace Portal.Features.Join;

/// <summary>Who asks for an address to be confirmed, shown before anything happens.</summary>
public sealed record Confirmation(string Name, string Email, bool AlreadyDone);

/// <summary>
/// Proves an address by the mailed link. Opening the link only asks; the button confirms. So a mail scanner that opens every
/// link proves nothing for a stranger who joined with somebody else's address.
/// </summary>
public sealed class ConfirmAddress(Rewards rewarding, IDbContextFactory<PortalDb> databases, LinkTokens tokens, WelcomeMailer welcome)
{
    /// <summary>What the link is about; null when it does not work.</summary>
    public async Task<Confirmation?> LookAsync(Guid id, string? token, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel);
        return user is not null && tokens.Confirms(user, token) && (user.EmailConfirmed || !await IsTakenAsync(db, user, cancel))
            ? new(user.Name, user.Email!, user.EmailConfirmed)
            : null;
    }

    public async Task<Result<User>> HandleAsync(Guid id, string? token, CancellationToken cancel)
    {
        await using var work = await rewarding.BeginAsync(cancel);
        var user = await work.Db.Users.SingleOrDefaultAsync(u => u.Id == id, cancel);
        if (user is null || !tokens.Confirms(user, token))
            return new Refusal("link.spent");
        if (user.EmailConfirmed)
            return user;
        if (await IsTakenAsync(work.Db, user, cancel))
            return new Refusal("link.spent");
        user.EmailConfirmed = true;
        var memberId = await work.Db.Set<MemberRow>().Where(m => m.UserId == id).Select(m => m.Id).SingleOrDefaultAsync(cancel);
        if (await work.FindAsync(memberId, cancel) is { } account)
        {
            account.Row.Email = user.Email!.ToLowerInvariant();
            account.Row.EmailConfirmedAt = work.Now;
            account.Row.Version++;
            await work.Db.SaveChangesAsync(cancel);
            await rewarding.DecideAsync(work, account, new EmailConfirmed { Reference = $"email.confirmed:{account.Id}", Member = account.Id, OccurredAt = work.Now }, cancel);
            await welcome.WriteAsync(work.Db, account, cancel);
        }
        await work.CommitAsync(cancel);
        return user;
    }

    private static Task<bool> IsTakenAsync(PortalDb db, User user, CancellationToken cancel) =>
        db.Users.AnyAsync(u => u.Id != user.Id && u.NormalizedEmail == user.NormalizedEmail && u.EmailConfirmed, cancel);
}
