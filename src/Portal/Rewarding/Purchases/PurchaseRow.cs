using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Rewarding.Purchases;

public enum PurchaseKind
{
    Sale = 1,
    Refund = 2,
}

/// <summary>A sale or a refund as it was reported and decided. Amounts in minor units of its currency, positive also for refunds.</summary>
public sealed class PurchaseRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required PurchaseKind Kind { get; init; }

    /// <summary>The receipt or invoice number, unique per kind.</summary>
    public required string Reference { get; init; }

    /// <summary>For a refund: the sale, when it was named or found.</summary>
    public string? SaleReference { get; init; }

    public MemberId? MemberId { get; init; }
    public required DateTime OccurredAt { get; init; }
    public required DateTime RecordedAt { get; init; }
    public required string Currency { get; init; }
    public string? Channel { get; init; }
    public string? Store { get; init; }

    /// <summary>Goods before rules.</summary>
    public long Gross { get; init; }

    public long Discount { get; init; }
    /// <summary>Delivery to pay; for a refund, delivery and fees given back (below zero: kept back).</summary>
    public long Shipping { get; init; }

    /// <summary>Goods and delivery to pay, before stored value.</summary>
    public long Total { get; init; }

    /// <summary>Points earned (sale) or taken back (refund, negative).</summary>
    public long Points { get; init; }

    /// <summary>What has come back of a sale so far.</summary>
    public long ReturnedTotal { get; set; }

    /// <summary>Where it came from: <c>api</c>, <c>import</c>, <c>demo</c>, <c>staff</c>.</summary>
    public required string Source { get; init; }

    public List<PurchaseLineRow> Lines { get; init; } = [];

    /// <summary>Something of the sale is still with the buyer: a sale that came back whole counts no more.</summary>
    public static System.Linq.Expressions.Expression<Func<PurchaseRow, bool>> IsKept { get; } =
        p => p.Lines.Any(l => l.ReturnedQuantity < l.Quantity && (l.Net <= 0 || l.ReturnedAmount < l.Net));

    /// <summary>The same of a row at hand, compiled once.</summary>
    public static Func<PurchaseRow, bool> Keeps { get; } = IsKept.Compile();

    internal sealed class Mapping : IEntityTypeConfiguration<PurchaseRow>
    {
        public void Configure(EntityTypeBuilder<PurchaseRow> row)
        {
            row.ToTable("purchases");
            row.HasKey(p => p.Id);
            row.Property(p => p.Reference).HasMaxLength(200);
            row.Property(p => p.SaleReference).HasMaxLength(200);
            row.Property(p => p.Currency).HasMaxLength(3);
            row.Property(p => p.Channel).HasMaxLength(64);
            row.Property(p => p.Store).HasMaxLength(64);
            row.Property(p => p.Source).HasMaxLength(16);
            row.HasIndex(p => new { p.Kind, p.Reference }).IsUnique();
            row.HasIndex(p => new { p.MemberId, p.OccurredAt });
            row.HasIndex(p => p.OccurredAt);
            row.HasMany(p => p.Lines).WithOne().HasForeignKey(l => l.PurchaseId);
        }
    }
}

/// <summary>One line of a sale or refund.</summary>
public sealed class PurchaseLineRow
{
    public long Id { get; init; }
    public Guid PurchaseId { get; init; }

    /// <summary>Order on the receipt.</summary>
    public required int Position { get; init; }

    public required string LineId { get; init; }
    public required string Sku { get; init; }
    public string? Name { get; init; }
    public string? Category { get; init; }
    public required int Quantity { get; init; }

    /// <summary>Ten-thousandths of the currency's unit.</summary>
    public required long UnitPrice { get; init; }

    public long Gross { get; init; }
    public long Discount { get; init; }
    public long Net { get; init; }
    public long Points { get; init; }

    /// <summary>Units of a sale's line that came back so far.</summary>
    public int ReturnedQuantity { get; set; }

    /// <summary>Money given back for it so far, in minor units.</summary>
    public long ReturnedAmount { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PurchaseLineRow>
    {
        public void Configure(EntityTypeBuilder<PurchaseLineRow> row)
        {
            row.ToTable("purchase_lines");
            row.HasKey(l => l.Id);
            row.Property(l => l.LineId).HasMaxLength(64);
            row.Property(l => l.Sku).HasMaxLength(64);
            row.Property(l => l.Name).HasMaxLength(300);
            row.Property(l => l.Category).HasMaxLength(200);
            row.HasIndex(l => new { l.PurchaseId, l.Position }).IsUnique();
            row.HasIndex(l => l.Sku);
        }
    }
}
