using RewardsEngine.Accounting;

namespace Conformance.Rewards;

/// <summary>Where the points of the cases are kept.</summary>
public interface IBookkeeping : IAsyncDisposable
{
    /// <summary>A new member's books.</summary>
    Task<IMemberBooks> OpenMemberAsync();
}

/// <summary>The books of one member of a case.</summary>
public interface IMemberBooks
{
    /// <summary>Books a change; a reference is booked once.</summary>
    Task<LedgerOutcome> PostAsync(Posting posting, Func<Wallet, Posting, LedgerOutcome> change);

    /// <summary>Books the activations and time-outs that have fallen due; expiries only when told, so that unswept lots can be looked at.</summary>
    Task SettleAsync(DateTime at, bool expire);

    /// <summary>As it stands, emptied lots included.</summary>
    Task<Wallet> WalletAsync();

    /// <summary>Everything booked, in order.</summary>
    Task<IReadOnlyList<Transfer>> TransfersAsync();
}
