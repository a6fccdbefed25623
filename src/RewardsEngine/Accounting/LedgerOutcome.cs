using System.Collections.Immutable;

namespace RewardsEngine.Accounting;

/// <summary>Why a change was refused. The wallet is then untouched.</summary>
public enum LedgerRefusal
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>Fewer points can be spent than asked for.</summary>
    Insufficient,

    /// <summary>No such open reservation.</summary>
    UnknownHold,

    /// <summary>The lot is not in the wallet, or was not loaded.</summary>
    UnknownLot,

    /// <summary>Already booked.</summary>
    Duplicate,

    /// <summary>Zero, negative, or beyond <see cref="Ledger.MaxPoints"/> or <see cref="Ledger.MaxBalance"/>.</summary>
    InvalidAmount,

    /// <summary>Expires before it becomes free, or a time limit that lies in the past.</summary>
    InvalidTerms,

    /// <summary>More would be taken back, captured or returned than there was.</summary>
    TooMuch,
}

/// <summary>The wallet after a change and the transfers that made it so; or the refusal, with the wallet as it was.</summary>
/// <param name="Wallet">After the change.</param>
/// <param name="Transfers">To be stored with it, in order; empty if nothing had to move.</param>
/// <param name="Refusal">None, or why not.</param>
public sealed record LedgerOutcome(Wallet Wallet, ImmutableArray<Transfer> Transfers, LedgerRefusal Refusal = LedgerRefusal.None)
{
    /// <summary>True unless refused.</summary>
    public bool Accepted => Refusal == LedgerRefusal.None;

    /// <summary>The lots touched: to be written by the shell, emptied ones too.</summary>
    public ImmutableArray<Lot> ChangedLots { get; init; } = [];

    /// <summary>For a reversal: what was not taken because the policy forbids it.</summary>
    public long Forgiven { get; init; }

    /// <summary>Sum of the transfers of a kind.</summary>
    public long Moved(TransferKind kind) => Transfers.Sum(transfer => transfer.Kind == kind ? transfer.Amount : 0);
}
