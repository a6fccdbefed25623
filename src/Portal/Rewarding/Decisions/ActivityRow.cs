using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Values;

namespace Portal.Rewarding.Decisions;

/// <summary>
/// Something that was decided: the activity, what the decision read, and the decision with its explanation. Inserted once;
/// the pair of type and reference makes a repeated delivery recognisable, the hash tells a repeat from a contradiction.
/// </summary>
public sealed class ActivityRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Type { get; init; }
    public required string Reference { get; init; }
    public MemberId? MemberId { get; init; }
    public required DateTime OccurredAt { get; init; }
    public required DateTime RecordedAt { get; init; }

    /// <summary>SHA-256 of what was delivered, hexadecimal.</summary>
    public required string ContentHash { get; init; }

    public required long RuleSetVersion { get; init; }

    /// <summary>The activity as decided.</summary>
    public required string Activity { get; init; }

    /// <summary>Member snapshot and resources: with the rule set of that version the decision can be replayed.</summary>
    public required string Input { get; init; }

    public required string Decision { get; init; }

    /// <summary>Points awarded (or, for a refund, taken back as a negative number).</summary>
    public long Points { get; init; }

    /// <summary>The wallet version after this activity.</summary>
    public long WalletVersion { get; init; }

    public Decision ReadDecision() => EngineJson.Read<Decision>(Decision);

    internal sealed class Mapping : IEntityTypeConfiguration<ActivityRow>
    {
        public void Configure(EntityTypeBuilder<ActivityRow> row)
        {
            row.ToTable("activities");
            row.HasKey(a => a.Id);
            row.Property(a => a.Type).HasMaxLength(64);
            row.Property(a => a.Reference).HasMaxLength(200);
            row.Property(a => a.ContentHash).HasMaxLength(64);
            row.HasIndex(a => new { a.Type, a.Reference }).IsUnique();
            row.HasIndex(a => new { a.MemberId, a.OccurredAt });
            row.HasIndex(a => a.OccurredAt);
        }
    }
}

/// <summary>Uses of one rule by one member on one day of the programme's zone, for limits and caps.</summary>
public sealed class RuleUseRow
{
    public required MemberId MemberId { get; init; }
    public required RuleId RuleId { get; init; }
    public required DateOnly Day { get; init; }
    public long Uses { get; set; }
    public long Points { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RuleUseRow>
    {
        public void Configure(EntityTypeBuilder<RuleUseRow> row)
        {
            row.ToTable("rule_uses");
            row.HasKey(u => new { u.MemberId, u.RuleId, u.Day });
            row.HasIndex(u => new { u.RuleId, u.Day }); // how far a rule reaches
        }
    }
}

/// <summary>What a rule has given to everybody together; taken by conditional updates, never read and written back.</summary>
public sealed class RuleTotalRow
{
    public required RuleId RuleId { get; init; }
    /// <summary>Against a limit over everyone.</summary>
    public long Uses { get; set; }

    /// <summary>Against a budget of uses.</summary>
    public long BudgetUses { get; set; }

    /// <summary>Discounts in minor units of the programme's currency.</summary>
    public long Spend { get; set; }

    public long Points { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RuleTotalRow>
    {
        public void Configure(EntityTypeBuilder<RuleTotalRow> row)
        {
            row.ToTable("rule_totals");
            row.HasKey(t => t.RuleId);
        }
    }
}

/// <summary>How often and for how much a member did something so far. Running sums beside the rows they sum.</summary>
public sealed class MemberCounterRow
{
    public required MemberId MemberId { get; init; }
    public long Purchases { get; set; }

    /// <summary>Minor units.</summary>
    public long PurchaseTotal { get; set; }

    public long PurchaseQuantity { get; set; }
    public DateTime? FirstPurchaseAt { get; set; }
    public DateTime? LastPurchaseAt { get; set; }
    public long Visits { get; set; }
    public DateTime? FirstVisitAt { get; set; }
    public DateTime? LastVisitAt { get; set; }
    public long Redemptions { get; set; }
    public long RedemptionPoints { get; set; }
    public DateTime? FirstRedemptionAt { get; set; }
    public DateTime? LastRedemptionAt { get; set; }
    public long Complaints { get; set; }
    public DateTime? FirstComplaintAt { get; set; }
    public DateTime? LastComplaintAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<MemberCounterRow>
    {
        public void Configure(EntityTypeBuilder<MemberCounterRow> row)
        {
            row.ToTable("member_counters");
            row.HasKey(c => c.MemberId);
            row.HasOne<MemberRow>().WithOne().HasForeignKey<MemberCounterRow>(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
