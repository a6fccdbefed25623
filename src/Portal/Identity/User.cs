using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Identity;

/// <summary>
/// Somebody who signs in: a customer (then a member points to it), a member of staff, or both. A proven address belongs to
/// one user; an unproven one to anybody who typed it, so that nobody can block or find out another person's address by joining.
/// Look users up with <see cref="Accounts.AccountLookup"/>.
/// </summary>
public sealed class User : IdentityUser<Guid>
{
    public User() => Id = Guid.CreateVersion7();

    /// <summary>As the person wishes to be addressed.</summary>
    [PersonalData]
    public string Name { get; set; } = "";

    /// <summary><c>id-ID</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "id-ID";

    public DateTime CreatedAt { get; set; }

    /// <summary>Set when an administrator took the access away.</summary>
    public DateTime? DisabledAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> row)
        {
            row.Property(u => u.Name).HasMaxLength(200);
            row.Property(u => u.Language).HasMaxLength(8);
            row.HasIndex(u => u.NormalizedEmail, "proven_email").IsUnique().HasFilter("\"EmailConfirmed\"");
        }
    }
}
