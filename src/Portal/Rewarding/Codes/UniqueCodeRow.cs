using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Rewarding.Codes;

public enum CodeBatchState
{
    /// <summary>Being made by the portal; its codes do not count yet.</summary>
    Making = 1,

    /// <summary>Being read from a file; its codes do not count yet.</summary>
    Reading = 2,

    Ready = 3,

    /// <summary>Taken back: what was used stays used, the rest is worth nothing.</summary>
    Void = 4,
}

/// <summary>A batch of unique codes for one rule. How many are used is counted from the codes, never kept in a row every sale would update.</summary>
public sealed class CodeBatchRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required RuleId RuleId { get; init; }
    public required string Name { get; init; }
    public required CodeBatchState State { get; set; }

    /// <summary>How many were asked for; 0 for a file until it is read.</summary>
    public long Wanted { get; set; }

    /// <summary>How many stand in the database.</summary>
    public long Made { get; set; }

    /// <summary>Lines of the file that were no code, or one that exists already.</summary>
    public long Refused { get; set; }

    /// <summary>How often each can be used.</summary>
    public required int UsesEach { get; init; }

    /// <summary>What every generated code begins with.</summary>
    public string Prefix { get; init; } = "";

    public required DateTime CreatedAt { get; init; }
    public required Guid CreatedBy { get; init; }
    public DateTime? DownloadedAt { get; set; }
    public Guid? DownloadedBy { get; set; }
    public DateTime? VoidedAt { get; set; }
    public Guid? VoidedBy { get; set; }
    public string? VoidReason { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CodeBatchRow>
    {
        public void Configure(EntityTypeBuilder<CodeBatchRow> row)
        {
            row.ToTable("code_batches");
            row.HasKey(b => b.Id);
            row.Property(b => b.Name).HasMaxLength(100);
            row.Property(b => b.Prefix).HasMaxLength(12);
            row.Property(b => b.VoidReason).HasMaxLength(300);
            row.HasIndex(b => new { b.RuleId, b.CreatedAt });
            row.HasIndex(b => b.State);
        }
    }
}

/// <summary>One code, in capitals without spaces; unique over all rules.</summary>
public sealed class UniqueCodeRow
{
    public const int MaxLength = 32;

    public required string Code { get; init; }
    public required Guid BatchId { get; init; }

    /// <summary>Taken by a conditional update, in the transaction of the sale.</summary>
    public int UsesLeft { get; set; }

    public DateTime? UsedAt { get; set; }

    /// <summary>The sale it was last used on.</summary>
    public string? UsedOn { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<UniqueCodeRow>
    {
        public void Configure(EntityTypeBuilder<UniqueCodeRow> row)
        {
            row.ToTable("unique_codes", t => t.HasCheckConstraint("ck_unique_codes_left", "\"UsesLeft\" >= 0"));
            row.HasKey(c => c.Code);
            row.Property(c => c.Code).HasMaxLength(MaxLength);
            row.Property(c => c.UsedOn).HasMaxLength(200);
            row.HasIndex(c => new { c.BatchId, c.UsesLeft });
            row.HasOne<CodeBatchRow>().WithMany().HasForeignKey(c => c.BatchId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
