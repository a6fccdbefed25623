using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Programs;

namespace RewardsEngine.Tests.Properties;

/// <summary>What must hold for every decision on every cart.</summary>
public sealed class DecisionInvariants
{
    [Fact]
    public void Lines_sum_to_totals_nothing_is_negative_and_the_explanation_says_what_was_paid() => Runs.Carts(4_000, (scene, rules) =>
    {
        var decision = scene.Decide(rules);
        Sums(decision);
        Floors(decision, scene.Cart);
        Points(decision);
        Explained(decision);
    });

    /// <summary>Found by the long run: the parts of a bundle were shared in fractions of a rupiah.</summary>
    [Fact]
    public void A_bundle_is_shared_in_whole_minor_units()
    {
        var scene = new RandomScene(25179);
        var rules = scene.Compile();
        for (var cart = 0; cart < 20; cart++)
        {
            var decision = scene.Decide(rules);
            Sums(decision);
            Floors(decision, scene.Cart);
            scene.NextCart();
        }
    }

    [Fact]
    public void Caps_budgets_limits_and_stock_are_never_exceeded() => Runs.Carts(4_000, (scene, rules) =>
    {
        var decision = scene.Decide(rules);
        foreach (var rule in scene.Rules) WithinBounds(scene, rule, decision);
        foreach (var cap in scene.Programme.Caps)
        {
            var used = cap.Span == Span.Order ? 0 : scene.Member.EarnedByDay.Sum(day => day.Points);
            Assert.True(decision.PointsAwarded() <= Math.Max(0, Smallest(scene, cap.Points) - used), $"programme cap {cap}: {decision.PointsAwarded()} with {used} before");
        }
        foreach (var stock in scene.Resources.Stock)
            Assert.True(decision.FreeItems.Where(item => item.Sku == stock.Sku).Sum(item => item.Quantity) <= Math.Max(0, stock.Left), $"stock of {stock.Sku}");
    });

    [Fact]
    public void A_stored_decision_is_replayed_to_the_byte_whatever_the_entry_order_of_the_rules() => Runs.Carts(1_000, (scene, rules) =>
    {
        var record = new DecisionRecord(1, scene.Member, scene.Cart, scene.Resources, scene.Decide(rules));
        var stored = EngineJson.Read<DecisionRecord>(EngineJson.Write(record));
        Assert.Null(stored.Differs(rules));
        var shuffled = stored.Differs(scene.Compile(scene.Shuffle(scene.Rules)));
        Assert.True(shuffled is null, "another entry order of the rules gives another decision");
    });

    private static void Sums(Decision decision)
    {
        var totals = decision.Totals!;
        Assert.Equal(totals.Gross, decision.Lines.Sum(line => line.Gross));
        Assert.Equal(totals.Discount, decision.Lines.Sum(line => line.Discount));
        Assert.Equal(totals.Gross - totals.Discount, decision.Lines.Sum(line => line.Net));
        Assert.Equal(totals.Total, decision.Lines.Sum(line => line.Net) + totals.Shipping());
        Assert.Equal(totals.Discount + totals.ShippingDiscount, decision.Discounts.Sum(rule => rule.Total));
        Assert.Equal(totals.Payable, totals.Total - decision.Tendered.Sum(tender => tender.Taken));
        foreach (var rule in decision.Discounts) Assert.Equal(rule.Total, rule.Lines.Sum(line => line.Amount) + rule.Shipping);
        foreach (var line in decision.Lines)
            Assert.Equal(line.Discount, decision.Discounts.SelectMany(rule => rule.Lines).Where(off => off.LineId == line.LineId).Sum(off => off.Amount));
    }

    private static void Floors(Decision decision, Purchase cart)
    {
        var totals = decision.Totals!;
        Assert.True(totals is { Total: >= 0, Payable: >= 0, ShippingDiscount: >= 0 } && totals.Shipping() >= 0, totals.ToString());
        Assert.Equal((totals.Total, totals.Payable), (cart.Currency.Round(totals.Total), cart.Currency.Round(totals.Payable)));
        Assert.All(decision.Discounts.SelectMany(rule => rule.Lines), off => Assert.True(off.Amount > 0, off.ToString()));
        foreach (var (line, source) in decision.Lines.Zip(cart.Lines))
        {
            var floor = source.FloorPrice is { } price ? Math.Min(line.Gross, cart.Currency.Round(price * source.Quantity)) : 0m;
            Assert.True(line.Net >= floor && line is { Discount: >= 0, EarningBasis: >= 0, Points: >= 0 }, $"{line} under its floor {floor}");
            Assert.Equal(line.Net, cart.Currency.Round(line.Net));
        }
    }

