using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Complaints.Staff.Approvals;

public enum ApprovalState
{
    Pending,
    Approved,
    Declined,

    /// <summary>The case moved on before anybody decided.</summary>
    Overtaken,
}

/// <summary>A decision above the agent's limit that waits for a manager. Kept for the audit.</summary>
public sealed class CaseApprovalRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid CaseId { get; init; }

    /// <summary>The decision after a second review.</summary>
    public required bool Final { get; init; }

    /// <summary>The decision as JSON.</summary>
    public required string Decision { get; init; }

    /// <summary>Points, and what vouchers are worth in points; 0 when nobody can say.</summary>
    public required long Points { get; init; }

    /// <summary>The agent's limit then.</summary>
    public required long Limit { get; init; }

    public required Guid RequestedBy { get; init; }
    public required DateTime RequestedAt { get; init; }
    public ApprovalState State { get; set; }
    public Guid? DecidedBy { get; set; }
    public DateTime? DecidedAt { get; set; }
    public string? Note { get; set; }

    /// <summary>Two managers who press at once decide once.</summary>
    public long Revision { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseApprovalRow>
    {
        public void Configure(EntityTypeBuilder<CaseApprovalRow> row)
        {
            row.ToTable("case_approvals");
            row.Property(a => a.State).HasConversion<string>().HasMaxLength(16);
            row.Property(a => a.Note).HasMaxLength(1000);
            row.Property(a => a.Revision).IsConcurrencyToken();
            row.HasIndex(a => new { a.State, a.RequestedAt });
            row.HasIndex(a => a.CaseId);
            row.HasOne<CaseRow>().WithMany().HasForeignKey(a => a.CaseId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
