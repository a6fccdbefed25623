using RewardsEngine.Accounting;
using static RewardsEngine.Tests.Accounting.Given;

namespace RewardsEngine.Tests.Accounting;

public class LedgerTests
{
    private readonly Journal _journal = new(Member);

    [Fact]
    public void An_accrual_is_one_transfer_from_the_programme_to_the_member()
    {
        var transfer = Assert.Single(_journal.Earn(1, 100, Day(1), Day(30)).Transfers);
        Assert.Equal((Account.ProgrammeIssued, Account.MemberAvailable, 100L, Lot(1)), (transfer.Debit, transfer.Credit, transfer.Amount, transfer.Lot!.Value));
        Assert.Equal("earn-1/1", transfer.Reference);
        Assert.Equal((1, 100), (_journal.Wallet.Version, _journal.Wallet.Balance));
    }

    [Fact]
    public void The_soonest_to_expire_is_spent_first_then_the_oldest_and_never_expiring_last()
    {
        _journal.Earn(1, 10, Day(1));
        _journal.Earn(2, 10, Day(2), Day(60));
        _journal.Earn(3, 10, Day(3), Day(50));
        _journal.Earn(4, 10, Day(3), Day(50));
        var taken = _journal.Spend("s", 35, Day(4)).Transfers.Select(transfer => (transfer.Lot!.Value, transfer.Amount));
        Assert.Equal([(Lot(3), 10), (Lot(4), 10), (Lot(2), 10), (Lot(1), 5)], taken);
    }

