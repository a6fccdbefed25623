using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Data;
using RewardsEngine.Members;
using RewardsEngine.Values;

namespace Portal.Rewarding.Decisions;

/// <summary>What is counted beside purchases.</summary>
public enum HappeningKind
{
    Visit,
    Redemption,
    Complaint,
}

/// <summary>One visit, redemption or complaint of a member: conditions count them over the last days or months. Written with the running counter.</summary>
public sealed class HappeningRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required MemberId MemberId { get; set; }
    public required HappeningKind Kind { get; init; }
    public required DateTime At { get; init; }

    /// <summary>Points of a redemption, else 1.</summary>
    public long Quantity { get; init; } = 1;

    /// <summary>Those of a kind since a moment, oldest first, those of the same work too.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> SinceAsync(PortalDb db, MemberId member, HappeningKind kind, DateTime since, CancellationToken cancel)
    {
        var stored = await db.Set<HappeningRow>().Where(h => h.MemberId == member && h.Kind == kind && h.At >= since).ToListAsync(cancel);
        var fresh = db.Set<HappeningRow>().Local.Where(h => h.MemberId == member && h.Kind == kind && h.At >= since);
        return [.. stored.Concat(fresh).DistinctBy(h => h.Id).OrderBy(h => h.At).Select(h => new HistoryEntry(h.At, 0m, h.Quantity))];
    }

    /// <summary>Counts a redemption: points taken for a reward or as payment at a till.</summary>
    public static async Task CountRedemptionAsync(PortalDb db, MemberId member, long points, DateTime at, CancellationToken cancel)
    {
        var counters = await db.Set<MemberCounterRow>().FindAsync([member], cancel);
        if (counters is null)
            db.Add(counters = new() { MemberId = member });
        counters.Redemptions++;
        db.Add(new HappeningRow { MemberId = member, Kind = HappeningKind.Redemption, At = at, Quantity = points });
        counters.RedemptionPoints += points;
        counters.FirstRedemptionAt ??= at;
        counters.LastRedemptionAt = at;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<HappeningRow>
    {
        public void Configure(EntityTypeBuilder<HappeningRow> row)
        {
            row.ToTable("member_happenings");
            row.Property(h => h.Id).ValueGeneratedNever();
            row.Property(h => h.Kind).HasConversion<string>().HasMaxLength(16);
            row.HasIndex(h => new { h.MemberId, h.Kind, h.At });
        }
    }
}
