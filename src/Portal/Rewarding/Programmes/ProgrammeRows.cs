using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Programmes;

/// <summary>The number of the rule set in force: one row, raised by every publication. Read with the member on every decision.</summary>
public sealed class RuleSetHeadRow
{
    public int Id { get; init; } = 1;
    public long Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RuleSetHeadRow>
    {
        public void Configure(EntityTypeBuilder<RuleSetHeadRow> row)
        {
            row.ToTable("rule_set_head");
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>The programme as it stood from a rule-set version on.</summary>
public sealed class ProgrammeRow
{
    public required long FromSet { get; init; }
    public required string Json { get; init; }
    public required DateTime PublishedAt { get; init; }
    public Guid? PublishedBy { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProgrammeRow>
    {
        public void Configure(EntityTypeBuilder<ProgrammeRow> row)
        {
            row.ToTable("programmes");
            row.HasKey(p => p.FromSet);
            row.Property(p => p.FromSet).ValueGeneratedNever();
        }
    }
}

/// <summary>A published version of a rule. In the rule sets FromSet ≤ n &lt; UntilSet, so that every set of the past can be rebuilt.</summary>
public sealed class PublishedRuleRow
{
    public required RuleId RuleId { get; init; }
    public required int Version { get; init; }
    public required string Json { get; init; }
    public required long FromSet { get; init; }
    public long? UntilSet { get; set; }
    public required DateTime PublishedAt { get; init; }
    public Guid? PublishedBy { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PublishedRuleRow>
    {
        public void Configure(EntityTypeBuilder<PublishedRuleRow> row)
        {
            row.ToTable("published_rules");
            row.HasKey(r => new { r.RuleId, r.Version, r.FromSet });
            row.HasIndex(r => r.UntilSet);
            row.HasIndex(r => r.FromSet);
        }
    }
}

/// <summary>A rule as staff see and edit it: the newest text and its state. What decides are the published versions.</summary>
public sealed class RuleRow
{
    public required RuleId Id { get; init; }

    /// <summary>The newest version's number; raised when a published rule is edited.</summary>
    public int Version { get; set; } = 1;

    public required string Json { get; set; }
    public RuleStatus Status { get; set; } = RuleStatus.Draft;

    /// <summary>The version now in the rule set; null when none is.</summary>
    public int? LiveVersion { get; set; }

    /// <summary>Since when the newest version waits for a second person; null: it does not.</summary>
    public DateTime? SubmittedAt { get; set; }

    /// <summary>Who asked for the second look.</summary>
    public Guid? SubmittedBy { get; set; }

    public string NameId { get; set; } = "";
    public string NameEn { get; set; } = "";
    public string Trigger { get; set; } = "";
    public DateTime UpdatedAt { get; set; }
    public Guid? UpdatedBy { get; set; }

    /// <summary>For people who edit the same rule at once.</summary>
    public long Revision { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RuleRow>
    {
        public void Configure(EntityTypeBuilder<RuleRow> row)
        {
            row.ToTable("rules");
            row.HasKey(r => r.Id);
            row.Property(r => r.NameId).HasMaxLength(200);
            row.Property(r => r.NameEn).HasMaxLength(200);
            row.Property(r => r.Trigger).HasMaxLength(64);
            row.Property(r => r.Revision).IsConcurrencyToken();
            row.HasIndex(r => new { r.Status, r.Trigger });
        }
    }
}
