using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Decisions;
using RewardsEngine.Members;

namespace RewardsEngine.Tests.Properties;

/// <summary>Does what a hint says, the way a customer would, and looks whether it was true.</summary>
public sealed class HintInvariants
{
    [Fact]
    public void Every_hint_that_is_shown_is_true_when_tried()
    {
        var shown = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Runs.Carts(6_000, (scene, rules) =>
        {
            foreach (var missed in scene.Decide(rules).Explanation.Missed)
            {
                if (missed.Hint is not { } hint) continue;
                shown.AddOrUpdate(hint.Change, 1, (_, count) => count + 1);
                Assert.True(missed.ForCustomer, $"{hint} is shown for a rule that is not the customer's");
                var (member, cart) = Do(hint, scene.Member, scene.Cart, rules.VocabularyOf(ActivityTypes.Purchase));
                var after = Engine.Decide(rules, member, cart, scene.Resources);
                Assert.True(after.Explanation.Applied.Any(rule => rule.Rule == missed.Rule), $"{missed.Rule} does not apply after {hint}");
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", shown.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(shown.Count >= 8, $"only {string.Join(", ", shown.Keys)} were hinted at");
    }

    private static (MemberSnapshot, Purchase) Do(Hint hint, MemberSnapshot member, Purchase cart, Vocabulary vocabulary)
    {
        var (text, number) = (hint.Needed.Text ?? "", hint.Missing?.Number ?? 0m);
        if (hint.Change.StartsWith("customer.consent.", StringComparison.Ordinal)) return (member with { Consents = [.. member.Consents, hint.Change["customer.consent.".Length..]] }, cart);
        if (hint.Change.StartsWith("purchases.", StringComparison.Ordinal)) return (member with { Purchases = More(member.Purchases, (int)number, cart) }, cart);
        return hint.Change switch
        {
            "customer.tier" => (member with { Tier = text }, cart),
            "customer.city" => (member with { City = text }, cart),
            "points.available" => (member with { Points = member.Points with { Available = member.Points.Available + (long)number } }, cart),
            "order.payment" => (member, cart with { PaymentMethod = text }),
            "order.channel" => (member, cart with { Channel = text }),
            "now.date" => (member, cart with { OccurredAt = cart.OccurredAt.AddDays(hint.Needed.Date!.Value.DayNumber - DateOnly.FromDateTime(cart.OccurredAt.AddHours(7)).DayNumber) }),
            "now.hour" => (member, cart with { OccurredAt = cart.OccurredAt.AddHours(7).Date.AddHours((double)hint.Needed.Number!.Value - 7) }),
            "order.total" or "order.subtotal" => (member, Add(cart, Line(number))),
            "order.quantity" => (member, Add(cart, Line(Average(cart)) with { Quantity = (int)number })),
            _ when hint.Where is { } where => (member, AddFitting(cart, hint, Condition.Parse($"any line ({where})", vocabulary).Condition!)),
            _ => throw new InvalidOperationException($"Nobody knows how to do {hint}."),
        };
    }

    private static History More(History history, int times, Purchase cart)
    {
        var entry = new HistoryEntry(cart.OccurredAt, cart.Lines.Sum(line => line.UnitPrice * line.Quantity), cart.Lines.Sum(line => (long)line.Quantity));
        return new(history.Count + times, history.Total + times * entry.Total, history.Quantity + times * entry.Quantity, history.First ?? entry.At, entry.At, [.. history.Recent, .. Enumerable.Repeat(entry, times)]);
    }

    /// <summary>More of what the cart has of the kind, else a product of the kind at the average price.</summary>
    private static Purchase AddFitting(Purchase cart, Hint hint, Condition fits)
    {
        var (number, isMoney) = (hint.Missing!.Number!.Value, hint.Missing.Kind == ExplainedKind.Money);
        if (hint.Change == "line.quantity")
            for (var index = 0; index < cart.Lines.Count; index++)
            {
                if (cart.Lines[index].IsReward || !fits.Test(Facts(fits.Vocabulary, cart.Lines[index]))) continue;
                PurchaseLine[] lines = [.. cart.Lines];
                lines[index] = lines[index] with { Quantity = lines[index].Quantity + (int)number };
                return cart with { Lines = lines };
            }
        var line = Wanted(((LineExpr)fits.Tree).Where, Line(isMoney ? number : Average(cart)), cart);
        return Add(cart, isMoney ? line with { UnitPrice = number, Quantity = 1 } : line with { Quantity = Math.Max(line.Quantity, hint.Change is "line" or "line.quantity" ? (int)number : 1) });
    }

    private static PurchaseLine Wanted(Expr where, PurchaseLine line, Purchase cart) => where switch
    {
        AndExpr all => all.Items.Aggregate(line, (sum, part) => Wanted(part, sum, cart)),
        CompareExpr { Left: NameOperand { Name: "line.sku" }, Right: TextLiteral sku } => line with { Sku = sku.Value, UnitPrice = cart.Lines.FirstOrDefault(known => known.Sku == sku.Value)?.UnitPrice ?? line.UnitPrice },
        InExpr { Value: NameOperand { Name: "line.category" }, List: [TextLiteral category, ..] } => line with { Category = category.Value },
        CompareExpr { Left: NameOperand { Name: "line.quantity" }, Right: NumberLiteral least } => line with { Quantity = (int)least.Value },
        CompareExpr { Left: NameOperand { Name: "line.total" }, Right: NumberLiteral above } => line with { UnitPrice = Math.Max(line.UnitPrice, above.Value + cart.Currency.MinorUnit) },
        _ => throw new InvalidOperationException($"Nobody knows what to buy for {where.ToText()}."),
    };

    private static Facts Facts(Vocabulary vocabulary, PurchaseLine line)
    {
        var facts = new FactsBuilder(vocabulary);
        var at = facts.AddLine();
        facts.SetLine(at, Fields.LineSku, line.Sku).SetLine(at, Fields.LineCategory, line.Category).SetLine(at, Fields.LineQuantity, line.Quantity)
            .SetLine(at, Fields.LineUnitPrice, line.UnitPrice).SetLine(at, Fields.LineTotal, line.UnitPrice * line.Quantity);
        return facts.Build();
    }

    private static PurchaseLine Line(decimal price) => new() { Id = "more", Sku = "another", Quantity = 1, UnitPrice = price };

    private static Purchase Add(Purchase cart, PurchaseLine line) => cart with { Lines = [.. cart.Lines, line] };

    private static decimal Average(Purchase cart) => cart.Currency.Round(cart.Lines.Sum(line => line.UnitPrice * line.Quantity) / cart.Lines.Sum(line => line.Quantity));
}
