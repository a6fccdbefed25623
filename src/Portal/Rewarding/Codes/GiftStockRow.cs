using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Rewarding.Codes;

/// <summary>How many of a product may still be given away by rules. A product without a row is not limited.</summary>
public sealed class GiftStockRow
{
    public required string Sku { get; init; }

    /// <summary>Taken by a conditional update, in the transaction of the sale.</summary>
    public long Available { get; set; }

    /// <summary>Given away and not come back.</summary>
    public long Given { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<GiftStockRow>
    {
        public void Configure(EntityTypeBuilder<GiftStockRow> row)
        {
            row.ToTable("gift_stock", t => t.HasCheckConstraint("ck_gift_stock_available", "\"Available\" >= 0"));
            row.HasKey(g => g.Sku);
            row.Property(g => g.Sku).HasMaxLength(64);
        }
    }
}

/// <summary>Who changed the stock of a gift, and by how much. Inserted once.</summary>
public sealed class GiftStockChangeRow
{
    public long Id { get; init; }
    public required string Sku { get; init; }

    /// <summary>More or fewer than before; null: no longer limited.</summary>
    public required long? Change { get; init; }

    public required DateTime At { get; init; }
    public required Guid By { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<GiftStockChangeRow>
    {
        public void Configure(EntityTypeBuilder<GiftStockChangeRow> row)
        {
            row.ToTable("gift_stock_changes");
            row.HasKey(c => c.Id);
            row.Property(c => c.Sku).HasMaxLength(64);
            row.HasIndex(c => c.Sku);
        }
    }
}
