using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Rewarding.Closing;

/// <summary>
/// The books at the end of one day of the programme's zone, by recorded time. Sums since the beginning; written once, never
/// changed. Money in minor units of the programme's currency.
/// </summary>
public sealed class DailyCloseRow
{
    public required DateOnly Day { get; init; }

    /// <summary>The first moment that no longer belongs to the day.</summary>
    public required DateTime Through { get; init; }

    public required DateTime ClosedAt { get; init; }

    public required long Issued { get; init; }
    public required long Redeemed { get; init; }
    public required long Expired { get; init; }
    public required long Reversed { get; init; }

    public required long Pending { get; init; }
    public required long Available { get; init; }
    public required long Held { get; init; }
    public required long Debt { get; init; }

    /// <summary>Issued − redeemed − expired − reversed, less what stands with members: must be zero.</summary>
    public required long Difference { get; init; }

    /// <summary>Points that sales gave, less those that returns took back.</summary>
    public required long SalePoints { get; init; }

    /// <summary>Of them, used.</summary>
    public required long SaleRedeemed { get; init; }

    /// <summary>Share of the points of sales that is expected to be used, in all.</summary>
    public required decimal Rate { get; init; }

    /// <summary>The rate was estimated from what was used and what expired so far.</summary>
    public required bool RateEstimated { get; init; }

    /// <summary>Points of sales expected to be used, in all.</summary>
    public required long ExpectedRedeemed { get; init; }

    /// <summary>Points of sales expected never to be used.</summary>
    public required long Breakage { get; init; }

    /// <summary>Set aside for points at the sales so far, less returns.</summary>
    public required long Deferred { get; init; }

    /// <summary>Set aside on this day.</summary>
    public required long DeferredNow { get; init; }

    /// <summary>Revenue from points so far.</summary>
    public required long Recognised { get; init; }

    /// <summary>Revenue from points on this day; below zero when the estimate rose more than was used.</summary>
    public required long RecognisedNow { get; init; }

    /// <summary>What stays owed for points of sales.</summary>
    public required long Liability { get; init; }

    /// <summary>What the points given without a sale are expected to cost.</summary>
    public required long Provision { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DailyCloseRow>
    {
        public void Configure(EntityTypeBuilder<DailyCloseRow> row)
        {
            row.ToTable("daily_closes");
            row.HasKey(c => c.Day);
            row.Property(c => c.Rate).HasPrecision(7, 6);
        }
    }
}

/// <summary>The share of points expected to be used, as somebody set it from a day on. Inserted once; the newest that has begun counts.</summary>
public sealed class RedemptionRateRow
{
    public long Id { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>0 to 1; null: estimated from the ledger.</summary>
    public required decimal? Rate { get; init; }

    public required string Reason { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<RedemptionRateRow>
    {
        public void Configure(EntityTypeBuilder<RedemptionRateRow> row)
        {
            row.ToTable("redemption_rates");
            row.HasKey(r => r.Id);
            row.Property(r => r.Rate).HasPrecision(7, 6);
            row.Property(r => r.Reason).HasMaxLength(300);
            row.HasIndex(r => r.From);
        }
    }
}
