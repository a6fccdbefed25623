using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;

namespace Portal.Identity.Accounts;

/// <summary>The sign-ins of the sample company, whose password everybody may know. Exists in demonstrations only.</summary>
internal sealed class DemoAccounts(Settings settings, NewAccount accounts)
{
    public const string Password = "kopi-rimba-2026";

    /// <summary>One for each role, the most powerful first.</summary>
    public static readonly IReadOnlyList<(string Role, string Email, string Name)> Staff =
    [
        (Roles.Administrator, "admin@kopirimba.example", "Ratna Dewi"),
        (Roles.Manager, "manager@kopirimba.example", "Bagus Santoso"),
        (Roles.Marketer, "marketer@kopirimba.example", "Maya Putri"),
        (Roles.Agent, "agent@kopirimba.example", "Dimas Pratama"),
    ];

    /// <summary>The customer that the console names.</summary>
    public const string CustomerEmail = "sari@example.com";

    /// <summary>Adds what is missing of the staff; saves.</summary>
    public async Task AddStaffAsync(PortalDb db, CancellationToken cancel)
    {
        foreach (var (role, email, name) in Staff)
        {
            if (await db.Users.AnyAsync(u => u.Email == email, cancel))
                continue;
            var user = Create(name, email, "id-ID");
            var roleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync(cancel);
            db.Add(user);
            db.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = roleId });
        }
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A customer's user with a proven address; the caller points a member to it and saves.</summary>
    public User AddCustomer(PortalDb db, string name, string email, string language)
    {
        var user = Create(name, email, language);
        db.Add(user);
        return user;
    }

    private User Create(string name, string email, string language) => settings.DemoEnabled
        ? accounts.Create(name, email, language, Password, emailProven: true)
        : throw new InvalidOperationException("Accounts with a known password are made in demonstrations only.");
}
