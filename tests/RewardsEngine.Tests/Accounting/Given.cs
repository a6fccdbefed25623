using System.Collections.Immutable;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Accounting;

/// <summary>Short words for ledger tests.</summary>
internal static class Given
{
    public static readonly MemberId Member = new(Id(1));
    public static readonly TimeZoneInfo Jakarta = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");

    public static DateTime Day(int day, int hour = 0) => new DateTime(2026, 1, 1, hour, 0, 0, DateTimeKind.Utc).AddDays(day - 1);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static LotId Lot(int number) => new(Id(number));

    public static HoldId HoldId(int number) => new(Id(1000 + number));

    public static Posting At(DateTime at, string reference) => new(reference, at, new Cause(Activity: reference));

    public static LedgerOutcome Earn(this Journal journal, int lot, long points, DateTime at, DateTime? expires = null, DateTime? activates = null) =>
        journal.Post(At(at, $"earn-{lot}"), (wallet, posting) => Ledger.Accrue(wallet, posting, new Accrual(Lot(lot), points, activates, expires)));

    public static LedgerOutcome Spend(this Journal journal, string reference, long points, DateTime at) =>
        journal.Post(At(at, reference), (wallet, posting) => Ledger.Spend(wallet, posting, points));

    public static LedgerOutcome Hold(this Journal journal, int hold, long points, DateTime at, DateTime? expires = null) =>
        journal.Post(At(at, $"hold-{hold}"), (wallet, posting) => Ledger.Hold(wallet, posting, HoldId(hold), points, expires));

    public static LedgerOutcome Capture(this Journal journal, int hold, DateTime at, long? points = null, bool keepRest = false) =>
        journal.Post(At(at, $"capture-{hold}-{at:O}"), (wallet, posting) => Ledger.Capture(wallet, posting, HoldId(hold), points, keepRest));

    public static LedgerOutcome Release(this Journal journal, int hold, DateTime at) =>
        journal.Post(At(at, $"release-{hold}"), (wallet, posting) => Ledger.Release(wallet, posting, HoldId(hold)));

    public static LedgerOutcome Reverse(this Journal journal, int lot, long points, DateTime at, SpentPointsPolicy policy, string? reference = null) =>
        journal.Post(At(at, reference ?? $"reverse-{lot}"), (wallet, posting) => Ledger.ReverseAccrual(wallet, posting, new AccrualReversal(Lot(lot), points, policy)));

    public static LedgerOutcome Return(this Journal journal, string redemption, long points, DateTime at, TimeSpan grace = default, string? reference = null) =>
        journal.Post(At(at, reference ?? $"return-{redemption}"), (wallet, posting) => Ledger.ReturnRedemption(wallet, posting,
            new RedemptionReturn(redemption, Books.StillTaken(journal.Transfers, redemption), points, grace)));

    public static long Left(this Journal journal, int lot) => journal.Wallet.Lot(Lot(lot))!.Left;

    public static void AssertProved(this Journal journal)
    {
        Assert.Empty(Books.Verify(journal.Wallet, journal.Transfers));
        Assert.Equal(0, Books.Balances(journal.Transfers).Values.Sum());
    }

    public static ImmutableArray<TierStep> TierSteps => [new("none", 0), new("bronze", 50), new("silver", 100), new("gold", 200)];
}
