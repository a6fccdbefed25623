using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Data;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Decisions;

/// <summary>Qualifying points of one member on one day of the programme's zone: tiers look at sums over windows of days.</summary>
public sealed class QualifyingDayRow
{
    public required MemberId MemberId { get; init; }
    public required DateOnly Day { get; init; }
    public long Points { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<QualifyingDayRow>
    {
        public void Configure(EntityTypeBuilder<QualifyingDayRow> row)
        {
            row.ToTable("qualifying_days");
            row.HasKey(q => new { q.MemberId, q.Day });
        }
    }
}

/// <summary>Keeps a member's qualifying days and tier.</summary>
internal static class TierStandings
{
    /// <summary>Counts qualifying points (below zero: taken back) on the day they belong to.</summary>
    public static async Task CountAsync(PortalDb db, MemberAccount account, DateOnly day, long points, CancellationToken cancel)
    {
        var days = await DaysAsync(db, account, cancel);
        var row = days.Find(d => d.Day == day);
        if (row is null)
        {
            row = new() { MemberId = account.Id, Day = day };
            days.Add(row);
            db.Add(row);
        }
        row.Points += points;
    }

    /// <summary>The rules for one member: years of membership begin on each member's own day.</summary>
    public static TierSettings Of(TierSettings rules, MemberRow member) => rules.Period is CalendarPeriod.Anniversary
        ? rules with { Period = new CalendarPeriod.Anniversary(DateOnly.FromDateTime(member.JoinedAt)) }
        : rules;

    /// <summary>Reviews the tier on a day; safe to repeat.</summary>
    public static async Task ReviewAsync(PortalDb db, MemberAccount account, Programme programme, DateOnly today, CancellationToken cancel)
    {
        if (programme.TierRules is not { } common)
            return;
        var rules = Of(common, account.Row);
        var days = await DaysAsync(db, account, cancel);
        var review = Tiers.Review(rules, Read(account.Row), Value, today);
        if (review.Change != TierChange.Kept || account.Row.TierStanding is null || account.Row.TierReviewOn <= today)
            Write(account.Row, review.Standing, today);

        long Value(DayRange range) => rules.Basis == TierBasis.Balance
            ? account.Wallet.Balance
            : days.Where(d => range.Contains(d.Day)).Sum(d => d.Points);
    }

    /// <summary>A rule moves the member to a tier.</summary>
    public static void Set(MemberRow member, ChangeTier change, DateOnly today) =>
        Write(member, new(change.Tier, new(today, change.Until ?? DateOnly.MaxValue)), today);

    public static TierStanding? Read(MemberRow member) =>
        member.TierStanding is { } json ? JsonSerializer.Deserialize<TierStanding>(json) : null;

    private static void Write(MemberRow member, TierStanding standing, DateOnly today)
    {
        member.TierStanding = JsonSerializer.Serialize(standing);
        member.TierKey = standing.On(today);
        member.TierReviewOn = today < standing.Valid.First ? standing.Valid.First
            : standing.Valid.Last == DateOnly.MaxValue ? null
            : standing.Valid.Last < today ? today.AddDays(1) // kept by grace: looked at again each day
            : standing.Valid.Last.AddDays(1);
    }

    public static async Task<List<QualifyingDayRow>> DaysAsync(PortalDb db, MemberAccount account, CancellationToken cancel) =>
        account.QualifyingDays ??= account.IsNew ? [] : await db.Set<QualifyingDayRow>().Where(d => d.MemberId == account.Id).ToListAsync(cancel);
}
