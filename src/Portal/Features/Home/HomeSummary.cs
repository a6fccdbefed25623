using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Marks;
using Portal.Rewarding.Programmes;
using Portal.Ui;
using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Home;

/// <summary>How far a member is on the way to the next tier.</summary>
/// <param name="Next">Null on the highest tier.</param>
/// <param name="Reached">Qualifying points in the period so far.</param>
/// <param name="Needed">What the next tier asks for.</param>
/// <param name="Until">The last day of the present tier; null when it has no end.</param>
/// <param name="PeriodEnd">The last day on which qualifying points still count.</param>
public sealed record TierProgress(LocalizedText Current, LocalizedText? Next, long Reached, long Needed, DateOnly? Until, DateOnly PeriodEnd);

/// <summary>The nearest reward that is not yet within reach, and how far it is.</summary>
public sealed record NextReward(ShelfReward Reward, long Missing);

/// <summary>Everything on a member's home page.</summary>
public sealed record Summary(
    string Name, string CardCode, MemberPoints Points, Money? Worth, TierProgress? Tier, IReadOnlyList<MyVoucher> Vouchers, NextReward? Next, int OpenComplaints, Currency Currency,
    IReadOnlyList<BadgeRow> Badges, IReadOnlyList<ChallengeRow> Challenges);

/// <summary>Reads the home page of one member.</summary>
public sealed class HomeSummary(
    IDbContextFactory<PortalDb> databases, PointsQuery points, MyVouchers vouchers, RewardShelf shelf, ProgrammeStore programmes, IEnumerable<IOpenComplaints> complaints, TimeProvider time)
{
    public async Task<Summary> ReadAsync(MemberId member, CancellationToken cancel)
    {
        var rules = await programmes.CurrentAsync(cancel);
        var mine = await points.FindAsync(member, cancel) ?? throw new InvalidOperationException($"Member {member} has no wallet.");
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<MemberRow>().AsNoTracking().SingleAsync(m => m.Id == member, cancel);
        var open = 0;
        foreach (var source in complaints)
            open += await source.CountAsync(member, cancel);
        var usable = (await vouchers.ListAsync(member, cancel)).Where(v => v.View == VoucherView.Usable).ToList();
        return new(
            row.Name ?? "", row.CardCode, mine,
            rules.Programme.Conversion?.Worth(mine.Spendable),
            await TierAsync(db, row, mine, rules, cancel),
            usable, await NextAsync(mine, cancel), open, rules.Programme.Currency,
            await db.Set<BadgeRow>().AsNoTracking().Where(b => b.MemberId == member).OrderByDescending(b => b.At).ToListAsync(cancel),
            await db.Set<ChallengeRow>().AsNoTracking().Where(c => c.MemberId == member && c.CompletedAt == null).OrderBy(c => c.Challenge).ToListAsync(cancel));
    }

    private async Task<TierProgress?> TierAsync(PortalDb db, MemberRow member, MemberPoints mine, CompiledRuleSet rules, CancellationToken cancel)
    {
        if (rules.Programme.TierRules is not { } common || rules.Programme.Tiers.Count == 0)
            return null;
        var tiers = TierStandings.Of(common, member);
        var today = ProgrammeDays.Of(time.UtcNow(), rules.Zone);
        var window = tiers.Period.Window(today);
        var value = tiers.Basis == TierBasis.Balance
            ? mine.Balance
            : await db.Set<QualifyingDayRow>().Where(d => d.MemberId == member.Id && d.Day >= window.First && d.Day <= window.Last).SumAsync(d => d.Points, cancel);
        var current = rules.Programme.Tiers.FirstOrDefault(t => t.Key == mine.Tier) ?? rules.Programme.Tiers[0];
        // A tier given by a rule may be higher than the points say: the next one counts from whichever is higher.
        var held = tiers.Steps.FirstOrDefault(s => s.Code == current.Key)?.Minimum ?? 0;
        var next = tiers.Steps.Where(s => s.Minimum > held).MinBy(s => s.Minimum);
        var standing = TierStandings.Read(member);
        return new(
            current.Name, next is null ? null : NameOf(rules.Programme, next.Code), Math.Max(0, value), next?.Minimum ?? 0,
            standing is null || standing.Valid.Last == DateOnly.MaxValue ? null : standing.Valid.Last, window.Last);
    }

    private async Task<NextReward?> NextAsync(MemberPoints mine, CancellationToken cancel) =>
        (await shelf.ListAsync(cancel))
            .Where(r => !r.SoldOut && r.IsFor(mine.Tier) && r.Points > mine.Spendable)
            .Select(r => new NextReward(r, r.Points - mine.Spendable)).FirstOrDefault();

    private static LocalizedText NameOf(Programme programme, string key) =>
        programme.Tiers.FirstOrDefault(t => t.Key == key)?.Name ?? new(key, key);
}
