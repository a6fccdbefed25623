using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Decisions;
using RewardsEngine.Decisions.Wording;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Offers;

/// <summary>How a member stands to a rule.</summary>
public enum Standing { Yours, YourTier, ForYouAlone, OtherTier, NotFor, NeedsConsent, Later, UsedUp }

/// <summary>A live rule as one member sees it.</summary>
/// <param name="Terms">How one gets it, its schedule and limits.</param>
/// <param name="Reason">Tiers, consents or the day that <paramref name="Standing"/> speaks of.</param>
/// <param name="LastTime">Why it did not apply to the member's last purchase, and what would have made it.</param>
public sealed record Offer(RuleId Rule, string Name, IReadOnlyList<string> Gives, IReadOnlyList<string> Terms, Standing Standing, string? Reason, DateOnly? From, ExplainedMiss? LastTime)
{
    public bool IsOpen => Standing <= Standing.ForYouAlone;
}

/// <summary>The live rules that one member qualifies for or nearly does, with the reason.</summary>
public sealed class MyOffers(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, PointsQuery points, TimeProvider time)
{
    // What happened once and cannot be repeated is no offer.
    private static readonly string[] Past = [ActivityTypes.Registered, ActivityTypes.Refund, ActivityTypes.ComplaintResolved, ActivityTypes.PointsExpiring, ActivityTypes.CustomerLapsing];

    public async Task<IReadOnlyList<Offer>> ListAsync(MemberId member, string language, CancellationToken cancel)
    {
        var rules = await programmes.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var today = ProgrammeDays.Of(time.UtcNow(), rules.Zone);
        var row = await db.Set<MemberRow>().Where(m => m.Id == member).Select(m => new { m.EmailConfirmedAt, m.Consents }).SingleAsync(cancel);
        var me = new Reader(
            member, (await points.FindAsync(member, cancel))?.Tier ?? "", [.. (row.Consents ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)],
            await db.Set<RuleUseRow>().AsNoTracking().Where(u => u.MemberId == member).ToListAsync(cancel), today);
        var missed = await LastMissesAsync(db, member, rules.Programme, language, cancel);
        var text = new RuleText(rules.Programme, language, ProgrammeNames.In(rules.Programme, language));
        return [.. rules.Source.Rules.Select(r => r.Trigger).Distinct().Order(StringComparer.Ordinal)
            .Where(t => !Past.Contains(t) && !(row.EmailConfirmedAt is not null && t == ActivityTypes.EmailConfirmed))
            .SelectMany(rules.For)
            .Where(r => IsOffer(r, member, today) && Gives(text, r.Rule).Count > 0)
            .Where(r => !IsBehind(r.Rule, me.Tier, rules.Programme))
            .Select(r => Of(r, text, me, rules.Programme, language, missed.GetValueOrDefault(r.Rule.Id)))
            .OrderBy(o => o.Standing is Standing.ForYouAlone ? -1 : (int)o.Standing)];
    }

    // Nobody reads what group the company counts them in.
    private static bool IsOffer(CompiledRule compiled, MemberId member, DateOnly today) =>
        compiled.Rule is var rule && compiled.Condition?.UsedFields.Contains(Fields.CustomerSegments) is not true && rule.Status is RuleStatus.Live or RuleStatus.Scheduled && !(rule.Schedule.To < today)
        && rule.Activation.Kind == ActivationKind.Automatic && rule.Audience.Segments.Count == 0
        && (rule.Audience.Only is null || rule.Audience.Only == member);

    // A mail is no gift.
    private static IReadOnlyList<string> Gives(RuleText text, Rule rule) => text.Gives(rule.Effects.Where(e => e is not RewardsEngine.Rewards.Notify));

    // What only lower tiers get is nothing to come up to.
    private static bool IsBehind(Rule rule, string tier, Programme programme)
    {
        List<string> ladder = [.. programme.Tiers.Select(t => t.Key)];
        return rule.Audience.Tiers.Count > 0 && rule.Audience.Tiers.All(t => ladder.IndexOf(t) < ladder.IndexOf(tier));
    }

