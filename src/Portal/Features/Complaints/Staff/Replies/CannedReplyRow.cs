using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Complaints.Staff.Replies;

/// <summary>A prepared answer in both languages, with places to fill in.</summary>
public sealed class CannedReplyRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Title { get; set; }
    public required string TextId { get; set; }
    public required string TextEn { get; set; }

    /// <summary>Comma-separated categories it is offered for first; empty: all alike.</summary>
    public string Categories { get; set; } = "";

    public long Uses { get; set; }
    public long Revision { get; set; }
    public DateTime UpdatedAt { get; set; }
    public Guid? UpdatedBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CannedReplyRow>
    {
        public void Configure(EntityTypeBuilder<CannedReplyRow> row)
        {
            row.ToTable("canned_replies");
            row.Property(r => r.Title).HasMaxLength(100);
            row.Property(r => r.Categories).HasMaxLength(300);
            row.Property(r => r.Revision).IsConcurrencyToken();
        }
    }
}