    [Fact]
    public void Spending_more_than_there_is_is_refused_and_changes_nothing()
    {
        _journal.Earn(1, 100, Day(1));
        var before = _journal.Wallet;
        var outcome = _journal.Spend("s", 101, Day(2));
        Assert.Equal(LedgerRefusal.Insufficient, outcome.Refusal);
        Assert.Same(before, _journal.Wallet);
        Assert.Empty(outcome.Transfers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(Ledger.MaxPoints + 1)]
    [InlineData(long.MinValue)]
    public void An_amount_out_of_bounds_is_refused_everywhere(long points)
    {
        var wallet = Wallet.Empty(Member);
        var posting = At(Day(1), "x");
        Assert.Equal(LedgerRefusal.InvalidAmount, Ledger.Accrue(wallet, posting, new Accrual(Lot(1), points)).Refusal);
        Assert.Equal(LedgerRefusal.InvalidAmount, Ledger.Spend(wallet, posting, points).Refusal);
        Assert.Equal(LedgerRefusal.InvalidAmount, Ledger.Hold(wallet, posting, HoldId(1), points).Refusal);
        Assert.Equal(LedgerRefusal.InvalidAmount, Ledger.ReverseAccrual(wallet, posting, new AccrualReversal(Lot(1), points)).Refusal);
        Assert.Equal(LedgerRefusal.InvalidAmount, Ledger.ReturnRedemption(wallet, posting, new RedemptionReturn("r", [], points)).Refusal);
    }

    [Fact]
    public void A_wallet_at_its_limit_takes_no_more_and_still_proves()
    {
        for (var lot = 1; lot <= Ledger.MaxBalance / Ledger.MaxPoints; lot++) _journal.Earn(lot, Ledger.MaxPoints, Day(1));
        Assert.Equal(Ledger.MaxBalance, _journal.Wallet.Balance);
        Assert.Equal(LedgerRefusal.InvalidAmount, _journal.Earn(2000, 1, Day(1)).Refusal);
        Assert.Equal(LedgerRefusal.InvalidAmount, Ledger.Adjust(_journal.Wallet, At(Day(1), "a"), new Adjustment(1, Lot(2001))).Refusal);
        _journal.AssertProved();
    }

    [Fact]
    public void The_same_reference_is_booked_once()
    {
        _journal.Earn(1, 100, Day(1));
        var again = _journal.Post(At(Day(1), "earn-1"), (wallet, posting) => Ledger.Accrue(wallet, posting, new Accrual(Lot(2), 100)));
        Assert.Equal(LedgerRefusal.Duplicate, again.Refusal);
        Assert.Equal(100, _journal.Wallet.Balance);
    }

    [Fact]
    public void Pending_points_are_not_spendable_before_their_day_and_are_on_it()
    {
        _journal.Earn(1, 100, Day(1), activates: Day(15));
        Assert.Equal((100, 0), (_journal.Wallet.Pending, _journal.Wallet.Balance));
        Assert.Equal(LedgerRefusal.Insufficient, _journal.Spend("early", 1, Day(14)).Refusal);
        Assert.True(_journal.Spend("due", 100, Day(15)).Accepted);
        Assert.Equal(TransferKind.Activate, _journal.Transfers[1].Kind);
        _journal.AssertProved();
    }

    [Fact]
    public void A_late_activation_counts_from_the_day_it_fell_due()
    {
        _journal.Earn(1, 100, Day(1), activates: Day(15));
        var activation = Assert.Single(_journal.Settle(Day(20), Day(21)).Transfers);
        Assert.Equal((Day(15), Day(21)), (activation.EffectiveAt, activation.RecordedAt));
        Assert.Empty(_journal.Settle(Day(20)).Transfers);
    }

    [Fact]
    public void An_expired_lot_is_never_spendable_swept_or_not()
    {
        _journal.Earn(1, 100, Day(1), Day(10));
        Assert.Equal((100, 0), (_journal.Wallet.Spendable(Day(9, 23)), _journal.Wallet.Spendable(Day(10))));
        Assert.Equal(LedgerRefusal.Insufficient, Ledger.Spend(_journal.Wallet, At(Day(10), "s"), 1).Refusal);
        _journal.Settle(Day(12));
        Assert.Equal((0, 100), (_journal.Wallet.Balance, Books.Balances(_journal.Transfers)[Account.ProgrammeExpired]));
    }

    [Fact]
    public void Two_who_settle_at_once_write_the_same_references()
    {
        _journal.Earn(1, 100, Day(1), Day(10));
        var one = Ledger.Settle(_journal.Wallet, Day(11));
        var other = Ledger.Settle(_journal.Wallet, Day(11, 5));
        Assert.Equal(one.Transfers.Select(transfer => transfer.Reference), other.Transfers.Select(transfer => transfer.Reference));
        Assert.Empty(Ledger.Settle(one.Wallet, Day(12)).Transfers);
    }

    [Fact]
    public void An_activity_moves_the_expiry_of_sliding_lots_on_but_revives_nothing()
    {
        var wallet = Ledger.Accrue(Wallet.Empty(Member), At(Day(1), "a"), new Accrual(Lot(1), 10, null, Day(10), Sliding: true)).Wallet;
        wallet = Ledger.Accrue(wallet, At(Day(1), "b"), new Accrual(Lot(2), 10, null, Day(10))).Wallet;
        var extended = Ledger.Extend(wallet, Day(9), Day(20));
        Assert.Equal(Lot(1), Assert.Single(extended.ChangedLots).Id);
        Assert.Equal(10, extended.Wallet.Spendable(Day(15)));
        Assert.Equal(0, Ledger.Extend(wallet, Day(10), Day(20)).Wallet.Spendable(Day(15)));
    }

    [Fact]
    public void A_person_gives_and_takes_points_and_cannot_overdraw_unless_told()
    {
        var given = Ledger.Adjust(Wallet.Empty(Member), At(Day(1), "give"), new Adjustment(50, Lot(1)));
        Assert.Equal(50, given.Wallet.Balance);
        Assert.Equal(LedgerRefusal.Insufficient, Ledger.Adjust(given.Wallet, At(Day(2), "take"), new Adjustment(-80)).Refusal);
        var taken = Ledger.Adjust(given.Wallet, At(Day(2), "take"), new Adjustment(-80, MayOwe: true));
        Assert.Equal((-30, 30), (taken.Wallet.Balance, taken.Wallet.Debt));
        Assert.Empty(Books.Verify(taken.Wallet, [.. given.Transfers, .. taken.Transfers]));
    }

    [Fact]
    public void A_debt_is_repaid_first_thing_by_the_next_credit()
    {
        _journal.Earn(1, 50, Day(1));
        _journal.Post(At(Day(2), "take"), (wallet, posting) => Ledger.Adjust(wallet, posting, new Adjustment(-80, MayOwe: true)));
        var earned = _journal.Earn(2, 100, Day(3));
        Assert.Equal([TransferKind.Accrue, TransferKind.RepayDebt], earned.Transfers.Select(transfer => transfer.Kind));
        Assert.Equal((70, 0, 70), (_journal.Wallet.Balance, _journal.Wallet.Debt, _journal.Left(2)));
        _journal.AssertProved();
    }

    [Fact]
    public void Qualifying_points_are_counted_apart_and_never_below_zero()
    {
        _journal.Post(At(Day(1), "q"), (wallet, posting) => Ledger.Qualify(wallet, posting, 100));
        _journal.Post(At(Day(2), "d"), (wallet, posting) => Ledger.Qualify(wallet, posting, -40));
        Assert.Equal((60, 0), (_journal.Wallet.Qualifying, _journal.Wallet.Balance));
        Assert.Equal(LedgerRefusal.TooMuch, Ledger.Qualify(_journal.Wallet, At(Day(3), "e"), -61).Refusal);
        _journal.AssertProved();
    }

    [Fact]
    public void An_award_that_would_expire_before_it_is_free_is_refused() =>
        Assert.Equal(LedgerRefusal.InvalidTerms, _journal.Earn(1, 10, Day(1), Day(5), Day(9)).Refusal);

    [Fact]
    public void The_next_expiry_names_the_day_and_all_that_goes_with_it()
    {
        _journal.Earn(1, 10, Day(1), Day(10));
        _journal.Earn(2, 20, Day(1), Day(10));
        _journal.Earn(3, 40, Day(1), Day(12));
        Assert.Equal((Day(10), 30), _journal.Wallet.NextExpiry(Day(2)));
        Assert.Equal((Day(12), 40), _journal.Wallet.NextExpiry(Day(10)));
        Assert.Equal(70, _journal.Wallet.ExpiringBy(Day(12)));
    }
}
