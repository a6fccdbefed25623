using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Rewarding.Catalogue;

/// <summary>What a voucher bought with points is good for. The number is stored.</summary>
public enum RewardKind
{
    /// <summary>A thing handed over at the counter.</summary>
    Item = 1,

    /// <summary>An amount off a purchase.</summary>
    AmountOff = 2,

    /// <summary>A percentage off a purchase.</summary>
    PercentOff = 3,
}

/// <summary>One thing in the catalogue that points can buy.</summary>
public sealed class RewardRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Permanent, readable, in addresses: <c>kopi-susu</c>.</summary>
    public required string Key { get; init; }

    public required string NameId { get; set; }
    public required string NameEn { get; set; }
    public string DescriptionId { get; set; } = "";
    public string DescriptionEn { get; set; } = "";
    public RewardKind Kind { get; set; } = RewardKind.Item;

    /// <summary>Minor units for an amount off, per cent for a percentage, 0 for an item.</summary>
    public long Value { get; set; }

    /// <summary>The price.</summary>
    public required long Points { get; set; }

    /// <summary>How many are left; null: as many as wanted. Taken by a conditional update.</summary>
    public long? Stock { get; set; }

    public long Redeemed { get; set; }
    public bool Active { get; set; } = true;
    public DateOnly? From { get; set; }

    /// <summary>The last day on which it can be redeemed, in the programme's zone.</summary>
    public DateOnly? To { get; set; }

    /// <summary>Comma-separated keys of the tiers that may redeem it; empty: everybody.</summary>
    public string Tiers { get; set; } = "";

    /// <summary>How many days the voucher can be used, the day of redemption included.</summary>
    public int ValidDays { get; set; } = 30;

    /// <summary>A name from <c>Ui/Icons</c>, on the generated picture.</summary>
    public string Icon { get; set; } = "gift";

    public DateTime UpdatedAt { get; set; }

    /// <summary>For people who edit the same reward at once.</summary>
    public long Revision { get; set; }

    public LocalizedText Name => new(NameId, NameEn);

    public IReadOnlyList<string> TierKeys => Tiers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What the voucher says for as long as it lives, whatever becomes of the reward.</summary>
    public VoucherTemplate Template(Currency currency) => new()
    {
        Key = Key,
        Name = Name,
        Reward = Key,
        ValidDays = ValidDays,
        Discounts = Kind switch
        {
            RewardKind.AmountOff => [new AmountOffOrder { Amount = currency.FromMinor(Value) }],
            RewardKind.PercentOff => [new PercentOffOrder { Percent = Value }],
            _ => [],
        },
    };

    internal sealed class Mapping : IEntityTypeConfiguration<RewardRow>
    {
        public void Configure(EntityTypeBuilder<RewardRow> row)
        {
            row.ToTable("rewards", t => t.HasCheckConstraint("ck_rewards_stock", "\"Stock\" IS NULL OR \"Stock\" >= 0"));
            row.HasKey(r => r.Id);
            row.Ignore(r => r.Name);
            row.Ignore(r => r.TierKeys);
            row.Property(r => r.Key).HasMaxLength(64);
            row.Property(r => r.NameId).HasMaxLength(100);
            row.Property(r => r.NameEn).HasMaxLength(100);
            row.Property(r => r.DescriptionId).HasMaxLength(1000);
            row.Property(r => r.DescriptionEn).HasMaxLength(1000);
            row.Property(r => r.Tiers).HasMaxLength(300);
            row.Property(r => r.Icon).HasMaxLength(40);
            row.Property(r => r.Revision).IsConcurrencyToken();
            row.HasIndex(r => r.Key).IsUnique();
            row.HasIndex(r => new { r.Active, r.Points });
        }
    }
}
