using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>What one application of a discount effect did.</summary>
internal sealed class DiscountResult(int lines)
{
    public decimal[] Lines { get; } = new decimal[lines];

    public decimal Shipping { get; set; }

    public List<ArithmeticStep> Steps { get; } = [];

    public List<(string Sku, long Quantity, decimal UnitValue)> Given { get; } = [];

    /// <summary>A gift was not given because none is left.</summary>
    public bool OutOfStock { get; set; }

    public decimal Total => Lines.Sum() + Shipping;

    public bool ChangedSomething => Total > 0 || Given.Count > 0;

    /// <summary>The shares as they stand in the explanation.</summary>
    public AllocationStep Allocation(Cart cart) => new(
        [.. Enumerable.Range(0, Lines.Length).Where(line => Lines[line] != 0).Select(line => new LineAmount(cart.Line(line).Id, Lines[line]))], false);
}
