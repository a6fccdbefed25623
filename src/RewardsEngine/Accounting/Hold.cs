using System.Collections.Immutable;

namespace RewardsEngine.Accounting;

/// <summary>A reservation of points. Made by the shell.</summary>
/// <param name="Value">The stored value.</param>
public readonly record struct HoldId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>An open reservation and the lots it stands on.</summary>
/// <param name="Id">The reservation.</param>
/// <param name="Reference">Reference of the posting that made it.</param>
/// <param name="PlacedAt">When.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="Shares">What is still reserved, lot by lot, in the order taken.</param>
public sealed record Hold(HoldId Id, string Reference, DateTime PlacedAt, DateTime? ExpiresAt, ImmutableArray<LotShare> Shares)
{
    /// <summary>What is still reserved.</summary>
    public long Amount => Shares.Sum(share => share.Amount);
}
