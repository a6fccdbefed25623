using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Programmes;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Programs.Linting;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>What is odd about the rules as they stand now, drafts included.</summary>
/// <param name="Findings">Rule by rule.</param>
/// <param name="Rules">All rules that were looked at.</param>
public sealed record RuleHealthReport(IReadOnlyList<LintFinding> Findings, IReadOnlyDictionary<RuleId, Rule> Rules)
{
    /// <summary>Of one rule.</summary>
    public IReadOnlyList<LintFinding> Of(RuleId rule) => [.. Findings.Where(finding => finding.Rule == rule)];
}

/// <summary>Looks for rules that are correct and yet cannot be meant.</summary>
public sealed class RuleHealth(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, TimeProvider time)
{
    /// <summary>All rules; one of them as it is typed just now.</summary>
    public async Task<RuleHealthReport> CheckAsync(Rule? typed, CancellationToken cancel)
    {
        var current = await programmes.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.Set<RuleRow>().AsNoTracking().Where(r => r.Status != RuleStatus.Ended).Select(r => new { r.Id, r.Status, r.Json }).ToListAsync(cancel);
        var rules = rows.ToDictionary(r => r.Id, r => EngineJson.Read<Rule>(r.Json) with { Status = r.Status });
        if (typed is not null)
            rules[typed.Id] = typed with { Status = rules.GetValueOrDefault(typed.Id)?.Status ?? RuleStatus.Draft };
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.UtcNow(), current.Zone));
        return new(RuleLint.Of(current.Programme, rules.Values, today, Insight.Value.SegmentKeys.All), rules);
    }
}
