using Portal.Data;
using RewardsEngine.Values;

namespace Portal.Rewarding;

/// <summary>
/// What a feature keeps about a member beside the ledger. Each feature with such rows registers one, so that a membership
/// can be linked, shown to its owner in full, and closed without anybody knowing all features.
/// </summary>
public interface IMemberData
{
    /// <summary>The name of this part in the member's own data.</summary>
    string Name { get; }

    /// <summary>Hands the rows of one membership to another when both turn out to be the same person.</summary>
    Task MoveAsync(PortalDb db, MemberId from, MemberId to, CancellationToken cancel);

    /// <summary>Erases what tells who the person was. What the books need stays, without a name.</summary>
    Task EraseAsync(PortalDb db, MemberId member, CancellationToken cancel);

    /// <summary>Everything kept, to be written as JSON.</summary>
    Task<object> ExportAsync(PortalDb db, MemberId member, CancellationToken cancel);
}
