using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>One movement of points. Inserted once, never updated, never deleted.</summary>
public sealed class TransferRow
{
    /// <summary>Stands for the reference of the change and the ordinal: <see cref="TransferKey"/>.</summary>
    public Guid Key { get; init; }

    /// <summary>The reference of the change.</summary>
    public required string Operation { get; init; }

    public required MemberId MemberId { get; init; }
    public required TransferKind Kind { get; init; }
    public required Account Debit { get; init; }
    public required Account Credit { get; init; }
    public required long Amount { get; init; }
    public LotId? LotId { get; init; }
    public Guid? HoldId { get; init; }
    public string? Returns { get; init; }
    public DateTime? ActivatesAt { get; init; }
    public DateTime? ExpiresAt { get; init; }
    public required long WalletVersion { get; init; }
    public required int Ordinal { get; init; }
    public required DateTime EffectiveAt { get; init; }
    public required DateTime RecordedAt { get; init; }
    public string? Activity { get; init; }
    public RuleId? RuleId { get; init; }
    public int? RuleVersion { get; init; }

    /// <summary>The user id of the person who caused it; a name would be personal data in a row that is never erased.</summary>
    public string? Person { get; init; }

    public string? Reason { get; init; }

    public static TransferRow From(Transfer t) => new()
    {
        Key = TransferKey.Of(t.Operation, t.Ordinal),
        Operation = t.Operation,
        MemberId = t.Member,
        Kind = t.Kind,
        Debit = t.Debit,
        Credit = t.Credit,
        Amount = t.Amount,
        LotId = t.Lot,
        HoldId = t.Hold?.Value,
        Returns = t.Returns,
        ActivatesAt = t.ActivatesAt,
        ExpiresAt = t.ExpiresAt,
        WalletVersion = t.WalletVersion,
        Ordinal = t.Ordinal,
        EffectiveAt = t.EffectiveAt,
        RecordedAt = t.RecordedAt,
        Activity = t.Cause.Activity,
        RuleId = t.Cause.Rule,
        RuleVersion = t.Cause.RuleVersion,
        Person = t.Cause.Person,
        Reason = t.Cause.Reason,
    };

    public Transfer ToTransfer() => new()
    {
        Operation = Operation,
        Member = MemberId,
        Kind = Kind,
        Debit = Debit,
        Credit = Credit,
        Amount = Amount,
        Lot = LotId,
        Hold = HoldId is { } hold ? new HoldId(hold) : null,
        Returns = Returns,
        ActivatesAt = ActivatesAt,
        ExpiresAt = ExpiresAt,
        WalletVersion = WalletVersion,
        Ordinal = Ordinal,
        EffectiveAt = EffectiveAt,
        RecordedAt = RecordedAt,
        Cause = new(Activity, RuleId, RuleVersion, Person, Reason),
    };

    internal sealed class Mapping : IEntityTypeConfiguration<TransferRow>
    {
        public void Configure(EntityTypeBuilder<TransferRow> row)
        {
            // A refund names its own reference, the sale's and the rule's key: three texts of up to 200, 200 and 64 characters.
            row.ToTable("transfers", t => t.HasCheckConstraint("ck_transfers_amount", "\"Amount\" > 0"));
            row.HasKey(t => new { t.MemberId, t.WalletVersion, t.Ordinal }); // the order of a member's transfers
            row.Property(t => t.Operation).HasMaxLength(590);
            row.Property(t => t.Activity).HasMaxLength(280);
            row.Property(t => t.Reason).HasMaxLength(500);
            row.HasIndex(t => t.Key).IsUnique();
            row.Property(t => t.Returns).HasMaxLength(590);
            // Operation, Activity and Returns are looked for among one member's transfers. No foreign key: a transfer is written only
            // together with its wallet, which has one, and verify looks for transfers without a wallet.
        }
    }
}
