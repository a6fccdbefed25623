using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Rewarding.Segments;

/// <summary>A member is in a segment. Rules see the key as one of <c>customer.segments</c>.</summary>
public sealed class MemberSegmentRow
{
    public required MemberId MemberId { get; init; }
    public required string Segment { get; init; }

    /// <summary>What decided about it at the last reckoning, in minor units: the value, for <c>most-growable</c> the potential.</summary>
    public long Value { get; set; }

    public required DateTime Since { get; init; }

    /// <summary>The reckoning that said so last.</summary>
    public required long Run { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MemberSegmentRow>
    {
        public void Configure(EntityTypeBuilder<MemberSegmentRow> row)
        {
            row.ToTable("member_segments");
            row.HasKey(s => new { s.MemberId, s.Segment });
            row.Property(s => s.Segment).HasMaxLength(32);
            row.HasIndex(s => s.Segment);
            row.HasOne<MemberRow>().WithMany().HasForeignKey(s => s.MemberId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>The sum behind a member's value, as it was last reckoned. Amounts are minor units of the programme's currency.</summary>
public sealed class MemberValueRow
{
    public required MemberId MemberId { get; init; }

    /// <summary>Paid and kept: less discounts and refunds.</summary>
    public required long Revenue { get; init; }

    public required long Discounts { get; init; }
    public required long Refunds { get; init; }
    public required long Goods { get; init; }
    public required long Rewards { get; init; }
    public required long Service { get; init; }
    public required int Complaints { get; init; }
    public required long Value { get; init; }

    /// <summary>What a quarter of the comparable members reach; null when nothing was bought.</summary>
    public long? PeerRevenue { get; init; }

    public int PeerCount { get; init; }

    /// <summary>Who they are, see <see cref="Insight.Value.PeerGroup"/>; 0: all who bought.</summary>
    public int PeerBreadth { get; init; }

    public int PeerTenure { get; init; }
    public int ActiveQuarters { get; init; }
    public int PossibleQuarters { get; init; }
    public long Potential { get; init; }

    /// <summary>The reckoning that said so.</summary>
    public required long Run { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MemberValueRow>
    {
        public void Configure(EntityTypeBuilder<MemberValueRow> row)
        {
            row.ToTable("member_values");
            row.HasKey(v => v.MemberId);
            row.HasOne<MemberRow>().WithOne().HasForeignKey<MemberValueRow>(v => v.MemberId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>One reckoning of all members. The newest one tells what the stored values mean.</summary>
public sealed class SegmentRunRow
{
    public long Id { get; init; }

    /// <summary>The day of the programme that it was due for.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The period: from here …</summary>
    public required DateTime From { get; init; }

    /// <summary>… to here.</summary>
    public required DateTime Through { get; init; }

    /// <summary>The settings it was reckoned by; 0: the defaults.</summary>
    public required long SettingsId { get; init; }

    /// <summary>Members who bought, redeemed or complained in the period.</summary>
    public required int Members { get; init; }

    public required int MostValuable { get; init; }
    public required int MostGrowable { get; init; }
    public required int BelowZero { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SegmentRunRow>
    {
        public void Configure(EntityTypeBuilder<SegmentRunRow> row)
        {
            row.ToTable("segment_runs");
            row.HasKey(r => r.Id);
        }
    }
}

/// <summary>What value is reckoned by, as somebody set it. The newest row counts; none: the defaults.</summary>
public sealed class ValueSettingsRow
{
    public long Id { get; init; }
    public required int Months { get; init; }

    /// <summary>Hundredths of a per cent.</summary>
    public required int GoodsShare { get; init; }

    /// <summary>Minor units.</summary>
    public required long ComplaintCost { get; init; }

    /// <summary>Hundredths of a per cent.</summary>
    public required int MostValuableShare { get; init; }

    /// <summary>Hundredths of a per cent.</summary>
    public required int MostGrowableShare { get; init; }

    public required DateTime At { get; init; }
    public required Guid By { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ValueSettingsRow>
    {
        public void Configure(EntityTypeBuilder<ValueSettingsRow> row)
        {
            row.ToTable("value_settings");
            row.HasKey(s => s.Id);
        }
    }
}
