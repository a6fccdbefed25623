using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>
/// One member's whole history in memory: what the database is to the portal, this is to replay, back-test and tests.
/// A reference is booked once; a repeat is refused as <see cref="LedgerRefusal.Duplicate"/>.
/// </summary>
public sealed class Journal(MemberId member, bool settlesFirst = true)
{
    private readonly List<Transfer> _transfers = [];
    private readonly HashSet<string> _operations = new(StringComparer.Ordinal);

    /// <summary>As it stands, emptied lots included.</summary>
    public Wallet Wallet { get; private set; } = Wallet.Empty(member);

    /// <summary>Everything booked, in order.</summary>
    public IReadOnlyList<Transfer> Transfers => _transfers;

    /// <summary>Brings the wallet up to the posting's moment (unless told not to), then books the change.</summary>
    public LedgerOutcome Post(Posting posting, Func<Wallet, Posting, LedgerOutcome> change)
    {
        if (settlesFirst) Settle(posting.EffectiveAt, posting.RecordedAt);
        if (_operations.Contains(posting.Reference)) return new LedgerOutcome(Wallet, [], LedgerRefusal.Duplicate);
        var outcome = change(Wallet, posting);
        if (outcome.Accepted) _operations.Add(posting.Reference);
        return Keep(outcome);
    }

    /// <summary>Books what has fallen due.</summary>
    public LedgerOutcome Settle(DateTime at, DateTime? recordedAt = null) => Sweep(wallet => Ledger.Settle(wallet, at, recordedAt));

    /// <summary>Books one kind of what has fallen due, such as <see cref="Ledger.Activate"/>.</summary>
    public LedgerOutcome Sweep(Func<Wallet, LedgerOutcome> sweep) => Keep(sweep(Wallet));

    /// <summary>The wallet as the books had it at a moment of recording.</summary>
    public Wallet AsOf(DateTime recordedAt) => Books.Rebuild(member, Books.UpTo(_transfers, recordedAt));

    private LedgerOutcome Keep(LedgerOutcome outcome)
    {
        Wallet = outcome.Wallet;
        _transfers.AddRange(outcome.Transfers);
        return outcome;
    }
}
