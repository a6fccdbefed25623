namespace Insight.Value;

/// <summary>What a company sets for reckoning what its members are worth. Amounts are minor units of its currency.</summary>
/// <param name="Months">Length of the period that is looked at, in months back from the reckoning.</param>
/// <param name="GoodsPercent">What goods cost the company, per cent of their price before discounts.</param>
/// <param name="ComplaintCost">What handling one complaint costs.</param>
/// <param name="MostValuablePercent">Per cent of the members who bought in the period that count as most valuable.</param>
/// <param name="MostGrowablePercent">Per cent of the members who bought in the period that count as most growable.</param>
public sealed record ValueSettings(
    int Months = 12, decimal GoodsPercent = 60m, long ComplaintCost = 0, decimal MostValuablePercent = 20m, decimal MostGrowablePercent = 20m);
