using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Identity.Sessions;

/// <summary>One sign-in on one device. The cookie names it, so ending the row ends the cookie, wherever it is.</summary>
public sealed class SessionRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid UserId { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime LastSeenAt { get; set; }
    public DateTime? EndedAt { get; set; }
    public string Device { get; init; } = "";
    public string? Address { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SessionRow>
    {
        public void Configure(EntityTypeBuilder<SessionRow> row)
        {
            row.ToTable("sessions");
            row.Property(s => s.Device).HasMaxLength(60);
            row.Property(s => s.Address).HasMaxLength(64);
            row.HasIndex(s => new { s.UserId, s.LastSeenAt });
            row.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
