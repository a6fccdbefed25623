using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>What one application of a discount effect did.</summary>
internal sealed class DiscountResult(int lines)
{
    private List<(string Sku, long Quantity, decimal UnitValue)>? _given;

    public decimal[] Lines { get; } = new decimal[lines];

    public decimal Shipping { get; set; }

    public List<ArithmeticStep> Steps { get; } = [];

    public List<(string Sku, long Quantity, decimal UnitValue)> Given => _given ??= [];

    public bool HasGiven => _given is { Count: > 0 };

    /// <summary>A gift was not given because none is left.</summary>
    public bool OutOfStock { get; set; }

    public decimal Total
    {
        get
        {
            var sum = Shipping;
            foreach (var off in Lines) sum += off;
            return sum;
        }
    }

    public bool ChangedSomething => HasGiven || Total > 0;

    /// <summary>The shares as they stand in the explanation.</summary>
    public AllocationStep Allocation(Cart cart) => new(Amounts(cart, Lines), false);

    /// <summary>The amounts by line, without those that are nothing.</summary>
    public static List<LineAmount> Amounts(Cart cart, decimal[] lines)
    {
        var amounts = new List<LineAmount>(lines.Length);
        for (var line = 0; line < lines.Length; line++)
            if (lines[line] != 0) amounts.Add(new(cart.Line(line).Id, lines[line]));
        return amounts;
    }
}
