using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Rewarding.Vouchers;

/// <summary>One use of a voucher at a counter or till; a repeat of the same reference finds it.</summary>
public sealed class VoucherUseRow
{
    public required Guid VoucherId { get; init; }
    public required string Reference { get; init; }
    public required DateTime At { get; init; }

    /// <summary>A user id for staff at the counter, the key's name for a till.</summary>
    public required string By { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<VoucherUseRow>
    {
        public void Configure(EntityTypeBuilder<VoucherUseRow> row)
        {
            row.ToTable("voucher_uses");
            row.HasKey(u => new { u.VoucherId, u.Reference });
            row.Property(u => u.Reference).HasMaxLength(150);
            row.Property(u => u.By).HasMaxLength(100);
            row.HasOne<VoucherRow>().WithMany().HasForeignKey(u => u.VoucherId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
