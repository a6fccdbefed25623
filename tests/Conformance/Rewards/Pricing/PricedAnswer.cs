using System.Globalization;
using RewardsEngine.Accounting;
using RewardsEngine.Decisions;

namespace Conformance.Rewards.Pricing;

/// <summary>Everything that a step on a cart may be asked for.</summary>
internal static class PricedAnswer
{
    public static Answer Of(Priced priced)
    {
        var (decision, totals) = (priced.Decision, priced.Decision.Totals!);
        var lines = decision.Lines.Where(line => line.Discount != 0).ToDictionary(line => line.LineId, line => Text(line.Discount));
        return new Answer()
            .Set("total", Text(totals.Total))
            .Set("payable", Text(totals.Payable))
            .Set("balances", asked => asked.EnumerateObject().ToDictionary(account => account.Name, account => decision.Tendered.FirstOrDefault(tender => tender.Account == account.Name) is { } tender ? Text(tender.Left) : null))
            .Set("shipping", Text(totals.Shipping()))
            .Set("discount_total", Text(totals.Discount + totals.ShippingDiscount))
            .Set("discount_total_items", Text(totals.Discount))
            .Set("line_discounts", lines)
            .Set("line_discounts_subset", asked => asked.EnumerateObject().ToDictionary(line => line.Name, line => lines.GetValueOrDefault(line.Name, "0.00")))
            .Set("line_discounts_multiset", asked => InOrderOf([.. asked.EnumerateArray().Select(amount => amount.ToString())], [.. lines.Values]))
            .Set("unit_discounts", asked => asked.EnumerateObject().ToDictionary(line => line.Name, line => Units(decision, line.Name)))
            .Set("by_rule", asked => decision.Discounts.Where(rule => rule.Lines.Count > 0 || asked.TryGetProperty(priced.NameOf(rule.Rule)!, out _)) // one on delivery alone has no lines
                .ToDictionary(rule => priced.NameOf(rule.Rule)!, rule => rule.Lines.ToDictionary(line => line.LineId, line => Text(line.Amount))))
            .Set("by_rule_total", decision.Discounts.ToDictionary(rule => priced.NameOf(rule.Rule)!, rule => Text(rule.Total)))
            .Set("applied", decision.Explanation.Applied.Select(rule => priced.NameOf(rule.Rule)).OfType<string>().ToList())
            .Set("rejected", priced.Codes.Where(code => !code.Known.Any(known => IsApplied(decision, known))).Select(code => code.Code).ToList())
            .Set("budget_exceeded", decision.Explanation.Missed.Where(rule => rule.Reason == MissReason.BudgetExceeded).Select(rule => priced.NameOf(rule.Rule)).OfType<string>().ToList())
            .Set("free_items", decision.FreeItems.GroupBy(item => item.Sku).ToDictionary(item => item.Key, item => item.Sum(given => given.Quantity)))
            .Set("points_earned", Points(priced, decision.PointsAwarded()));
    }

    private static bool IsApplied(Decision decision, string code) => decision.Codes.Any(outcome => outcome.Applied && string.Equals(outcome.Code, code, StringComparison.OrdinalIgnoreCase));

    public static decimal Points(Priced priced, long smallest) => smallest / (decimal)Math.Pow(10, priced.Programme.Points.Decimals);

    /// <summary>The values in the order asked for, as far as they are the same; what is left over follows.</summary>
    private static List<string> InOrderOf(List<string> asked, List<string> actual)
    {
        var left = new List<string>(actual);
        var ordered = asked.Where(left.Remove).ToList();
        return [.. ordered, .. left];
    }

    private static List<string> Units(Decision decision, string lineId)
    {
        var line = decision.Lines.Single(line => line.LineId == lineId);
        var shares = Allocation.Prorate([.. Enumerable.Repeat(1L, line.Quantity)], decision.Currency.ToMinor(line.Discount));
        return [.. shares.Select(share => Text(decision.Currency.FromMinor(share)))];
    }

    private static string Text(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
