using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Replay;

/// <summary>What a decision gave together.</summary>
public sealed record DecisionSums(long Points, Money Discount, int Effects);

/// <summary>A stored decision made once more.</summary>
/// <param name="Stored">As it was stored.</param>
/// <param name="Again">As it comes out now; null when it is the same to the byte.</param>
/// <param name="Erased">What told who the person was is gone from the input.</param>
/// <param name="Trace">Every rule that answers such an activity: applied, or why not.</param>
/// <param name="Elsewhere">How many rules of the set answer other activities.</param>
public sealed record ReplayedDecision(
    string Type, string Reference, DateTime OccurredAt, long RuleSet, MemberId? Member, DecisionSums Stored, DecisionSums? Again, bool Erased, ExplainedDecision Trace, int Elsewhere);

/// <summary>Decides a stored activity again with what was read then and the rule set then in force, and tells why of every rule. Stores nothing.</summary>
public sealed class ReplayDecision(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes)
{
    /// <summary>Null when there is no such decision, or rules had no part in it: a refund follows its sale, see <see cref="ReplayRefund"/>.</summary>
    public async Task<ReplayedDecision?> FindAsync(Guid id, string language, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<ActivityRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel);
        if (row is null || row.Type == ActivityTypes.Refund)
            return null;
        var rules = await programmes.CompiledAsync(row.RuleSetVersion);
        var input = EngineJson.Read<DecisionInput>(row.Input);
        var activity = EngineJson.Read<Activity>(row.Activity);
        var stored = row.ReadDecision();
        var again = new DecisionRecord(row.RuleSetVersion, input.Member, activity, input.Resources, stored).Differs(rules);
        var trace = Engine.Trace(rules, input.Member, activity, input.Resources);
        var lines = stored.Lines.ToDictionary(l => l.LineId, l => l.Sku);
        var text = new ExplanationText(rules.Programme, language, lines.GetValueOrDefault, ProgrammeNames.In(rules.Programme, language));
        return new(
            row.Type, row.Reference, row.OccurredAt, row.RuleSetVersion, row.MemberId, Sums(stored, rules), again is null ? null : Sums(again, rules), input.Erased,
            text.ForStaff(trace, row.Type), rules.Source.Rules.Count(r => r.Trigger != row.Type));
    }

    /// <summary>Where the decisions about purchases are shown.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> OfPurchasesAsync(IReadOnlyCollection<string> references, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ActivityRow>().Where(a => a.Type == ActivityTypes.Purchase && references.Contains(a.Reference)).ToDictionaryAsync(a => a.Reference, a => a.Id, cancel);
    }

    private static DecisionSums Sums(Decision decision, CompiledRuleSet rules) =>
        new(decision.PointsAwarded(), new(decision.Discounts.Sum(d => d.Total), rules.Programme.Currency), decision.Effects.Count);
}
