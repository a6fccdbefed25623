using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Complaints.Thread;

/// <summary>What somebody has begun to write on a case and not sent yet. Gone when it is sent, with the case's erasure, or after some weeks.</summary>
public sealed class CaseDraftRow
{
    public required Guid CaseId { get; init; }

    /// <summary>A staff user's id, or <see cref="CaseDrafts.Customer"/>.</summary>
    public required string Author { get; init; }

    /// <summary>Which text of the page.</summary>
    public required string Field { get; init; }

    public required string Text { get; set; }
    public required DateTime UpdatedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseDraftRow>
    {
        public void Configure(EntityTypeBuilder<CaseDraftRow> row)
        {
            row.ToTable("case_drafts");
            row.HasKey(d => new { d.CaseId, d.Author, d.Field });
            row.Property(d => d.Author).HasMaxLength(36);
            row.Property(d => d.Field).HasMaxLength(40);
            row.Property(d => d.Text).HasMaxLength(5000);
            row.HasIndex(d => d.UpdatedAt);
            row.HasOne<CaseRow>().WithMany().HasForeignKey(d => d.CaseId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A member of staff has a case open. Refreshed while the page is connected.</summary>
public sealed class CaseViewerRow
{
    public required Guid CaseId { get; init; }
    public required Guid UserId { get; init; }
    public required DateTime SeenAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseViewerRow>
    {
        public void Configure(EntityTypeBuilder<CaseViewerRow> row)
        {
            row.ToTable("case_viewers");
            row.HasKey(v => new { v.CaseId, v.UserId });
            row.HasOne<CaseRow>().WithMany().HasForeignKey(v => v.CaseId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
