using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>What is left of one accrual; always equal to what its transfers say. A lot from which nothing was taken yet may have no row, see <see cref="LotReader"/>.</summary>
public sealed class LotRow
{
    public required LotId Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required string Accrual { get; init; }
    public required long Sequence { get; init; }
    public required DateTime EarnedAt { get; init; }
    public DateTime? ActivatesAt { get; set; }
    public DateTime? ExpiresAt { get; set; }
    public bool Sliding { get; init; }

    /// <summary>A sale gave it: its points were paid for with the sale, and part of the price is owed until they are used.</summary>
    public bool OfSale { get; set; }

    public required long Earned { get; init; }
    public long Reversed { get; set; }
    public long Pending { get; set; }
    public long Available { get; set; }
    public long Held { get; set; }

    /// <summary>The lot of another membership that this one became when both were joined.</summary>
    public LotId? MovedTo { get; set; }

    /// <summary>Something is left: only open lots are read for a decision.</summary>
    public bool IsOpen { get; set; }

    /// <summary>It has no row yet.</summary>
    internal bool IsUnwritten { get; set; }

    internal const string OfSales = RewardsEngine.Activities.ActivityTypes.Purchase + ":";

    public static LotRow From(MemberId member, Lot lot)
    {
        var row = new LotRow { Id = lot.Id, MemberId = member, Accrual = lot.Accrual, Sequence = lot.Sequence, EarnedAt = lot.EarnedAt, Sliding = lot.Sliding, Earned = lot.Earned, OfSale = lot.Accrual.StartsWith(OfSales, StringComparison.Ordinal) };
        row.Take(lot);
        return row;
    }

    /// <summary>The lot of a credit from which nothing was taken.</summary>
    public static LotRow Untouched(TransferRow credit) => new()
    {
        Id = credit.LotId!.Value,
        MemberId = credit.MemberId,
        Accrual = credit.Operation,
        Sequence = credit.WalletVersion,
        EarnedAt = credit.EffectiveAt,
        ActivatesAt = credit.ActivatesAt,
        ExpiresAt = credit.ExpiresAt,
        Earned = credit.Amount,
        Pending = credit.Credit == Account.MemberPending ? credit.Amount : 0,
        Available = credit.Credit == Account.MemberAvailable ? credit.Amount : 0,
        IsOpen = true,
        OfSale = credit.Operation.StartsWith(OfSales, StringComparison.Ordinal),
        IsUnwritten = true,
    };

    /// <summary>Takes over what a change left of the lot.</summary>
    public void Take(Lot lot)
    {
        ActivatesAt = lot.ActivatesAt;
        ExpiresAt = lot.ExpiresAt;
        Reversed = lot.Reversed;
        Pending = lot.Pending;
        Available = lot.Available;
        Held = lot.Held;
        IsOpen = lot.Left > 0;
    }

    public Lot ToLot() => new()
    {
        Id = Id,
        Accrual = Accrual,
        Sequence = Sequence,
        EarnedAt = EarnedAt,
        ActivatesAt = ActivatesAt,
        ExpiresAt = ExpiresAt,
        Sliding = Sliding,
        Earned = Earned,
        Reversed = Reversed,
        Pending = Pending,
        Available = Available,
        Held = Held,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<LotRow>
    {
        public void Configure(EntityTypeBuilder<LotRow> row)
        {
            row.ToTable("lots");
            row.HasKey(l => new { l.MemberId, l.IsOpen, l.Id }); // one index: a lot is looked for only among its member's
            row.Property(l => l.Accrual).HasMaxLength(590);
            // A lot is found by the transfer that created it, whose reference is unique.
        }
    }
}
