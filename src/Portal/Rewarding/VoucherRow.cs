using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Rewarding;

public enum VoucherState
{
    /// <summary>Waits for its purchase to be confirmed.</summary>
    Reserved,
    Active,
    Used,
    Revoked,
}

/// <summary>A voucher in a member's hand: issued by a rule, or bought with points as a reward.</summary>
public sealed class VoucherRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Code { get; init; }
    public MemberId? MemberId { get; init; }

    /// <summary>The engine's voucher template: name and what it is good for.</summary>
    public required string Template { get; init; }

    public required string NameId { get; init; }
    public required string NameEn { get; init; }

    /// <summary>The rule that issued it, or <c>reward</c> for one bought with points.</summary>
    public required RuleId IssuedBy { get; init; }

    /// <summary>Type and reference of the activity that issued it.</summary>
    public required string IssuedFor { get; init; }

    public required DateTime IssuedAt { get; init; }
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day in the programme's zone.</summary>
    public required DateOnly ValidTo { get; init; }

    public VoucherState State { get; set; } = VoucherState.Active;
    public long UsesLeft { get; set; } = 1;
    public DateTime? UsedAt { get; set; }

    /// <summary>Who took it: a user id for staff at the counter, the key's name for a till.</summary>
    public string? UsedBy { get; set; }

    /// <summary>Reference of the purchase it was used on.</summary>
    public string? UsedOn { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<VoucherRow>
    {
        public void Configure(EntityTypeBuilder<VoucherRow> row)
        {
            row.ToTable("vouchers");
            row.HasKey(v => v.Id);
            row.Property(v => v.Code).HasMaxLength(32);
            row.Property(v => v.NameId).HasMaxLength(200);
            row.Property(v => v.NameEn).HasMaxLength(200);
            row.Property(v => v.IssuedFor).HasMaxLength(270);
            row.HasIndex(v => v.Code).IsUnique();
            row.HasIndex(v => new { v.MemberId, v.State, v.ValidTo });
            row.HasIndex(v => v.IssuedFor);
        }
    }
}
