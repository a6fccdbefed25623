using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Rewarding.Marks;

/// <summary>A badge that a member has, once.</summary>
public sealed class BadgeRow
{
    public required MemberId MemberId { get; init; }
    public required string Badge { get; init; }
    public required string NameId { get; init; }
    public required string NameEn { get; init; }
    public required RuleId RuleId { get; init; }
    public required DateTime At { get; init; }

    public LocalizedText Name => new(NameId, NameEn);

    internal sealed class Mapping : IEntityTypeConfiguration<BadgeRow>
    {
        public void Configure(EntityTypeBuilder<BadgeRow> row)
        {
            row.ToTable("member_badges");
            row.HasKey(b => new { b.MemberId, b.Badge });
            row.Property(b => b.Badge).HasMaxLength(64);
            row.Property(b => b.NameId).HasMaxLength(200);
            row.Property(b => b.NameEn).HasMaxLength(200);
            row.Ignore(b => b.Name);
            row.HasOne<MemberRow>().WithMany().HasForeignKey(b => b.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>How far a member is in a challenge.</summary>
public sealed class ChallengeRow
{
    public required MemberId MemberId { get; init; }
    public required string Challenge { get; init; }

    /// <summary>The name of the rule that moved it first; challenges have none of their own.</summary>
    public required string NameId { get; init; }

    public required string NameEn { get; init; }

    /// <summary>From 0 to <see cref="Goal"/>.</summary>
    public int Progress { get; set; }

    public int Goal { get; set; }
    public DateTime? CompletedAt { get; set; }

    public LocalizedText Name => new(NameId, NameEn);

    internal sealed class Mapping : IEntityTypeConfiguration<ChallengeRow>
    {
        public void Configure(EntityTypeBuilder<ChallengeRow> row)
        {
            row.ToTable("member_challenges");
            row.HasKey(c => new { c.MemberId, c.Challenge });
            row.Property(c => c.Challenge).HasMaxLength(64);
            row.Property(c => c.NameId).HasMaxLength(200);
            row.Property(c => c.NameEn).HasMaxLength(200);
            row.Ignore(c => c.Name);
            row.HasOne<MemberRow>().WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
