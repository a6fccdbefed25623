using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Complaints.Timekeeping;

/// <summary>A case that the clock cannot work on: a bug. The others go on; it is tried again later and later, and administrators see it.</summary>
public sealed class CaseTroubleRow
{
    public required Guid CaseId { get; init; }

    /// <summary>The kind of fault; never its message, which could quote what people wrote.</summary>
    public required string Fault { get; set; }

    public required DateTime Since { get; init; }
    public required DateTime LastAt { get; set; }
    public int Tries { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseTroubleRow>
    {
        public void Configure(EntityTypeBuilder<CaseTroubleRow> row)
        {
            row.ToTable("case_troubles");
            row.HasKey(t => t.CaseId);
            row.Property(t => t.CaseId).ValueGeneratedNever();
            row.Property(t => t.Fault).HasMaxLength(200);
            row.HasOne<CaseRow>().WithOne().HasForeignKey<CaseTroubleRow>(t => t.CaseId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
