using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace Conformance.Rewards.Pricing;

/// <summary>A coupon for the next order, reserved until the order that issued it is confirmed.</summary>
internal static class CouponSteps
{
    private static readonly Rule Issuing = new()
    {
        Id = new("issue"),
        Name = new("Kupon berikutnya", "Next coupon"),
        Trigger = ActivityTypes.Purchase,
        Effects =
        [
            new GiveVoucher
            {
                Voucher = new() { Key = "next", Name = new("Kupon", "Coupon"), Discounts = [new PercentOffOrder { Percent = 10 }], ReservedUntilConfirmed = true },
            },
        ],
    };

    public static Task<Answer> IssueCheck(RewardCase of, Words step, IBookkeeping books)
    {
        var rule = step.Object("issue_rule");
        var gated = Issuing with { Condition = $"order.total >= {ScopeWords.Number(rule.Number("min_subtotal"))}" };
        rule.Finish();
        var decision = Decide(of, step, [gated], Resources.None);
        var issued = decision.Effects.OfType<IssueVoucher>().ToList();
        if (issued.Count > 0) Coupons(of)[step.Text("order")] = AsIssued(issued[0]);
        step.Ignore("order");
        return Task.FromResult(new Answer()
            .Set("issued", issued.Sum(voucher => voucher.Count))
            .Set("state", issued.Count == 0 ? null : issued[0].Voucher.ReservedUntilConfirmed ? "reserved" : "active"));
    }

    public static Task<Answer> UseIssued(RewardCase of, Words step, IBookkeeping books)
    {
        step.Ignore("order");
        var vouchers = Coupons(of).Values.ToList();
        var decision = Decide(of, step, [], new() { Vouchers = vouchers }, [.. vouchers.Select(voucher => voucher.Code)]);
        return Task.FromResult(new Answer().Set("accepted", decision.Codes.Any(code => code.Applied)));
    }

    public static Task<Answer> ConfirmOrder(RewardCase of, Words step, IBookkeeping books)
    {
        var order = step.Text("order");
        if (Coupons(of).TryGetValue(order, out var coupon)) Coupons(of)[order] = coupon with { Reserved = false };
        return Task.FromResult(new Answer());
    }

    private static Decision Decide(RewardCase of, Words step, IReadOnlyList<Rule> rules, Resources resources, IReadOnlyList<string>? codes = null)
    {
        var member = of.State(() => new CaseShop()).Member(null);
        var compiled = CompiledRuleSet.Compile(new(1, CaseShop.ProgrammeOf(of), rules));
        return Engine.Decide(compiled.Rules!, CartWords.Customer(step, member), CartWords.Read(step, member) with { Codes = codes ?? [] }, resources);
    }

    private static VoucherState AsIssued(IssueVoucher issued) => new()
    {
        Code = "NEXT",
        Template = issued.Voucher,
        IssuedBy = issued.Rule,
        ValidFrom = issued.ValidFrom,
        ValidTo = issued.ValidTo,
        Reserved = issued.Voucher.ReservedUntilConfirmed,
    };

    private static Dictionary<string, VoucherState> Coupons(RewardCase of) => of.State(() => new Dictionary<string, VoucherState>(StringComparer.Ordinal));
}
