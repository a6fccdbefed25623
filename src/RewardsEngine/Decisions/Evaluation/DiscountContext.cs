using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>What a discount effect needs to know besides the cart.</summary>
/// <param name="Basis">What amounts look at.</param>
/// <param name="Reckoning">The programme's settings.</param>
/// <param name="Contenders">Scoped fixed discounts of other rules that are still to come.</param>
/// <param name="StockLeft">Stock of a product; null: not limited.</param>
/// <param name="Most">At most this much may be taken off, when a budget reduces; null: no bound.</param>
internal sealed record DiscountContext(
    Basis Basis, Reckoning Reckoning, Func<IReadOnlyList<AmountOffScopeTotal>> Contenders, Func<string, long?> StockLeft, decimal? Most);
