using Microsoft.EntityFrameworkCore;
using Portal.Rewarding.Codes;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Decisions;

/// <summary>
/// Takes what everybody shares by conditional updates (… where enough is left), so that no lock is held while deciding and
/// nothing is ever given twice.
/// </summary>
internal static class SharedTakings
{
    private const string BeforeTaking = "before_taking";

    /// <returns>The rules of which something was used up in the meantime; then nothing was taken. Empty: everything was.</returns>
    public static async Task<IReadOnlyList<RuleId>> TakeAsync(
        RewardingWork work, CompiledRuleSet rules, Decision decision, Activity activity, CancellationToken cancel)
    {
        var shared = decision.Effects.Where(e => e is UseVoucher or UseCode or TakeStock or TakeBudget or CountUse { ForEveryone: true }).ToList();
        if (shared.Count == 0)
            return [];
        await work.SavepointAsync(BeforeTaking, cancel);
        foreach (var effect in shared)
        {
            if (!await TakeAsync(work, rules, effect, activity, cancel))
            {
                await work.RollbackToAsync(BeforeTaking, cancel);
                return [effect.Rule];
            }
        }
        return [];
    }

    private static async Task<bool> TakeAsync(RewardingWork work, CompiledRuleSet rules, DecidedEffect effect, Activity activity, CancellationToken cancel)
    {
        switch (effect)
        {
            case UseVoucher voucher:
                var at = activity.OccurredAt;
                return await work.Db.Set<VoucherRow>()
                    .Where(v => v.Code == voucher.Code && v.State == VoucherState.Active && v.UsesLeft > 0)
                    .ExecuteUpdateAsync(s => s
                        .SetProperty(v => v.UsesLeft, v => v.UsesLeft - 1)
                        .SetProperty(v => v.State, v => v.UsesLeft == 1 ? VoucherState.Used : VoucherState.Active)
                        .SetProperty(v => v.UsedAt, at)
                        .SetProperty(v => v.UsedOn, activity.Reference), cancel) == 1;
            case UseCode code:
                return await CodeStates.TakeAsync(work.Db, code, activity, cancel);
            case TakeStock stock:
                return await GiftStock.TakeAsync(work.Db, stock, cancel);
            case TakeBudget or CountUse:
                return await TakeTotalAsync(work, rules, effect, cancel);
            default:
                throw new InvalidOperationException($"No place for {effect.GetType().Name}.");
        }
    }

    private static async Task<bool> TakeTotalAsync(RewardingWork work, CompiledRuleSet rules, DecidedEffect effect, CancellationToken cancel)
    {
        var rule = rules.Source.Rules.First(r => r.Id == effect.Rule);
        var programme = rules.Programme;
        if (!await work.Db.Set<RuleTotalRow>().AnyAsync(t => t.RuleId == rule.Id, cancel))
        {
            await work.Db.Database.ExecuteSqlAsync(
                $"""INSERT INTO rule_totals ("RuleId", "Uses", "BudgetUses", "Spend", "Points") VALUES ({rule.Id.Value}, 0, 0, 0, 0) ON CONFLICT DO NOTHING""", cancel);
        }
        var everyone = rule.Limits.Where(l => l.For == CountedFor.Everyone).Select(l => l.Uses).DefaultIfEmpty(long.MaxValue).Min();
        var (uses, budgetUses, spend, points) = effect switch
        {
            CountUse u => (u.Uses, 0L, 0L, 0L),
            TakeBudget b => (0L, b.Uses, programme.Currency.ToMinor(b.Spend), b.Points),
            _ => throw new InvalidOperationException($"No place for {effect.GetType().Name}."),
        };
        var mostUses = rule.Budget?.Uses ?? long.MaxValue;
        var mostSpend = rule.Budget?.Spend is { } s ? programme.Currency.ToMinor(s) : long.MaxValue;
        var mostPoints = rule.Budget?.Points is { } p ? (long)(p * ResourceLoader.PointUnit(programme)) : long.MaxValue;
        return await work.Db.Set<RuleTotalRow>()
            .Where(t => t.RuleId == rule.Id && t.Uses <= everyone - uses && t.BudgetUses <= mostUses - budgetUses && t.Spend <= mostSpend - spend && t.Points <= mostPoints - points)
            .ExecuteUpdateAsync(u => u
                .SetProperty(t => t.Uses, t => t.Uses + uses)
                .SetProperty(t => t.BudgetUses, t => t.BudgetUses + budgetUses)
                .SetProperty(t => t.Spend, t => t.Spend + spend)
                .SetProperty(t => t.Points, t => t.Points + points), cancel) == 1;
    }
}
