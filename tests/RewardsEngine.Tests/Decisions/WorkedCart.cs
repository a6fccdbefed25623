using System.Text;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Tests.Decisions;

/// <summary>The cart of the page "How a decision is made": decided by the engine and written down as the page shows it.</summary>
internal static class WorkedCart
{
    private static readonly Rule[] Rules =
    [
        Sample.OnPurchase("coffee-week", new PercentOffLines { Percent = 10, Scope = new() { Categories = ["beans"] } }) with { Name = new("Pekan biji kopi", "Coffee beans week"), Condition = "any line (category in [\"beans\"])" },
        Sample.OnPurchase("five-thousand", new AmountOffOrder { Amount = 5_000 }) with { Name = new("Potongan Rp5.000", "Rp5,000 off"), Condition = "order.total >= 200000" },
        Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 1_000 }) with { Name = new("Poin belanja", "Points for purchases"), Priority = 100 },
        Sample.OnPurchase("silver", new PointsMultiplier { Factor = 1.2m }) with { Name = new("Poin 1,2 kali untuk Perak", "1.2 times the points for Silver"), Audience = new() { Tiers = ["silver"] } },
        Sample.OnPurchase("big-basket", new FixedPoints { Points = 100 }) with { Name = new("Belanja besar", "Big basket"), Condition = "order.total >= 250000" },
        Sample.OnPurchase("weekend", new FixedPoints { Points = 25 }) with { Name = new("Akhir pekan", "Weekend"), Condition = "now.weekday in [\"saturday\", \"sunday\"]" },
        Sample.OnPurchase("gold-gift", new FixedPoints { Points = 500 }) with { Name = new("Hadiah Emas", "Gold gift"), Condition = "customer.tier = \"gold\" and order.total >= 1000000" },
    ];

    public static Decision Decide() => Sample.Decide(Sample.Rules(Rules), Sample.Purchase(
        Sample.Line("beans", 85_000, 2, "beans/arabica") with { Name = "Gayo 250 g" },
        Sample.Line("latte", 35_000, 1, "drinks/coffee") with { Name = "Latte" },
        Sample.Line("cake", 27_500, 1, "pastry") with { Name = "Cheesecake" }) with
    { Shipping = 12_000 });

    /// <summary>The decision as the page shows it.</summary>
    public static string Written()
    {
        var decision = Decide();
        var words = new ExplanationText(Sample.Programme, "en");
        var staff = words.ForStaff(decision.Explanation, decision.Activity);
        var page = new StringBuilder();
        page.Append("| line | price | discount | to pay | earns on | points |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (var line in decision.Lines) page.Append($"| {line.Quantity} × {line.Sku} | {words.Money(line.Gross)} | {words.Money(line.Discount)} | {words.Money(line.Net)} | {words.Money(line.EarningBasis)} | {line.Points} |\n");
        var totals = decision.Totals!;
        page.Append($"| **together** | {words.Money(totals.Gross)} | {words.Money(totals.Discount)} | {words.Money(totals.Gross - totals.Discount)} | | {decision.PointsAwarded()} |\n\n");
        page.Append($"With delivery ({words.Money(totals.Shipping())}) the customer pays {words.Money(totals.Payable)}.\n\n");
        page.Append("Applied, in this order:\n\n");
        foreach (var rule in staff.Applied)
        {
            page.Append($"- **{rule.Name}** (`{rule.Rule}`): {rule.Result}\n");
            foreach (var step in rule.Steps) page.Append($"  - {step}\n");
        }
        page.Append("\nDid not apply, nearest first:\n\n");
        foreach (var miss in staff.Missed)
        {
            page.Append($"- **{miss.Name}** (`{miss.Rule}`): {miss.Reason}\n");
            foreach (var need in miss.Needs) page.Append($"  - {need}\n");
            if (miss.Hint is { } hint) page.Append($"  - hint: {hint}\n");
        }
        return page.ToString();
    }
}
