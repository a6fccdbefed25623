using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Data;
using RewardsEngine.Values;

namespace Portal.Rewarding.Occasions;

/// <summary>
/// What was found when a wallet was last looked at for points about to expire, so that it is looked at again only when
/// something new can be found. Worth nothing but time: without it every wallet is looked at once more.
/// </summary>
public sealed class ExpiryLookRow
{
    public required MemberId MemberId { get; init; }

    /// <summary>The wallet as it stood; another version may have other points to expire.</summary>
    public required long WalletVersion { get; init; }

    /// <summary>When its next points expired; null: none did.</summary>
    public required DateTime? NextAt { get; init; }

    /// <summary>The rules were told of that expiry.</summary>
    public required bool Told { get; init; }

    /// <summary>Writes what was found, over what was found before.</summary>
    public static async Task WriteAsync(PortalDb db, IReadOnlyList<ExpiryLookRow> looks, CancellationToken cancel)
    {
        if (looks.Count == 0)
            return;
        var rows = string.Join(", ", looks.Select((_, i) => $"({{{4 * i}}}, {{{4 * i + 1}}}, {{{4 * i + 2}}}, {{{4 * i + 3}}})"));
        var sql = $"""
            INSERT INTO expiry_looks ("MemberId", "WalletVersion", "NextAt", "Told") VALUES {rows}
            ON CONFLICT ("MemberId") DO UPDATE SET "WalletVersion" = excluded."WalletVersion", "NextAt" = excluded."NextAt", "Told" = excluded."Told"
            """;
        object[] values = [.. looks.SelectMany(l => (object?[])[l.MemberId.Value, l.WalletVersion, l.NextAt, l.Told])!];
        await db.Database.ExecuteSqlRawAsync(sql, values, cancel);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ExpiryLookRow>
    {
        public void Configure(EntityTypeBuilder<ExpiryLookRow> row)
        {
            row.ToTable("expiry_looks");
            row.HasKey(l => l.MemberId);
        }
    }
}
