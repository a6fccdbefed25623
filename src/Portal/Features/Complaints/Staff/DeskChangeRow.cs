using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Complaints.Staff;

/// <summary>What of the desk's set-up was changed.</summary>
public enum DeskArea
{
    Rules,
    Teams,
    Replies,
    Calendars,
    Policies,
    Approvals,
}

/// <summary>Who changed what of the desk's set-up and when. Inserted once.</summary>
public sealed class DeskChangeRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required DeskArea Area { get; init; }

    /// <summary>Which one: a key or an id.</summary>
    public required string Subject { get; init; }

    /// <summary>A code: created, edited, paused, resumed, moved, deleted, approved, declined.</summary>
    public required string Change { get; init; }

    /// <summary>The state after it, as JSON.</summary>
    public string? After { get; init; }

    public required DateTime At { get; init; }
    public Guid? By { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeskChangeRow>
    {
        public void Configure(EntityTypeBuilder<DeskChangeRow> row)
        {
            row.ToTable("desk_changes");
            row.Property(c => c.Area).HasConversion<string>().HasMaxLength(16);
            row.Property(c => c.Subject).HasMaxLength(64);
            row.Property(c => c.Change).HasMaxLength(16);
            row.HasIndex(c => new { c.Area, c.At });
        }
    }
}
