namespace RewardsEngine.Accounting;

/// <summary>
/// Every way points can move, as pure functions from a wallet to the wallet after it and the transfers between them.
/// The shell loads the wallet, calls <see cref="Settle"/> and then the change, and stores wallet, lots and transfers in one
/// transaction, on condition that the version it read still stands and every transfer's reference is new.
/// </summary>
public static partial class Ledger
{
    /// <summary>The most one change may move: 10^15 of the wallet's smallest unit.</summary>
    public const long MaxPoints = 1_000_000_000_000_000;

    /// <summary>The most a wallet may hold, owe or count: 10^18, so that no sum of a few of them leaves the range of a long.</summary>
    public const long MaxBalance = 1_000_000_000_000_000_000;

    private static bool HasRoom(Wallet wallet, long points) => wallet.Pending + wallet.Available + wallet.Held <= MaxBalance - points;

    private static bool IsAmount(long points) => points is > 0 and <= MaxPoints;

    private static LedgerOutcome Refused(Wallet wallet, LedgerRefusal refusal) => new(wallet, [], refusal);
}
