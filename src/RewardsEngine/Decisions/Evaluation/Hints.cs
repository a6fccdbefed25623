using RewardsEngine.Activities;
using RewardsEngine.Conditions;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>
/// Looks for "what would make it apply": only where one thing that the customer can change suffices, and only when a decision
/// on the changed purchase confirms it.
/// </summary>
internal static class Hints
{
    private const int MostHints = 2;
    private const int MostTries = 3;

    /// <summary>"Spend ten times as much" helps nobody.</summary>
    private const decimal MostTimes = 2.5m;

    public static Decision Add(Decision decision, Purchase purchase, Func<Purchase, Decision> decide)
    {
        if (purchase.Lines.Count is 0 or >= Intake.MaxLines || decision.Explanation.Missed.Count == 0) return decision;
        var hints = 0;
        var missed = decision.Explanation.Missed.ToArray();
        for (var index = 0; index < missed.Length && hints < MostHints; index++)
        {
            if (HintFor(missed[index], purchase, decide) is not { } hint) continue;
            missed[index] = missed[index] with { Hint = hint };
            hints++;
        }
        return hints == 0 ? decision : decision with { Explanation = decision.Explanation with { Missed = missed } };
    }

    private static Hint? HintFor(MissedRule missed, Purchase purchase, Func<Purchase, Decision> decide)
    {
        if (!missed.ForCustomer || missed.Reason != MissReason.ConditionFailed) return null;
        if (missed.Failed is not [{ Negated: false, Operator: ">=" or ">", Needed: [{ Number: { } needed } target], Actual.Number: { } actual } part]) return null;
        if (needed > actual * MostTimes) return null;
        var step = part.Operator == ">" ? purchase.Currency.MinorUnit : 0m;
        if (part.Subject == Fields.OrderTotal.Name || part.Subject == Fields.OrderSubtotal.Name)
            return Spend(missed, part, target, needed - actual + step, purchase, decide);
        if (part.Subject == Fields.OrderQuantity.Name || (part.Subject == Fields.LineQuantity.Name && part.Text.StartsWith("sum(", StringComparison.Ordinal)))
            return AddUnits(missed, part, target, (int)Math.Clamp(Math.Ceiling(needed - actual) + (part.Operator == ">" && needed == Math.Ceiling(needed) ? 1 : 0), 1, 1_000), purchase, decide);
        return null;
    }

    private static Hint? Spend(MissedRule missed, FailedPart part, ExplainedValue target, decimal missing, Purchase purchase, Func<Purchase, Decision> decide)
    {
        var more = missing;
        for (var tried = 0; tried < MostTries && more > 0; tried++)
        {
            more = Up(more, purchase);
            if (more > Intake.MaxAmount) return null;
            var line = new PurchaseLine { Id = NewId(purchase), Sku = "…", Quantity = 1, UnitPrice = more };
            var decision = decide(purchase with { Lines = [.. purchase.Lines, line] });
            if (Applied(decision, missed) is { } applied)
                return new(part.Subject!, target, new(ExplainedKind.Money, Number: more), applied.Points, applied.Discount);
            // Discounts took part of what was added: reckon with the part that stayed, unless something else stands in the way now.
            var again = decision.Explanation.Missed.FirstOrDefault(rule => rule.Rule == missed.Rule);
            if (again?.Failed is not [{ Needed: [{ Number: { } needed }], Actual.Number: { } actual } same] || same.Text != part.Text || actual >= needed) return null;
            var stayed = actual - (needed - missing);
            more = Math.Max(more + needed - actual, stayed > 0 ? missing * more / stayed : 0m);
        }
        return null;
    }

    private static Hint? AddUnits(MissedRule missed, FailedPart part, ExplainedValue target, int more, Purchase purchase, Func<Purchase, Decision> decide)
    {
        for (var index = 0; index < Math.Min(MostTries, purchase.Lines.Count); index++)
        {
            var lines = purchase.Lines.ToArray();
            if (lines[index].IsReward || lines[index].Quantity + more > Intake.MaxQuantity) continue;
            lines[index] = lines[index] with { Quantity = lines[index].Quantity + more };
            if (Applied(decide(purchase with { Lines = lines }), missed) is { } applied)
                return new(part.Subject!, target, new(ExplainedKind.Number, Number: more), applied.Points, applied.Discount);
        }
        return null;
    }

    private static AppliedRule? Applied(Decision decision, MissedRule missed) => decision.Explanation.Applied.FirstOrDefault(rule => rule.Rule == missed.Rule);

    private static decimal Up(decimal amount, Purchase purchase)
    {
        var rounded = purchase.Currency.Round(amount);
        return rounded < amount ? rounded + purchase.Currency.MinorUnit : rounded;
    }

    private static string NewId(Purchase purchase)
    {
        var id = "+";
        while (purchase.Lines.Any(line => line.Id == id)) id += "+";
        return id;
    }
}
