using Microsoft.EntityFrameworkCore;
using Portal.Rewarding.Codes;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Rewarding.Purchases;

/// <summary>Takes back what a sale gave: points from their own lots, unused vouchers; and gives back uses, codes, stock and budgets. A guest has only the latter.</summary>
internal static class RefundBooking
{
    public static async Task ApplyAsync(
        RewardingWork work, CompiledRuleSet rules, MemberAccount? account, PurchaseRow sale, Decision sold, RefundDecision decision, Refund refund, CancellationToken cancel)
    {
        var saleKey = $"{ActivityTypes.Purchase}:{sale.Reference}";
        var soldOn = ProgrammeDays.Of(sale.OccurredAt, rules.Zone);
        foreach (var effect in OneReversalARule(decision.Effects))
        {
            switch (effect)
            {
                case ReversePoints reverse:
                    await ReverseAsync(work, rules.Programme, account ?? throw new InvalidOperationException("A guest earns no points."), saleKey, soldOn, sale.Reference, reverse, refund, cancel);
                    break;
                case RevokeVouchers revoke:
                    // At once, as everything that others may take: a further refund of this transaction sees it.
                    await work.Db.Set<VoucherRow>().Where(v => v.IssuedFor == saleKey && v.IssuedBy == revoke.Rule && v.State != VoucherState.Used)
                        .ExecuteUpdateAsync(s => s.SetProperty(v => v.State, VoucherState.Revoked), cancel);
                    break;
                case ReleaseVoucher release:
                    await work.Db.Set<VoucherRow>().Where(v => v.Code == release.Code && v.State != VoucherState.Revoked).ExecuteUpdateAsync(s => s
                        .SetProperty(v => v.UsesLeft, v => v.UsesLeft + 1)
                        .SetProperty(v => v.State, VoucherState.Active)
                        .SetProperty(v => v.UsedAt, (DateTime?)null)
                        .SetProperty(v => v.UsedOn, (string?)null), cancel);
                    break;
                case ReleaseUse use:
                    await ReleaseAsync(work, account, soldOn, use, cancel);
                    break;
                case ReturnBudget budget:
                    var spend = rules.Programme.Currency.ToMinor(budget.Spend);
                    await work.Db.Set<RuleTotalRow>().Where(t => t.RuleId == budget.Rule).ExecuteUpdateAsync(s => s
                        .SetProperty(t => t.BudgetUses, t => t.BudgetUses - budget.Uses)
                        .SetProperty(t => t.Spend, t => t.Spend - spend)
                        .SetProperty(t => t.Points, t => t.Points - budget.Points), cancel);
                    break;
                case ReleaseCode code:
                    await CodeStates.GiveBackAsync(work.Db, code.Code, cancel);
                    break;
                case ReturnStock stock:
                    await GiftStock.GiveBackAsync(work.Db, stock, cancel);
                    break;
                default:
                    throw new InvalidOperationException($"No place for {effect.GetType().Name}.");
            }
        }
        if (decision.WholeSaleReturned && account is not null)
        {
            var counters = await Snapshots.CountersAsync(work.Db, account, cancel);
            counters.Purchases--;
            counters.PurchaseTotal -= sale.Total;
            counters.PurchaseQuantity -= sale.Lines.Sum(l => (long)l.Quantity);
        }
    }

    /// <summary>As the sale booked one accrual a rule, so its refund takes from it once.</summary>
    private static IEnumerable<RefundEffect> OneReversalARule(IReadOnlyList<RefundEffect> effects) => effects
        .GroupBy(e => e is ReversePoints ? (object)(e.Rule, e.Version) : e)
        .Select(g => g.OfType<ReversePoints>().ToList() is { Count: > 1 } reversals
            ? reversals[0] with { Points = reversals.Sum(r => r.Points), Qualifying = reversals.Sum(r => r.Qualifying) }
            : g.First());

    private static async Task ReverseAsync(
        RewardingWork work, Programme programme, MemberAccount account, string saleKey, DateOnly soldOn, string sale, ReversePoints reverse, Refund refund, CancellationToken cancel)
    {
        var cause = new Cause(Activity: $"{refund.Type}:{refund.Reference}", Rule: reverse.Rule, RuleVersion: reverse.Version);
        var reference = $"{refund.Type}:{refund.Reference}/{sale}/{reverse.Rule}";
        if (reverse.Points > 0)
        {
            var lot = await account.LotOfAsync($"{saleKey}/{reverse.Rule}", cancel);
            account.Apply(Books.ReverseAccrual(account.Wallet, new(reference, refund.OccurredAt, work.Now, cause),
                new(lot, reverse.Points, programme.Points.WhenSpent))).OrThrow();
        }
        if (reverse.Qualifying > 0)
        {
            account.Apply(Books.Qualify(account.Wallet, new(reference + "/q", refund.OccurredAt, work.Now, cause), -reverse.Qualifying)).OrThrow();
            await TierStandings.CountAsync(work.Db, account, soldOn, -reverse.Qualifying, cancel);
        }
    }

    private static async Task ReleaseAsync(RewardingWork work, MemberAccount? account, DateOnly soldOn, ReleaseUse use, CancellationToken cancel)
    {
        if (account is not null && (await Snapshots.UsesAsync(work.Db, account, cancel)).Find(u => u.RuleId == use.Rule && u.Day == soldOn) is { } row)
        {
            row.Uses -= use.Uses;
            row.Points -= use.Points;
        }
        if (use.ForEveryone)
            await work.Db.Set<RuleTotalRow>().Where(t => t.RuleId == use.Rule).ExecuteUpdateAsync(s => s.SetProperty(t => t.Uses, t => t.Uses - use.Uses), cancel);
    }
}
