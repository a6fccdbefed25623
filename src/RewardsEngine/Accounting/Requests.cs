using System.Collections.Immutable;
using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>Points to award.</summary>
/// <param name="Lot">Id of the new lot, made by the shell.</param>
/// <param name="Points">More than zero.</param>
/// <param name="ActivatesAt">End of the return window; null or past: free at once.</param>
/// <param name="ExpiresAt">First moment at which they can no longer be spent; null for never.</param>
/// <param name="Sliding">Whether each activity of the member moves the expiry on (<see cref="Ledger.Extend"/>).</param>
public sealed record Accrual(LotId Lot, long Points, DateTime? ActivatesAt = null, DateTime? ExpiresAt = null, bool Sliding = false);

/// <summary>What a reversal does when the points are already spent.</summary>
public enum SpentPointsPolicy
{
    /// <summary>Takes what the rest of the balance holds; what is missing is forgiven.</summary>
    WithinBalance,

    /// <summary>What is missing becomes a debt, repaid by the next credit.</summary>
    NegativeAllowed,

    /// <summary>Takes only what is not yet free; all else is forgiven.</summary>
    OnlyPending,
}

/// <summary>An accrual to take back, whole or in part.</summary>
/// <param name="Lot">The lot the accrual made. It must be loaded, even when empty.</param>
/// <param name="Points">How much of the award to take back now; see <see cref="Reversals"/>.</param>
/// <param name="WhenSpent">What to do about points already spent.</param>
public sealed record AccrualReversal(LotId Lot, long Points, SpentPointsPolicy WhenSpent = SpentPointsPolicy.NegativeAllowed);

/// <summary>A redemption to give back, whole or in part.</summary>
/// <param name="Redemption">Reference of the posting that spent the points (the redemption or the capture).</param>
/// <param name="Taken">What it took, in the order it took it, less what was returned before (<see cref="Books.StillTaken"/>). The lots must be loaded.</param>
/// <param name="Points">How much to return; the lots taken last come back first, as if less had been spent.</param>
/// <param name="Grace">When a lot has expired meanwhile: how long its returned points live on. Zero: original expiry stands.</param>
public sealed record RedemptionReturn(string Redemption, ImmutableArray<LotShare> Taken, long Points, TimeSpan Grace = default);

/// <summary>Points a person gives (above zero) or takes (below zero).</summary>
/// <param name="Points">Not zero.</param>
/// <param name="Lot">Id of the new lot; needed when giving.</param>
/// <param name="ExpiresAt">Expiry of the points given.</param>
/// <param name="MayOwe">When taking: whether what is missing becomes a debt (else the change is refused).</param>
public sealed record Adjustment(long Points, LotId? Lot = null, DateTime? ExpiresAt = null, bool MayOwe = false);
