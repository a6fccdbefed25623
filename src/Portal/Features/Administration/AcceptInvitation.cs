using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Identity.Accounts;
using Portal.Platform;

namespace Portal.Features.Administration;

/// <param name="HasAccount">The address already has a customer's account, which gets the role after its own password is given.</param>
public sealed record OpenInvitation(string Name, string Email, string Role, bool HasAccount);

/// <summary>A colleague follows the mailed link, which also proves the address, and gets the role.</summary>
public sealed class AcceptInvitation(
    IDbContextFactory<PortalDb> databases, NewAccount accounts, UserManager<User> users, SignInManager<User> signIn, TimeProvider time, ILookupNormalizer normalizer)
{
    public async Task<OpenInvitation?> LookAsync(string? token, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await FindAsync(db, token, cancel) is { } row
            ? new(row.Name, row.Email, row.Role, await OwnerAsync(db, row.Email, cancel) is not null)
            : null;
    }

    public async Task<Result<User>> HandleAsync(string? token, string? name, string? password, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await FindAsync(db, token, cancel);
        if (row is null)
            return new Refusal("invite.gone");
        var user = await OwnerAsync(db, row.Email, cancel);
        if (user is not null)
        {
            // Through the user manager, so that wrong attempts count towards the lockout.
            var known = await users.FindByIdAsync(user.Id.ToString());
            if (!(await signIn.CheckPasswordSignInAsync(known!, password ?? "", lockoutOnFailure: true)).Succeeded)
                return new Refusal("password.wrong", "Password");
            await db.Entry(user).ReloadAsync(cancel);
        }
        else
        {
            if (StaffNames.Check(name, "Name") is { } refusal)
                return refusal;
            if (PasswordRules.Check(password, "Password", row.Email, name) is { } weak)
                return weak;
            db.Add(user = accounts.Create(name!.Trim(), row.Email, row.Language, password!, emailProven: true));
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = time.UtcNow();
        var hash = SetupCodes.Hash(token!);
        // Taken once, whoever else follows the same link at this moment.
        if (await db.Set<StaffInvitationRow>().Where(i => i.TokenHash == hash && i.AcceptedAt == null && i.RevokedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.AcceptedAt, now), cancel) == 0)
            return new Refusal("invite.gone");
        user.DisabledAt = null;
        await db.SaveChangesAsync(cancel);
        await StaffRoles.SetAsync(db, user.Id, row.Role, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await signIn.SignInAsync(user, isPersistent: false);
        return user;
    }

    private Task<StaffInvitationRow?> FindAsync(PortalDb db, string? token, CancellationToken cancel)
    {
        var hash = SetupCodes.Hash(token ?? "");
        var now = time.UtcNow();
        return db.Set<StaffInvitationRow>().AsNoTracking()
            .SingleOrDefaultAsync(i => i.TokenHash == hash && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt >= now, cancel);
    }

    private Task<User?> OwnerAsync(PortalDb db, string email, CancellationToken cancel)
    {
        var key = normalizer.NormalizeEmail(email);
        return db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == key && u.EmailConfirmed, cancel);
    }
}

internal static class StaffRoles
{
    /// <summary>Gives exactly this staff role; null takes all away. Saved by the caller.</summary>
    public static async Task SetAsync(PortalDb db, Guid user, string? role, CancellationToken cancel)
    {
        var roles = await db.Roles.ToDictionaryAsync(r => r.Id, r => r.Name!, cancel);
        var held = await db.UserRoles.Where(r => r.UserId == user).ToListAsync(cancel);
        db.RemoveRange(held.Where(h => roles[h.RoleId] != role));
        if (role is not null && held.All(h => roles[h.RoleId] != role))
            db.Add(new IdentityUserRole<Guid> { UserId = user, RoleId = roles.Single(r => r.Value == role).Key });
    }
}
