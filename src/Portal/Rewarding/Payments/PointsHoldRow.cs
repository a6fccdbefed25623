using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Rewarding.Payments;

/// <summary>A till's reservation of points as it was asked for and what became of it. The points themselves stand in the ledger.</summary>
public sealed class PointsHoldRow
{
    /// <summary>The same id as the ledger's hold.</summary>
    public required Guid Id { get; init; }

    public required MemberId MemberId { get; init; }

    /// <summary>The till's own number of the payment; unique.</summary>
    public required string Reference { get; init; }

    public required long Points { get; init; }

    /// <summary>As asked for, so that a repeat can be told from a contradiction.</summary>
    public required int TimeoutSeconds { get; init; }

    public required DateTime PlacedAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    /// <summary>Spent so far.</summary>
    public long Captured { get; set; }

    /// <summary>When it was captured in full, given up, or the rest of a capture was given up.</summary>
    public DateTime? ClosedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PointsHoldRow>
    {
        public void Configure(EntityTypeBuilder<PointsHoldRow> row)
        {
            row.ToTable("points_holds");
            row.HasKey(h => h.Id);
            row.Property(h => h.Reference).HasMaxLength(150);
            row.HasIndex(h => h.Reference).IsUnique();
            row.HasIndex(h => h.MemberId);
            row.HasOne<MemberRow>().WithMany().HasForeignKey(h => h.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

public enum HoldStepKind
{
    Capture = 1,
    Release = 2,
}

/// <summary>One capture or release; its reference makes a repeat recognisable.</summary>
public sealed class HoldStepRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid HoldId { get; init; }
    public required string Reference { get; init; }
    public required HoldStepKind Kind { get; init; }

    /// <summary>As asked for; null: everything held.</summary>
    public long? Asked { get; init; }

    public bool KeepRest { get; init; }

    /// <summary>Points spent, or given back by a release.</summary>
    public required long Points { get; init; }

    public required DateTime At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<HoldStepRow>
    {
        public void Configure(EntityTypeBuilder<HoldStepRow> row)
        {
            row.ToTable("points_hold_steps");
            row.HasKey(s => s.Id);
            row.Property(s => s.Reference).HasMaxLength(150);
            row.HasIndex(s => s.Reference).IsUnique();
            row.HasIndex(s => s.HoldId);
            row.HasOne<PointsHoldRow>().WithMany().HasForeignKey(s => s.HoldId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
