using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Messages;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>A rule in the staff list.</summary>
public sealed record RuleLine(Rule Rule, RuleStatus Status, int Version, int? LiveVersion, long Uses, long Points, DateTime UpdatedAt, DateTime? SubmittedAt);

/// <summary>A rule to edit.</summary>
public sealed record RuleDetail(Rule Rule, RuleStatus Status, int? LiveVersion, bool Published, long Revision, DateTime UpdatedAt, RuleReview? Review);

/// <summary>A version that waits for a second person.</summary>
/// <param name="At">UTC; since when.</param>
/// <param name="By">Who asked.</param>
/// <param name="IsMine">The reader had a hand in it and cannot approve it.</param>
public sealed record RuleReview(DateTime At, string? By, bool IsMine);

/// <summary>What a rule does to people now.</summary>
public sealed record RuleReach(long Uses, long Points, long Members, long AllMembers);

/// <summary>One line of a rule's history.</summary>
public sealed record RuleHistoryLine(RuleChange Change, int Version, DateTime At, string? By, string? Note)
{
    /// <summary>What was published then is not the newest version and can be taken as the draft again.</summary>
    public bool CanBeTaken { get; init; }
}

/// <summary>Reads rules for staff.</summary>
public sealed class RuleQueries(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, TimeProvider time)
{
    public const int Days = 30;

    public async Task<IReadOnlyList<RuleLine>> ListAsync(RuleStatus? status, string? trigger, string? search, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Set<RuleRow>().AsNoTracking();
        // Scheduled is live with a first day to come; in review also what waits beside a version in force.
        if (status == RuleStatus.InReview)
            rows = rows.Where(r => r.SubmittedAt != null);
        else if (status is { } wantedStatus)
            rows = rows.Where(r => r.Status == (wantedStatus == RuleStatus.Scheduled ? RuleStatus.Live : wantedStatus));
        if (!string.IsNullOrEmpty(trigger))
            rows = rows.Where(r => r.Trigger == trigger);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var wanted = search.Trim().ToLowerInvariant();
            rows = rows.Where(r => r.NameId.ToLower().Contains(wanted) || r.NameEn.ToLower().Contains(wanted));
        }
        var found = await rows.ToListAsync(cancel);
        var today = await TodayAsync(db, cancel);
        var given = await db.Set<RuleUseRow>().GroupBy(u => u.RuleId).Select(g => new { g.Key, Uses = g.Sum(u => u.Uses), Points = g.Sum(u => u.Points) })
            .ToDictionaryAsync(g => g.Key, cancel);
        return
        [
            .. found.OrderBy(r => Rank(r.Status)).ThenBy(r => r.Trigger, StringComparer.Ordinal).ThenBy(r => r.NameEn, StringComparer.OrdinalIgnoreCase)
                .Select(r => (Row: r, Rule: EngineJson.Read<Rule>(r.Json)))
                .Select(r => (r.Row, r.Rule, Status: Shown(r.Row.Status, r.Rule, today)))
                .Where(r => status is not (RuleStatus.Scheduled or RuleStatus.Live) || r.Status == status)
                .Select(r => new RuleLine(r.Rule, r.Status, r.Row.Version, r.Row.LiveVersion, given.GetValueOrDefault(r.Row.Id)?.Uses ?? 0, given.GetValueOrDefault(r.Row.Id)?.Points ?? 0, r.Row.UpdatedAt, r.Row.SubmittedAt)),
        ];
    }

    public async Task<RuleDetail?> FindAsync(RuleId id, CancellationToken cancel, Guid? reader = null)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<RuleRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel);
        if (row is null)
            return null;
        var published = await db.Set<PublishedRuleRow>().AnyAsync(p => p.RuleId == id && p.Version == row.Version, cancel);
        var rule = EngineJson.Read<Rule>(row.Json);
        return new(rule, Shown(row.Status, rule, await TodayAsync(db, cancel)), row.LiveVersion, published, row.Revision, row.UpdatedAt, await ReviewAsync(db, row, reader, cancel));
    }

    private static async Task<RuleReview?> ReviewAsync(PortalDb db, RuleRow row, Guid? reader, CancellationToken cancel)
    {
        if (row.SubmittedAt is not { } at)
            return null;
        var by = await db.Set<User>().Where(u => u.Id == row.SubmittedBy).Select(u => u.Name ?? u.Email).SingleOrDefaultAsync(cancel);
        return new(at, by, reader is { } me && await ReviewRules.IsAuthorAsync(db, row, me, cancel));
    }

    private static RuleStatus Shown(RuleStatus status, Rule rule, DateOnly today) =>
        status == RuleStatus.Live && rule.Schedule.From > today ? RuleStatus.Scheduled : status;

    private async Task<DateOnly> TodayAsync(PortalDb db, CancellationToken cancel) =>
        ProgrammeDays.Of(time.UtcNow(), (await programmes.CurrentAsync(db, cancel)).Zone);

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

    /// <summary>The message texts that a rule can send: key and subject.</summary>
    public async Task<IReadOnlyList<(string Key, string Text)>> TextsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var texts = await db.Set<MessageTextRow>().AsNoTracking().OrderBy(t => t.Key).Select(t => new { t.Key, t.SubjectId, t.SubjectEn }).ToListAsync(cancel);
        var indonesian = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "id";
        return [.. texts.Select(t => (t.Key, $"{t.Key}: {(indonesian ? t.SubjectId : t.SubjectEn)}"))];
    }

    public async Task<IReadOnlyList<RuleHistoryLine>> HistoryAsync(RuleId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var changes = await db.Set<RuleChangeRow>().AsNoTracking().Where(c => c.RuleId == id).OrderByDescending(c => c.At).Take(100).ToListAsync(cancel);
        // What the program itself published (the first rules) has no entry of a person.
        var own = await db.Set<PublishedRuleRow>().AsNoTracking().Where(p => p.RuleId == id && p.PublishedBy == null).ToListAsync(cancel);
        var newest = await db.Set<RuleRow>().Where(r => r.Id == id && r.Status != RuleStatus.Ended).Select(r => r.Version).SingleOrDefaultAsync(cancel);
        var people = changes.Select(c => c.By).OfType<Guid>().Distinct().ToList();
        var names = await db.Set<User>().Where(u => people.Contains(u.Id)).Select(u => new { u.Id, u.Name, u.Email }).ToDictionaryAsync(u => u.Id, u => u.Name ?? u.Email, cancel);
        return
        [
            .. changes.Select(c => new RuleHistoryLine(c.Change, c.Version, c.At, c.By is { } by ? names.GetValueOrDefault(by) : null, c.Note))
                .Concat(own.Where(p => !changes.Any(c => c.Version == p.Version && c.At == p.PublishedAt)).Select(p => new RuleHistoryLine(RuleChange.Published, p.Version, p.PublishedAt, null, null)))
                .OrderByDescending(l => l.At).Select(l => l with { CanBeTaken = l.Change == RuleChange.Published && l.Version < newest }),
        ];
    }

    private static int Rank(RuleStatus status) => status switch { RuleStatus.Live => 0, RuleStatus.Ended => 2, _ => 1 };
}
