using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Occasions;

/// <summary>
/// Tells the rules what only time brings: the anniversary of joining, points that expire soon, a customer who stays away.
/// Each once, however often it runs, on however many nodes; looked for only while a rule answers it.
/// </summary>
public sealed class RaiseOccasions(IDbContextFactory<PortalDb> databases, Rewards rewards, ProgrammeStore programmes, RaiseExpiries expiries, TimeProvider time)
{
    private const int MostYears = 100;

    /// <summary>Who crossed the line longer ago than this is not told of it: a rule that is new does not wake up everybody at once.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    /// <returns>How many were raised.</returns>
    public async Task<int> HandleAsync(CancellationToken cancel)
    {
        if (!await programmes.ExistsAsync(cancel))
            return 0;
        var rules = await programmes.CurrentAsync(cancel);
        var raised = 0;
        if (rules.For(ActivityTypes.Anniversary).Count > 0)
            raised += await AnniversariesAsync(rules, cancel);
        if (rules.For(ActivityTypes.PointsExpiring).Count > 0)
            raised += await expiries.HandleAsync(rules, cancel);
        if (rules.For(ActivityTypes.CustomerLapsing).Count > 0)
            raised += await LapsingAsync(rules, cancel);
        return raised;
    }

    /// <summary>Who joined on 29 February has the day on the 28th in common years.</summary>
    private async Task<int> AnniversariesAsync(CompiledRuleSet rules, CancellationToken cancel)
    {
        var today = ProgrammeDays.Of(time.UtcNow(), rules.Zone);
        var lately = time.UtcNow().AddDays(-300);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<MemberRow>().MinAsync(m => (DateTime?)m.JoinedAt, cancel) is not { } first)
            return 0;
        var raised = 0;
        for (var years = 1; years <= MostYears && today.Year - years >= ProgrammeDays.Of(first, rules.Zone).Year; years++)
        {
            var day = today.AddYears(-years);
            var last = today is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(today.Year) && DateTime.IsLeapYear(day.Year) ? day.AddDays(1) : day;
            var (from, until) = (ProgrammeDays.StartOf(day, rules.Zone), ProgrammeDays.StartOf(last.AddDays(1), rules.Zone));
            var members = await db.Set<MemberRow>()
                .Where(m => m.JoinedAt >= from && m.JoinedAt < until && m.ClosedAt == null && m.MergedIntoId == null)
                .Where(m => !db.Set<ActivityRow>().Any(a => a.MemberId == m.Id && a.Type == ActivityTypes.Anniversary && a.OccurredAt >= lately))
                .Select(m => m.Id).ToListAsync(cancel);
            foreach (var member in members)
            {
                raised += await RaiseAsync(member, now =>
                    new Anniversary { Reference = FormattableString.Invariant($"anniversary:{member}:{today.Year}"), Member = member, OccurredAt = now, Years = years }, cancel);
            }
        }
        return raised;
    }

    /// <summary>Once for each absence.</summary>
    private async Task<int> LapsingAsync(CompiledRuleSet rules, CancellationToken cancel)
    {
        var now = time.UtcNow();
        var (until, from) = (now.AddDays(-rules.Programme.Occasions.LapsingDays), now.AddDays(-rules.Programme.Occasions.LapsingDays) - Lately);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var members = await db.Set<MemberCounterRow>()
            .Where(c => c.LastPurchaseAt > from && c.LastPurchaseAt <= until)
            .Where(c => db.Set<MemberRow>().Any(m => m.Id == c.MemberId && m.ClosedAt == null && m.MergedIntoId == null))
            .Where(c => !db.Set<ActivityRow>().Any(a => a.MemberId == c.MemberId && a.Type == ActivityTypes.CustomerLapsing && a.OccurredAt >= c.LastPurchaseAt))
            .Select(c => new { c.MemberId, Last = c.LastPurchaseAt!.Value }).ToListAsync(cancel);
        var raised = 0;
        foreach (var member in members)
        {
            var days = ProgrammeDays.Of(now, rules.Zone).DayNumber - ProgrammeDays.Of(member.Last, rules.Zone).DayNumber;
            raised += await RaiseAsync(member.MemberId, at => new CustomerLapsing
            {
                Reference = FormattableString.Invariant($"customer.lapsing:{member.MemberId}:{member.Last:yyyyMMddHHmmss}"),
                Member = member.MemberId,
                OccurredAt = at,
                DaysSincePurchase = days,
            }, cancel);
        }
        return raised;
    }

    /// <summary>Looked for under the member's lock: two nodes at once raise it once.</summary>
    private async Task<int> RaiseAsync(MemberId member, Func<DateTime, Activity> occasion, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await work.FindAsync(member, cancel) is not { } account)
            return 0;
        var activity = occasion(work.Now);
        if (await Decider.KnownAsync(work.Db, activity.Type, activity.Reference, cancel) is not null)
            return 0;
        await rewards.DecideAsync(work, account, activity, cancel);
        await work.CommitAsync(cancel);
        return 1;
    }
}
