using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Administration;

/// <summary>An invitation to the staff side. Only the hash of the mailed token is kept.</summary>
public sealed class StaffInvitationRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Email { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public required string Language { get; init; }
    public required string TokenHash { get; set; }
    public required Guid InvitedBy { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime SentAt { get; set; }
    public required DateTime ExpiresAt { get; set; }
    public DateTime? AcceptedAt { get; set; }
    public DateTime? RevokedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StaffInvitationRow>
    {
        public void Configure(EntityTypeBuilder<StaffInvitationRow> row)
        {
            row.ToTable("staff_invitations");
            row.Property(i => i.Email).HasMaxLength(254);
            row.Property(i => i.Name).HasMaxLength(200);
            row.Property(i => i.Role).HasMaxLength(32);
            row.Property(i => i.Language).HasMaxLength(8);
            row.Property(i => i.TokenHash).HasMaxLength(64);
            row.HasIndex(i => i.TokenHash).IsUnique();
            row.HasIndex(i => i.CreatedAt);
        }
    }
}
