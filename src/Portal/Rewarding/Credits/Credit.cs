using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Credits;

/// <summary>Points to give.</summary>
/// <param name="Member">To whom.</param>
/// <param name="Reference">Unique over all changes of points.</param>
/// <param name="Points">More than zero.</param>
/// <param name="Cause">Why.</param>
/// <param name="ActivatesAt">When they become free; null: at once.</param>
/// <param name="ExpiresAt">When they can no longer be spent; null for never.</param>
public sealed record Credit(MemberId Member, string Reference, long Points, Cause Cause, DateTime? ActivatesAt = null, DateTime? ExpiresAt = null)
{
    internal Posting Posting(DateTime now) => new(Reference, now, now, Cause);

    internal Accrual Accrual() => new(new(Guid.CreateVersion7()), Points, ActivatesAt, ExpiresAt);
}

/// <summary>What became of a credit.</summary>
/// <param name="Refusal">Null, or the code of why not.</param>
/// <param name="Balance">Of the member after it.</param>
/// <param name="Version">Of the wallet after it.</param>
/// <param name="Repeated">It had been stored before.</param>
public readonly record struct Credited(string? Refusal, long Balance, long Version, bool Repeated)
{
    internal static Credited Refused(LedgerRefusal refusal) => new(refusal == LedgerRefusal.InvalidAmount ? "points.invalid" : "points.terms", 0, 0, false);
}

/// <summary>A plain credit on its way into the database: all of it is known but the version and the balance it leads to.</summary>
/// <param name="Position">In the group.</param>
/// <param name="Row">Its transfer.</param>
/// <param name="Plain">What it does to the wallet.</param>
internal sealed record PlannedCredit(int Position, TransferRow Row, PlainCredit Plain)
{
    public long Pending => Plain.Account == Account.MemberPending ? Plain.Points : 0;

    public long Available => Plain.Account == Account.MemberAvailable ? Plain.Points : 0;

    /// <param name="position">In the group.</param>
    /// <param name="credit">As asked for.</param>
    /// <param name="plain">As the ledger judged it.</param>
    /// <param name="lot">Its lot.</param>
    /// <param name="now">When it is recorded, and counts.</param>
    public static PlannedCredit Of(int position, Credit credit, PlainCredit plain, LotId lot, DateTime now) => new(position, new TransferRow
    {
        Key = TransferRow.KeyOf(credit.Reference, 1),
        Operation = credit.Reference,
        MemberId = credit.Member,
        Kind = plain.Kind,
        Debit = Account.ProgrammeIssued,
        Credit = plain.Account,
        Amount = plain.Points,
        LotId = lot,
        ActivatesAt = plain.ActivatesAt,
        ExpiresAt = plain.ExpiresAt,
        WalletVersion = 0,
        Ordinal = 1,
        EffectiveAt = now,
        RecordedAt = now,
        Activity = credit.Cause.Activity,
        RuleId = credit.Cause.Rule,
        RuleVersion = credit.Cause.RuleVersion,
        Person = credit.Cause.Person,
        Reason = credit.Cause.Reason,
    }, plain);
}
