using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>A member's running balances: one row, written only if the version that was read still stands.</summary>
public sealed class WalletRow
{
    public required MemberId MemberId { get; init; }
    public long Version { get; set; }
    public long Pending { get; set; }
    public long Available { get; set; }
    public long Held { get; set; }
    public long Debt { get; set; }
    public long Qualifying { get; set; }

    /// <summary>When an activation, an expiry or a time-out falls due; the daily close looks only at these.</summary>
    public DateTime? NextDueAt { get; set; }

    /// <summary>
    /// The version up to which lots stand in their table. A later credit has no row there: its lot is what its transfer says,
    /// until something takes from the wallet's lots, which writes them all.
    /// </summary>
    public long LotsThrough { get; set; }

    public void Take(Wallet wallet)
    {
        Version = wallet.Version;
        Pending = wallet.Pending;
        Available = wallet.Available;
        Held = wallet.Held;
        Debt = wallet.Debt;
        Qualifying = wallet.Qualifying;
        NextDueAt = RewardsEngine.Accounting.Ledger.NextDue(wallet);
    }

    /// <summary>The same state.</summary>
    public bool Says(WalletRow other) =>
        (Version, Pending, Available, Held, Debt, Qualifying, NextDueAt) == (other.Version, other.Pending, other.Available, other.Held, other.Debt, other.Qualifying, other.NextDueAt);

    public Wallet ToWallet(IEnumerable<Lot> lots, IEnumerable<Hold> holds) => new()
    {
        Member = MemberId,
        Version = Version,
        Pending = Pending,
        Available = Available,
        Held = Held,
        Debt = Debt,
        Qualifying = Qualifying,
        Lots = [.. lots],
        Holds = [.. holds],
    };

    internal sealed class Mapping : IEntityTypeConfiguration<WalletRow>
    {
        public void Configure(EntityTypeBuilder<WalletRow> row)
        {
            row.ToTable("wallets");
            row.HasStorageParameter("fillfactor", 70); // PostgreSQL: room for a balance to change in its own page, without touching an index
            row.HasKey(w => w.MemberId);
            row.Property(w => w.Version).IsConcurrencyToken();
            row.HasIndex(w => w.NextDueAt);
            row.HasOne<MemberRow>().WithOne().HasForeignKey<WalletRow>(w => w.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>An open reservation of points. Gone when captured, released or timed out; the transfers remain.</summary>
public sealed class HoldRow
{
    public required Guid Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required string Reference { get; init; }
    public required DateTime PlacedAt { get; init; }
    public DateTime? ExpiresAt { get; init; }

    /// <summary>Lots and amounts in the order taken, as JSON.</summary>
    public required string Shares { get; set; }

    public static HoldRow From(MemberId member, Hold hold) => new()
    {
        Id = hold.Id.Value,
        MemberId = member,
        Reference = hold.Reference,
        PlacedAt = hold.PlacedAt,
        ExpiresAt = hold.ExpiresAt,
        Shares = Write(hold.Shares),
    };

    public static string Write(ImmutableArray<LotShare> shares) =>
        JsonSerializer.Serialize(shares.Select(s => new Share(s.Lot.Value, s.Amount)));

    public Hold ToHold() => new(new(Id), Reference, PlacedAt, ExpiresAt,
        [.. JsonSerializer.Deserialize<Share[]>(Shares)!.Select(s => new LotShare(new(s.Lot), s.Amount))]);

    private sealed record Share(Guid Lot, long Amount);

    internal sealed class Mapping : IEntityTypeConfiguration<HoldRow>
    {
        public void Configure(EntityTypeBuilder<HoldRow> row)
        {
            row.ToTable("holds");
            row.HasKey(h => h.Id);
            row.Property(h => h.Reference).HasMaxLength(190);
            row.HasIndex(h => h.MemberId);
            row.HasIndex(h => h.Reference).IsUnique();
        }
    }
}
