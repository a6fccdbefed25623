using RewardsEngine.Programs;

namespace Conformance.Rewards.Pricing;

/// <summary>Writes the conditions of a case in the engine's expression language.</summary>
internal static class ConditionWords
{
    /// <summary>Amounts on either basis have names of their own, so that one rule may ask for both; the condition itself always looks at what is left.</summary>
    public static (string? Text, Basis Basis) Read(IReadOnlyList<Words> conditions)
    {
        var parts = new List<string>();
        foreach (var words in conditions)
        {
            parts.Add(One(words));
            words.Finish();
        }
        return (parts.Count == 0 ? null : string.Join(" and ", parts), Basis.Running);
    }

    private static string One(Words words)
    {
        switch (words.Text("type"))
        {
            case "min_subtotal":
                var amount = ScopeWords.Number(words.Number("amount"));
                var of = words.OneOf("basis", Basis.Running, ("running", Basis.Running), ("initial", Basis.Initial));
                var initial = of == Basis.Initial;
                return ScopeWords.Test(ScopeWords.Read(words)) is { } lines
                    ? $"sum({(initial ? "subtotal" : "total")} where {lines}) >= {amount}"
                    : $"order.{(initial ? "subtotal" : "total")} >= {amount}";
            case "min_quantity":
                var quantity = ScopeWords.Number(words.Number("quantity"));
                return ScopeWords.Test(ScopeWords.Read(words)) is { } which ? $"sum(quantity where {which}) >= {quantity}" : $"order.quantity >= {quantity}";
            case "contains":
                return $"any line ({ScopeWords.Test(ScopeWords.Read(words)) ?? "quantity >= 1"})";
            case "customer_in_group":
                return $"customer.segments in [{ScopeWords.List(words.Texts("groups"))}]";
            case "nth_order":
                return $"purchases.last(100 years).count = {ScopeWords.Number(words.Number("n") - 1)}";
            case "shipping_method":
                return $"order.shipping = {ScopeWords.Quoted(words.Text("is"))}";
            case var type:
                throw new UnknownWordException($"{words.Where}: unknown condition \"{type}\"");
        }
    }
}
