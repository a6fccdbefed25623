using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>A rule in the staff list.</summary>
public sealed record RuleLine(Rule Rule, RuleStatus Status, int Version, int? LiveVersion, long Uses, long Points, DateTime UpdatedAt);

/// <summary>A rule to edit.</summary>
public sealed record RuleDetail(Rule Rule, RuleStatus Status, int? LiveVersion, bool Published, long Revision, DateTime UpdatedAt);

/// <summary>What a rule does to people now.</summary>
public sealed record RuleReach(long Uses, long Points, long Members, long AllMembers);

/// <summary>One line of a rule's history.</summary>
public sealed record RuleHistoryLine(RuleChange Change, int Version, DateTime At, string? By);

/// <summary>Reads rules for staff.</summary>
public sealed class RuleQueries(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public const int Days = 30;

    public async Task<IReadOnlyList<RuleLine>> ListAsync(RuleStatus? status, string? trigger, string? search, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Set<RuleRow>().AsNoTracking();
        if (status is { } wantedStatus)
            rows = rows.Where(r => r.Status == wantedStatus);
        if (!string.IsNullOrEmpty(trigger))
            rows = rows.Where(r => r.Trigger == trigger);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var wanted = search.Trim().ToLowerInvariant();
            rows = rows.Where(r => r.NameId.ToLower().Contains(wanted) || r.NameEn.ToLower().Contains(wanted));
        }
        var found = await rows.ToListAsync(cancel);
        var given = await db.Set<RuleUseRow>().GroupBy(u => u.RuleId).Select(g => new { g.Key, Uses = g.Sum(u => u.Uses), Points = g.Sum(u => u.Points) })
            .ToDictionaryAsync(g => g.Key, cancel);
        return
        [
            .. found.OrderBy(r => Rank(r.Status)).ThenBy(r => r.Trigger, StringComparer.Ordinal).ThenBy(r => r.NameEn, StringComparer.OrdinalIgnoreCase)
                .Select(r => new RuleLine(EngineJson.Read<Rule>(r.Json), r.Status, r.Version, r.LiveVersion, given.GetValueOrDefault(r.Id)?.Uses ?? 0, given.GetValueOrDefault(r.Id)?.Points ?? 0, r.UpdatedAt)),
        ];
    }

    public async Task<RuleDetail?> FindAsync(RuleId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<RuleRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel);
        if (row is null)
            return null;
        var published = await db.Set<PublishedRuleRow>().AnyAsync(p => p.RuleId == id && p.Version == row.Version, cancel);
        return new(EngineJson.Read<Rule>(row.Json), row.Status, row.LiveVersion, published, row.Revision, row.UpdatedAt);
    }

    /// <summary>The last <see cref="Days"/> days.</summary>
    public async Task<RuleReach> ReachAsync(RuleId id, TimeZoneInfo zone, CancellationToken cancel)
    {
        var from = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.UtcNow(), zone)).AddDays(1 - Days);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var uses = db.Set<RuleUseRow>().Where(u => u.RuleId == id && u.Day >= from);
        return new(
            await uses.SumAsync(u => u.Uses, cancel), await uses.SumAsync(u => u.Points, cancel),
            await uses.Select(u => u.MemberId).Distinct().LongCountAsync(cancel),
            await db.Set<MemberRow>().LongCountAsync(m => m.ClosedAt == null && m.MergedIntoId == null, cancel));
    }

    public async Task<IReadOnlyList<RuleHistoryLine>> HistoryAsync(RuleId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var changes = await db.Set<RuleChangeRow>().AsNoTracking().Where(c => c.RuleId == id).OrderByDescending(c => c.At).Take(100).ToListAsync(cancel);
        // What the program itself published (the first rules) has no entry of a person.
        var own = await db.Set<PublishedRuleRow>().AsNoTracking().Where(p => p.RuleId == id && p.PublishedBy == null).ToListAsync(cancel);
        var people = changes.Select(c => c.By).OfType<Guid>().Distinct().ToList();
        var names = await db.Set<User>().Where(u => people.Contains(u.Id)).Select(u => new { u.Id, u.Name, u.Email }).ToDictionaryAsync(u => u.Id, u => u.Name ?? u.Email, cancel);
        return
        [
            .. changes.Select(c => new RuleHistoryLine(c.Change, c.Version, c.At, c.By is { } by ? names.GetValueOrDefault(by) : null))
                .Concat(own.Where(p => !changes.Any(c => c.Version == p.Version && c.At == p.PublishedAt)).Select(p => new RuleHistoryLine(RuleChange.Published, p.Version, p.PublishedAt, null)))
                .OrderByDescending(l => l.At),
        ];
    }

    private static int Rank(RuleStatus status) => status switch { RuleStatus.Live => 0, RuleStatus.Ended => 2, _ => 1 };
}
