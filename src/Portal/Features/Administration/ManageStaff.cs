using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Identity.Sessions;
using Portal.Platform;

namespace Portal.Features.Administration;

public sealed record StaffMember(Guid Id, string Name, string Email, string Role, bool Disabled, DateTime CreatedAt, DateTime? LastSeenAt);

public sealed record InvitationView(Guid Id, string Name, string Email, string Role, DateTime SentAt, DateTime ExpiresAt, bool Expired);

/// <summary>Who works here, with which role; changed by administrators. There is always at least one administrator left.</summary>
public sealed class ManageStaff(IDbContextFactory<PortalDb> databases, SessionStore sessions, TimeProvider time)
{
    public async Task<IReadOnlyList<StaffMember>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = await (
            from held in db.UserRoles
            join role in db.Roles on held.RoleId equals role.Id
            join user in db.Users on held.UserId equals user.Id
            orderby user.Name
            select new StaffMember(user.Id, user.Name, user.Email ?? "", role.Name ?? "", user.DisabledAt != null, user.CreatedAt,
                db.Set<SessionRow>().Where(s => s.UserId == user.Id).Max(s => (DateTime?)s.LastSeenAt))).ToListAsync(cancel);
        // Demonstration data or a hand in the database may have given several roles; the most powerful counts.
        return [.. all.GroupBy(s => s.Id).Select(g => g.OrderByDescending(s => Power(s.Role)).First())];
    }

    public async Task<IReadOnlyList<InvitationView>> InvitationsAsync(CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<StaffInvitationRow>().Where(i => i.AcceptedAt == null && i.RevokedAt == null).OrderByDescending(i => i.SentAt)
            .Select(i => new InvitationView(i.Id, i.Name, i.Email, i.Role, i.SentAt, i.ExpiresAt, i.ExpiresAt < now)).ToListAsync(cancel);
    }

    public Task<Result<Done>> ChangeRoleAsync(Guid user, string role, CancellationToken cancel) => Roles.All.Contains(role)
        ? ChangeAsync(user, (db, _) => StaffRoles.SetAsync(db, user, role, cancel), staysAdministrator: role == Roles.Administrator, cancel)
        : Task.FromResult<Result<Done>>(new Refusal("role.unknown"));

    public Task<Result<Done>> DisableAsync(Guid user, CancellationToken cancel) =>
        ChangeAsync(user, (_, row) => Set(row, time.UtcNow()), staysAdministrator: false, cancel);

    public Task<Result<Done>> EnableAsync(Guid user, CancellationToken cancel) =>
        ChangeAsync(user, (_, row) => Set(row, null), staysAdministrator: true, cancel);

    private static Task Set(User row, DateTime? disabledAt)
    {
        row.DisabledAt = disabledAt;
        return Task.CompletedTask;
    }

    private async Task<Result<Done>> ChangeAsync(Guid user, Func<PortalDb, User, Task> change, bool staysAdministrator, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(db.IsPostgres ? System.Data.IsolationLevel.Serializable : System.Data.IsolationLevel.Unspecified, cancel);
        var administrators = await (
            from held in db.UserRoles
            join role in db.Roles on held.RoleId equals role.Id
            join holder in db.Users on held.UserId equals holder.Id
            where role.Name == Roles.Administrator && holder.DisabledAt == null
            select held.UserId).ToListAsync(cancel);
        if (!staysAdministrator && administrators.Contains(user) && administrators.Count == 1)
            return new Refusal("staff.last");
        var row = await db.Users.SingleOrDefaultAsync(u => u.Id == user && db.UserRoles.Any(r => r.UserId == u.Id), cancel);
        if (row is null)
            return new Refusal("staff.gone");
        await change(db, row);
        row.SecurityStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await sessions.EndAllAsync(user, except: null, cancel); // the old role must not live on in a cookie
        return default(Done);
    }

    private static int Power(string role) => Roles.All.ToList().IndexOf(role);
}
