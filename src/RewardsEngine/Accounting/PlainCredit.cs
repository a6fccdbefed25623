namespace RewardsEngine.Accounting;

/// <summary>What awarding points does to a wallet that owes nothing, whatever else the wallet holds; see <see cref="Ledger.Plain"/>.</summary>
/// <param name="Kind">Of its one transfer, from <see cref="Account.ProgrammeIssued"/>.</param>
/// <param name="Account">Where the points stand.</param>
/// <param name="Points">How many.</param>
/// <param name="ActivatesAt">When they become free; null when they are.</param>
/// <param name="ExpiresAt">When they can no longer be spent; null for never.</param>
public readonly record struct PlainCredit(TransferKind Kind, Account Account, long Points, DateTime? ActivatesAt, DateTime? ExpiresAt)
{
    /// <summary>When something of it falls due first; null for never.</summary>
    public DateTime? DueAt => ActivatesAt ?? ExpiresAt;
}
