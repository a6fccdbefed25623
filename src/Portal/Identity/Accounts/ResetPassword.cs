using Microsoft.AspNetCore.Identity;
using Notifications.Templates;
using Portal.Data;
using Portal.Identity.Sessions;
using Portal.Platform;
using Portal.Platform.Mail;

namespace Portal.Identity.Accounts;

/// <summary>A new password by a mailed link, or by knowing the old one. Either way every other sign-in ends.</summary>
public sealed class ResetPassword(
    AccountLookup accounts, UserManager<User> users, SignInManager<User> signIn, SessionStore sessions, LinkTokens tokens, PortalDb db, Outbox outbox, PublicAddress address, TimeProvider time)
{
    /// <summary>Mails a link when the address has an account. Says nothing about whether it has.</summary>
    public async Task RequestAsync(string email, CancellationToken cancel)
    {
        var user = (await accounts.CandidatesAsync(email, cancel)).FirstOrDefault(u => u.DisabledAt is null);
        if (user is null || outbox.To(user.Email, user.Name, user.Language) is not { } to)
            return;
        var until = time.UtcNow() + LinkTokens.ResetLifetime;
        var link = address.Of($"/reset-password?user={user.Id:N}&token={tokens.ForReset(user)}");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // At most one mail a minute, however often somebody asks.
        await outbox.AddAsync(db, to, new ResetPasswordMail(link, until), $"reset:{user.Id:N}:{time.UtcNow():yyyyMMddHHmm}", until, cancel);
        await transaction.CommitAsync(cancel);
    }

    public async Task<bool> IsValidAsync(Guid id, string? token) =>
        await users.FindByIdAsync(id.ToString()) is { DisabledAt: null } user && tokens.Resets(user, token);

    public async Task<Result<User>> ByLinkAsync(Guid id, string? token, string? password, CancellationToken cancel)
    {
        var user = await users.FindByIdAsync(id.ToString());
        if (user is null || user.DisabledAt is not null || !tokens.Resets(user, token))
            return new Refusal("link.spent");
        if (PasswordRules.Check(password, "Password", user.Email, user.Name) is { } refusal)
            return refusal;
        await users.SetLockoutEndDateAsync(user, null);
        await SetAsync(user, password!, keep: null, cancel);
        await signIn.SignInAsync(user, isPersistent: false);
        return user;
    }

    public async Task<Result<User>> ByOldPasswordAsync(Guid id, Guid? session, string? old, string? password, CancellationToken cancel)
    {
        var user = await users.FindByIdAsync(id.ToString()) ?? throw new InvalidOperationException("The signed-in user is gone.");
        var check = await signIn.CheckPasswordSignInAsync(user, old ?? "", lockoutOnFailure: true);
        if (!check.Succeeded)
            return new Refusal("password.wrong", "Old");
        if (PasswordRules.Check(password, "Password", user.Email, user.Name) is { } refusal)
            return refusal;
        await SetAsync(user, password!, session, cancel);
        await signIn.RefreshSignInAsync(user);
        return user;
    }

    private async Task SetAsync(User user, string password, Guid? keep, CancellationToken cancel)
    {
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        await users.UpdateSecurityStampAsync(user); // saves the hash too, and ends every mailed link
        await sessions.EndAllAsync(user.Id, keep, cancel);
    }
}