    private static void Points(Decision decision)
    {
        var awards = decision.Effects.OfType<AwardPoints>().ToList();
        Assert.All(awards, award => Assert.True(award.Points > 0));
        Assert.All(awards, award => Assert.Equal(award.Points, award.Allocation.Sum(part => part.Points)));
        Assert.All(awards.SelectMany(award => award.Allocation), part => Assert.True(part.Points > 0, part.ToString()));
        Assert.Equal(decision.PointsAwarded(), decision.Lines.Sum(line => line.Points));
        if (decision.Member is null) Assert.Empty(awards);
    }

    private static void Explained(Decision decision)
    {
        var (totals, applied) = (decision.Totals!, decision.Explanation.Applied);
        Assert.Equal(totals.Gross + totals.ShippingGross - applied.Sum(rule => rule.Discount), totals.Total);
        Assert.Equal(decision.PointsAwarded(), applied.Sum(rule => rule.Points));
        foreach (var rule in applied)
        {
            var shares = rule.Steps.OfType<AllocationStep>().Where(step => !step.InPoints).SelectMany(step => step.Shares).Sum(share => share.Amount);
            var shipping = decision.Discounts.Where(discount => discount.Rule == rule.Rule).Sum(discount => discount.Shipping);
            Assert.Equal(rule.Discount, shares + shipping);
            if (rule.Points > 0) Assert.Equal(rule.Points, decision.Effects.OfType<AwardPoints>().Where(award => award.Rule == rule.Rule).Sum(award => award.Points));
        }
        Assert.Equal(applied.Count, applied.Select(rule => rule.Rule).Distinct().Count());
        Assert.DoesNotContain(decision.Explanation.Missed, missed => applied.Any(rule => rule.Rule == missed.Rule && (rule.Points > 0 || rule.Discount > 0)));
    }

    private static void WithinBounds(RandomScene scene, Rule rule, Decision decision)
    {
        var points = decision.Effects.OfType<AwardPoints>().Where(award => award.Rule == rule.Id).Sum(award => award.Points);
        var discount = decision.Discounts.Where(off => off.Rule == rule.Id).Sum(off => off.Total);
        var uses = decision.Effects.OfType<CountUse>().Where(use => use.Rule == rule.Id).Sum(use => use.Uses);
        var (member, left) = (scene.Member.RuleUses.FirstOrDefault(use => use.Rule == rule.Id), scene.Resources.Rules.FirstOrDefault(one => one.Rule == rule.Id));
        foreach (var cap in rule.Caps)
        {
            var used = cap.Span == Span.Order ? 0 : member?.Days.Sum(day => day.Points) ?? 0;
            Assert.True(points <= Math.Max(0, Smallest(scene, cap.Points) - used), $"{rule.Id}: {points} points over {cap} with {used} before");
        }
        foreach (var limit in rule.Limits)
        {
            var used = limit.Span == Span.Order ? 0 : member?.Uses ?? 0;
            Assert.True(uses <= Math.Max(0, limit.Uses - used), $"{rule.Id}: {uses} uses over {limit} with {used} before");
        }
        if (rule.Budget is not { } budget) return;
        if (budget.Spend is { } spend) Assert.True(discount <= (left?.Spend ?? spend), $"{rule.Id}: {discount} over the budget");
        if (budget.Points is { } most) Assert.True(points <= (left?.Points ?? Smallest(scene, most)), $"{rule.Id}: {points} points over the budget");
        if (budget.Uses is { } times) Assert.True(uses <= (left?.BudgetUses ?? times), $"{rule.Id}: {uses} uses over the budget");
    }

    private static long Smallest(RandomScene scene, decimal points) => (long)Math.Floor(points * (scene.Programme.Points.Decimals == 2 ? 100 : 1));
}
