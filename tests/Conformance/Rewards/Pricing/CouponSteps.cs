using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace Conformance.Rewards.Pricing;

/// <summary>A coupon for the next order, reserved until the order that issued it is paid.</summary>
internal static class CouponSteps
{
    private static readonly CaseRule Issuing = new("issue", new Rule
    {
        Id = new("issue"),
        Name = new("Kupon berikutnya", "Next coupon"),
        Trigger = ActivityTypes.Purchase,
        Effects =
        [
            new GiveVoucher
            {
                Voucher = new()
                {
                    Key = "next",
                    Name = new("Kupon", "Coupon"),
                    Discounts = [new PercentOffOrder { Percent = 10 }],
                    ValidDays = 36_500,
                    Transferable = true,
                    ReservedUntilConfirmed = true,
                },
            },
        ],
    }, null, null, null, null);

    public static async Task<Answer> IssueCheck(RewardCase of, Words step, IBookkeeping books)
    {
        var rule = step.Object("issue_rule");
        var gated = Issuing with { Rule = Issuing.Rule with { Condition = $"order.total >= {ScopeWords.Number(rule.Number("min_subtotal"))}" } };
        rule.Finish();
        var (order, checkout) = (step.Text("order"), PricingSteps.Shop(of).Read(of, step));
        var orders = PricingSteps.Orders(of, books);
        await orders.PlaceAsync(order, PricingSteps.Content(step.Element), checkout with { Rules = [.. checkout.Rules, gated] });
        var issued = await orders.VouchersAsync(order);
        return new Answer()
            .Set("issued", issued.Count)
            .Set("state", issued.Count == 0 ? null : issued[0].State.ToString().ToLowerInvariant());
    }

    /// <summary>The order is placed with the coupons if it can have one.</summary>
    public static async Task<Answer> UseIssued(RewardCase of, Words step, IBookkeeping books)
    {
        var orders = PricingSteps.Orders(of, books);
        var vouchers = await orders.VouchersAsync();
        var checkout = PricingSteps.Shop(of).Read(of, step);
        checkout = checkout with { Purchase = checkout.Purchase with { Codes = [.. checkout.Purchase.Codes, .. vouchers.Select(voucher => voucher.Code)] } };
        var quote = await orders.QuoteAsync(checkout);
        var accepted = quote.Decision.Codes.Any(code => code.Applied && vouchers.Any(voucher => voucher.Code == code.Code));
        if (accepted) await orders.PlaceAsync(step.Text("order"), PricingSteps.Content(step.Element), checkout);
        step.Ignore("order");
        return new Answer().Set("accepted", accepted);
    }

    public static async Task<Answer> ConfirmOrder(RewardCase of, Words step, IBookkeeping books)
    {
        await PricingSteps.Orders(of, books).PayAsync(step.Text("order"));
        return new();
    }
}
