using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Rewarding.Merging;

/// <summary>A membership that became part of another: who decided so, why, and what went over. Never changed.</summary>
public sealed class MemberMergeRow
{
    public required MemberId FromId { get; init; }
    public required MemberId ToId { get; init; }
    public required DateTime At { get; init; }

    /// <summary>The user who asked for it: the person themselves, or a member of staff.</summary>
    public required Guid By { get; init; }

    /// <summary>By staff, with a reason; otherwise the owner linked their own card.</summary>
    public required bool ByStaff { get; init; }

    public string? Reason { get; init; }
    public required string FromCard { get; init; }
    public required long Available { get; init; }
    public required long Pending { get; init; }
    public required long Held { get; init; }
    public required long Debt { get; init; }
    public required long Qualifying { get; init; }
    public required int Purchases { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MemberMergeRow>
    {
        public void Configure(EntityTypeBuilder<MemberMergeRow> row)
        {
            row.ToTable("member_merges");
            row.HasKey(m => m.FromId);
            row.Property(m => m.Reason).HasMaxLength(300);
            row.Property(m => m.FromCard).HasMaxLength(16);
            row.HasIndex(m => m.ToId);
            row.HasIndex(m => m.At);
        }
    }
}
