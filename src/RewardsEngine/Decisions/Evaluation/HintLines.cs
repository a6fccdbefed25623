using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Changes of what is in the cart: more of something. What the cart has already is raised; what it lacks is added, tried at the cart's average price and at the lowest there is.</summary>
internal sealed class HintLines(Situation situation, Purchase purchase)
{
    private const int MostUnits = 1_000;

    /// <summary>A product of no category.</summary>
    public PurchaseLine Another(decimal price) => new() { Id = NewId(), Sku = "…", Quantity = 1, UnitPrice = price };

    /// <summary>More units of anything.</summary>
    public HintChange AnyUnits(string name, ExplainedValue needed, int units) =>
        new(name, needed, new(ExplainedKind.Number, Number: units), null, [.. Prices().Select(price => With(Another(price) with { Quantity = units }))]);

    /// <summary>More of the lines that are summed or counted.</summary>
    public IEnumerable<HintChange> More(AggregateOperand sum, FailedPart part, Vocabulary vocabulary)
    {
        if (part is not { Needed: [{ Number: { } needed } target], Actual.Number: { } actual }) yield break;
        var isOpen = part.Operator == ">";
        var where = sum.Where.ToText();
        if (sum is { Kind: Aggregate.Sum, Name.Name: "line.total" })
        {
            var missing = situation.Programme.Currency.Round(needed - actual + (isOpen ? situation.Programme.Currency.MinorUnit : 0m));
            if (missing <= 0 || missing < needed - actual || missing > Intake.MaxAmount || Fitting(sum.Where, missing) is not { } line) yield break;
            yield return new(sum.Name.Name, target, new(ExplainedKind.Money, Number: missing), where, [With(line with { UnitPrice = missing, Quantity = 1 })]);
        }
        else if (sum is { Kind: Aggregate.Sum, Name.Name: "line.quantity" })
        {
            var units = HintChanges.Units(needed, actual, isOpen);
            if (units is < 1 or > MostUnits) yield break;
            yield return new(sum.Name.Name, target, new(ExplainedKind.Number, Number: units), where, Units(sum.Where, (int)units, vocabulary));
        }
        else if (sum.Kind == Aggregate.Count && HintChanges.Units(needed, actual, isOpen) == 1)
        {
            yield return new(sum.Name.Name, target, new(ExplainedKind.Number, Number: 1), where, Units(sum.Where, 0, vocabulary));
        }
    }

    /// <summary>A line that is not in the cart.</summary>
    public IEnumerable<HintChange> Missing(LineExpr lines)
    {
        if (Fitting(lines.Where, 0m) is not { } line) yield break;
        yield return new("line", new(ExplainedKind.Number, Number: line.Quantity), new(ExplainedKind.Number, Number: line.Quantity), lines.Where.ToText(), Ways(lines.Where));
    }

    private List<(Members.MemberSnapshot, Purchase)> Units(Expr where, int units, Vocabulary vocabulary)
    {
        if (units > 0 && Condition.CheckOnly(new LineExpr(LineQuantifier.Any, where), vocabulary).Condition is { } fits)
            for (var index = 0; index < purchase.Lines.Count; index++)
            {
                var line = purchase.Lines[index];
                if (line.IsReward || line.Quantity + units > Intake.MaxQuantity || !fits.Test(new FactsOf(situation.With(situation.Member, purchase with { Lines = [line] })).Initial)) continue;
                PurchaseLine[] lines = [.. purchase.Lines];
                lines[index] = line with { Quantity = line.Quantity + units };
                return [(situation.Member, purchase with { Lines = lines })];
            }
        return Ways(where, units);
    }

    private List<(Members.MemberSnapshot, Purchase)> Ways(Expr where, int units = 0) =>
        [.. Prices().Select(price => Fitting(where, price)).OfType<PurchaseLine>().Select(line => With(units > line.Quantity ? line with { Quantity = units } : line))];

    private (Members.MemberSnapshot, Purchase) With(PurchaseLine line) => (situation.Member, purchase with { Lines = [.. purchase.Lines, line] });

    /// <summary>The average price of a unit in the cart, and the lowest there is.</summary>
    private IEnumerable<decimal> Prices()
    {
        var units = purchase.Lines.Sum(line => (decimal)line.Quantity);
        var average = situation.Programme.Currency.Round(purchase.Lines.Sum(line => line.UnitPrice * line.Quantity) / units);
        return new[] { average, situation.Programme.Currency.MinorUnit }.Distinct();
    }

    /// <summary>A line as a condition wants it; null when that cannot be read off it.</summary>
    private PurchaseLine? Fitting(Expr where, decimal price) => where switch
    {
        AndExpr all => all.Items.Aggregate((PurchaseLine?)Another(price), (line, part) => line is null ? null : Fit(line, part)),
        OrExpr any => Fit(Another(price), any.Items[0]),
        _ => Fit(Another(price), where),
    };

    private PurchaseLine? Fit(PurchaseLine line, Expr part) => part switch
    {
        CompareExpr { Left: NameOperand name, Operator: CompareOperator.Equal, Right: TextLiteral text } => Fit(line, name.Name, text.Value),
        InExpr { Value: NameOperand name, List: [TextLiteral text, ..] } => Fit(line, name.Name, text.Value),
        CompareExpr { Left: NameOperand name, Operator: CompareOperator.GreaterOrEqual or CompareOperator.Greater, Right: NumberLiteral or MoneyLiteral } test =>
            AtLeast(line, name.Name, test.Right is MoneyLiteral money ? money.Amount : ((NumberLiteral)test.Right).Value, test.Operator == CompareOperator.Greater),
        CompareExpr { Left: NameOperand { Name: "line.is_reward" }, Operator: CompareOperator.Equal, Right: FlagLiteral { Value: false } } => line,
        _ => null,
    };

    private PurchaseLine? Fit(PurchaseLine line, string name, string text) => name switch
    {
        "line.sku" => line with { Sku = text, UnitPrice = purchase.Lines.FirstOrDefault(known => known.Sku == text)?.UnitPrice ?? line.UnitPrice },
        "line.category" => line with { Category = text },
        "line.brand" => line with { Brand = text },
        "line.tag" => line with { Tags = [.. line.Tags, text] },
        _ => null,
    };

    private PurchaseLine? AtLeast(PurchaseLine line, string name, decimal bound, bool isOpen)
    {
        var price = situation.Programme.Currency.Round(bound) + (isOpen || situation.Programme.Currency.Round(bound) < bound ? situation.Programme.Currency.MinorUnit : 0m);
        return name switch
        {
            "line.quantity" when bound < MostUnits => line with { Quantity = Math.Max(line.Quantity, (int)Math.Ceiling(bound) + (isOpen && bound == Math.Ceiling(bound) ? 1 : 0)) },
            "line.unit_price" or "line.total" when price <= Intake.MaxAmount => line with { UnitPrice = Math.Max(line.UnitPrice, price) },
            _ => null,
        };
    }

    private string NewId()
    {
        var id = "+";
        while (purchase.Lines.Any(line => line.Id == id)) id += "+";
        return id;
    }
}
