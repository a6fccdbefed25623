using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Programs.Rules;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Backtests;

/// <summary>Asks for a back-test of a rule's newest text, shows the latest one, stops it.</summary>
public sealed class ManageBacktests(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, TimeProvider time)
{
    public const int Most = 100_000;

    public async Task<int> PurchasesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ActivityRow>().CountAsync(a => a.Type == ActivityTypes.Purchase, cancel);
    }

    public async Task<Result<Guid>> AskAsync(RuleId id, int? purchases, Guid by, CancellationToken cancel)
    {
        if (purchases is not (>= 1 and <= Most))
            return new Refusal("backtest.count", "Count", Most);
        var current = await programmes.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<RuleRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } row)
            return new Refusal("rule.unknown");
        var rule = EngineJson.Read<Rule>(row.Json);
        if (EditRules.With(current.Source, RunBacktests.Candidate(rule)).Faults.Count > 0)
            return new Refusal("backtest.faults");
        if (await db.Set<BacktestRow>().Where(b => b.RuleId == id && (b.State == BacktestState.Waiting || b.State == BacktestState.Running)).Select(b => (Guid?)b.Id).FirstOrDefaultAsync(cancel) is { } running)
            return running;
        var now = time.UtcNow();
        var asked = new BacktestRow
        {
            RuleId = id,
            Rule = row.Json,
            RuleSet = current.Version,
            Purchases = purchases.Value,
            AsOf = now,
            State = BacktestState.Waiting,
            AskedAt = now,
            AskedBy = by,
        };
        db.Add(asked);
        await db.SaveChangesAsync(cancel);
        return asked.Id;
    }

    /// <summary>The newest back-test of a rule; null when there is none.</summary>
    public async Task<BacktestRow?> LatestAsync(RuleId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<BacktestRow>().AsNoTracking().Where(b => b.RuleId == id).OrderByDescending(b => b.AskedAt).FirstOrDefaultAsync(cancel);
    }

    public async Task CancelAsync(RuleId rule, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Set<BacktestRow>().Where(b => b.RuleId == rule && b.State == BacktestState.Waiting).ExecuteUpdateAsync(s => s.SetProperty(b => b.State, BacktestState.Cancelled), cancel);
        await db.Set<BacktestRow>().Where(b => b.RuleId == rule && b.State == BacktestState.Running).ExecuteUpdateAsync(s => s.SetProperty(b => b.CancelWanted, true), cancel);
    }
}
