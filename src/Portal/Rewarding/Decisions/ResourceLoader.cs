using Microsoft.EntityFrameworkCore;
using Portal.Rewarding.Codes;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Rewarding.Decisions;

/// <summary>Reads what a decision needs beyond the member: budgets left, codes and vouchers presented, stock of gifts.</summary>
internal static class ResourceLoader
{
    public static async Task<Resources> LoadAsync(
        RewardingWork work, CompiledRuleSet rules, Activity activity, IReadOnlyList<RuleId> exhausted, CancellationToken cancel)
    {
        var coded = activity as Purchase is { Codes.Count: > 0 } purchase ? purchase : null;
        var vouchers = coded is null ? [] : await VouchersAsync(work, coded, cancel);
        var gifts = rules.For(activity.Type).SelectMany(r => GiftStock.Given(r.Rule.Effects)).Concat(vouchers.SelectMany(v => GiftStock.Given(v.Template.Discounts))).Distinct().ToList();
        return new()
        {
            Rules = await RulesLeftAsync(work, rules, activity, cancel),
            Codes = coded is null ? [] : await CodeStates.LoadAsync(work.Db, coded, cancel),
            Vouchers = vouchers,
            Stock = await GiftStock.LoadAsync(work.Db, gifts, cancel),
            Exhausted = exhausted,
        };
    }

    private static async Task<IReadOnlyList<RuleLeft>> RulesLeftAsync(RewardingWork work, CompiledRuleSet rules, Activity activity, CancellationToken cancel)
    {
        var shared = rules.For(activity.Type).Select(r => r.Rule).Where(IsShared).ToList();
        if (shared.Count == 0)
            return [];
        var ids = shared.ConvertAll(r => r.Id);
        var totals = await work.Db.Set<RuleTotalRow>().AsNoTracking().Where(t => ids.Contains(t.RuleId)).ToDictionaryAsync(t => t.RuleId, cancel);
        var programme = rules.Programme;
        var unit = PointUnit(programme);
        return
        [
            .. shared.Select(rule =>
            {
                var taken = totals.GetValueOrDefault(rule.Id);
                var everyone = rule.Limits.Where(l => l.For == CountedFor.Everyone).Select(l => (long?)l.Uses).Min();
                return new RuleLeft(
                    rule.Id,
                    everyone - (taken?.Uses ?? 0),
                    rule.Budget?.Uses - (taken?.BudgetUses ?? 0),
                    rule.Budget?.Spend is { } spend ? spend - programme.Currency.FromMinor(taken?.Spend ?? 0) : null,
                    rule.Budget?.Points is { } points ? (long)(points * unit) - (taken?.Points ?? 0) : null);
            }),
        ];
    }

    public static bool IsShared(Rule rule) => rule.Budget is not null || rule.Limits.Any(l => l.For == CountedFor.Everyone);

    /// <summary>How many of the wallet's smallest units make one point.</summary>
    public static long PointUnit(Programme programme) => (long)Math.Pow(10, programme.Points.Decimals);

    private static async Task<IReadOnlyList<RewardsEngine.Decisions.VoucherState>> VouchersAsync(RewardingWork work, Purchase purchase, CancellationToken cancel)
    {
        var codes = purchase.Codes.Select(c => c.Trim().ToUpperInvariant()).ToList();
        var rows = await work.Db.Set<VoucherRow>().AsNoTracking().Where(v => codes.Contains(v.Code)).ToListAsync(cancel);
        return
        [
            .. rows.Select(v => new RewardsEngine.Decisions.VoucherState
            {
                Code = v.Code,
                Template = EngineJson.Read<VoucherTemplate>(v.Template),
                IssuedBy = v.IssuedBy,
                Owner = v.MemberId,
                UsesLeft = v.State == VoucherState.Used ? 0 : v.UsesLeft,
                ValidFrom = v.ValidFrom,
                ValidTo = v.ValidTo,
                Reserved = v.State == VoucherState.Reserved,
                Revoked = v.State == VoucherState.Revoked,
            }),
        ];
    }
}
