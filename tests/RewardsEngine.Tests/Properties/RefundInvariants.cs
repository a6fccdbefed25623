using RewardsEngine.Activities;
using RewardsEngine.Decisions;

namespace RewardsEngine.Tests.Properties;

/// <summary>However a sale comes back, piece by piece it comes back exactly.</summary>
public sealed class RefundInvariants
{
    [Fact]
    public void Any_split_of_partial_refunds_sums_to_the_full_reversal() => Runs.Carts(3_000, (scene, rules) =>
    {
        var sale = scene.Decide(rules);
        var returned = new List<LineReturn>();
        var (amount, whole, effects) = (0m, 0, new List<RefundEffect>());
        RefundDecision Back(Returned what)
        {
            var refund = new Refund { Reference = $"r-{returned.Count}", Member = sale.Member, OccurredAt = sale.OccurredAt.AddDays(1), PurchaseReference = sale.Reference, Returned = what };
            var decision = Engine.DecideRefund(scene.Programme, new(sale, returned), refund);
            returned.AddRange(decision.Lines);
            amount += decision.Amount;
            whole += decision.WholeSaleReturned ? 1 : 0;
            effects.AddRange(decision.Effects);
            return decision;
        }

        for (var part = scene.Next(5); part > 0; part--)
        {
            var line = scene.Cart.Lines[scene.Next(scene.Cart.Lines.Count)];
            Back(scene.Next(4) == 0 ? new SomeAmount(scene.Programme.Currency.Round(1 + scene.Next(100))) : new SomeLines([new(line.Sku, 1 + scene.Next(line.Quantity), scene.Next(2) == 0 ? line.Id : null)]));
            Assert.True(amount <= sale.Totals!.Gross - sale.Totals.Discount, $"{amount} came back of {sale.Totals}");
        }
        Back(new WholeSale());

        Back(new WholeSale());
        Assert.Equal(1, whole); // one return makes the sale whole, and none after it does again
        Assert.Equal(sale.Totals!.Gross - sale.Totals.Discount, amount);
        foreach (var awards in sale.Effects.OfType<AwardPoints>().GroupBy(award => award.Rule))
        {
            var back = effects.OfType<ReversePoints>().Where(reverse => reverse.Rule == awards.Key).ToList();
            Assert.Equal((awards.Sum(award => award.Points), awards.Sum(award => award.Qualifying)), (back.Sum(reverse => reverse.Points), back.Sum(reverse => reverse.Qualifying)));
            Assert.All(back, reverse => Assert.True(reverse.Points > 0 || reverse.Qualifying > 0, "nothing is reversed by a reversal"));
        }
        Assert.Empty(Back(new WholeSale()).Effects);
    });
}
