using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>What a discount effect needs to know besides the cart.</summary>
/// <param name="Run">The run it acts in.</param>
/// <param name="Candidate">The rule it belongs to.</param>
/// <param name="Most">At most this much may be taken off, when a budget reduces; null: no bound.</param>
internal readonly record struct DiscountContext(Run Run, Candidate Candidate, decimal? Most)
{
    /// <summary>What amounts look at.</summary>
    public Basis Basis => Candidate.Rule.Basis;

    /// <summary>The programme's settings.</summary>
    public Reckoning Reckoning => Run.Reckoning;

    /// <summary>Scoped fixed discounts of other rules that are still to come.</summary>
    public List<AmountOffScopeTotal> Contenders() => Run.ContendersOf(Candidate);

    /// <summary>Stock of a product; null: not limited.</summary>
    public long? StockLeft(string sku) => Run.StockLeft(sku);
}