    private static Offer Of(CompiledRule compiled, RuleText text, Reader me, Programme programme, string language, LastMiss? last)
    {
        var rule = compiled.Rule;
        var (standing, reason, from) = Stand(rule, me, programme, language);
        // What the last purchase missed because of who the member is, no further purchase mends.
        if (standing <= Standing.ForYouAlone && last is { AboutMember: true })
            (standing, reason, last) = (Standing.NotFor, string.Join("; ", last.Words.Needs), null);
        return new(rule.Id, rule.Name.In(language), Gives(text, rule), [.. text.How(compiled), .. text.Terms(rule)], standing, reason, from,
            standing <= Standing.ForYouAlone ? last?.Words : null);
    }

    private static (Standing, string?, DateOnly?) Stand(Rule rule, Reader me, Programme programme, string language)
    {
        var audience = rule.Audience;
        if (audience.Tiers.Count > 0 && !audience.Tiers.Contains(me.Tier))
            return (Standing.OtherTier, string.Join(", ", audience.Tiers.Select(TierName)), null);
        if (audience.Consents.FirstOrDefault(c => !me.Consents.Contains(c)) is { } missing)
            return (Standing.NeedsConsent, missing, null);
        if (rule.Limits.Any(l => l.For == CountedFor.Member && me.Uses(rule.Id, l.Span) >= l.Uses))
            return (Standing.UsedUp, null, null);
        if (NextDay(rule.Schedule, me.Today) is { } day && day > me.Today)
            return (Standing.Later, null, day);
        return audience switch
        {
            { Only: not null } => (Standing.ForYouAlone, null, null),
            { Tiers.Count: > 0 } => (Standing.YourTier, TierName(me.Tier), null),
            _ => (Standing.Yours, null, null),
        };

        string TierName(string key) => programme.Tiers.FirstOrDefault(t => t.Key == key)?.Name.In(language) ?? key;
    }

    private static DateOnly? NextDay(Schedule schedule, DateOnly today)
    {
        var first = schedule.From is { } from && from > today ? from : today;
        for (var day = first; day < first.AddDays(7); day = day.AddDays(1))
            if (schedule.Weekdays.Count == 0 || schedule.Weekdays.Contains(day.DayOfWeek))
                return day;
        return null;
    }

    /// <summary>Which rules the last purchase nearly met, from its stored explanation.</summary>
    private static async Task<Dictionary<RuleId, LastMiss>> LastMissesAsync(PortalDb db, MemberId member, Programme programme, string language, CancellationToken cancel)
    {
        var last = await db.Set<ActivityRow>().AsNoTracking().Where(a => a.MemberId == member && a.Type == ActivityTypes.Purchase)
            .OrderByDescending(a => a.OccurredAt).FirstOrDefaultAsync(cancel);
        if (last is null)
            return [];
        var missed = last.ReadDecision().Explanation.Missed.Where(m => m is { ForCustomer: true, Reason: MissReason.ConditionFailed }).ToList();
        var writer = new ExplanationText(programme, language, _ => null, ProgrammeNames.In(programme, language));
        return missed.Zip(writer.ForCustomer(new() { Missed = missed }, last.Type).Missed)
            .ToDictionary(p => p.First.Rule, p => new LastMiss(p.Second, p.First.Failed.All(f => f.Subject?.StartsWith("customer.", StringComparison.Ordinal) == true)));
    }

    private sealed record LastMiss(ExplainedMiss Words, bool AboutMember);

    private sealed record Reader(MemberId Id, string Tier, ImmutableHashSet<string> Consents, IReadOnlyList<RuleUseRow> Used, DateOnly Today)
    {
        public long Uses(RuleId rule, Span span) => Used.Where(u => u.RuleId == rule && u.Day >= Since(span)).Sum(u => u.Uses);

        private DateOnly Since(Span span) => span switch
        {
            Span.Order => DateOnly.MaxValue, // each purchase begins anew
            Span.Day => Today,
            Span.Week => Today.AddDays(-(((int)Today.DayOfWeek + 6) % 7)),
            Span.Month => new(Today.Year, Today.Month, 1),
            Span.Year => new(Today.Year, 1, 1),
            _ => DateOnly.MinValue,
        };
    }
}
