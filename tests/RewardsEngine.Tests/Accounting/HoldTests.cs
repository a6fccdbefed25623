using RewardsEngine.Accounting;
using static RewardsEngine.Tests.Accounting.Given;

namespace RewardsEngine.Tests.Accounting;

public class HoldTests
{
    private readonly Journal _journal = new(Member);

    public HoldTests() => _journal.Earn(1, 100, Day(1), Day(40));

    [Fact]
    public void A_hold_reserves_at_once_and_a_second_that_would_overdraw_is_refused()
    {
        Assert.True(_journal.Hold(1, 60, Day(2)).Accepted);
        Assert.Equal((40, 60), (_journal.Wallet.Spendable(Day(2)), _journal.Wallet.Held));
        Assert.Equal(LedgerRefusal.Insufficient, _journal.Hold(2, 41, Day(2)).Refusal);
        Assert.Equal(LedgerRefusal.Insufficient, _journal.Spend("s", 41, Day(2)).Refusal);
    }

    [Fact]
    public void A_partial_capture_spends_a_part_and_gives_the_rest_back()
    {
        _journal.Hold(1, 60, Day(2));
        _journal.Capture(1, Day(3), 45);
        Assert.Equal((55, 0, 55), (_journal.Wallet.Balance, _journal.Wallet.Held, _journal.Left(1)));
        Assert.Equal(LedgerRefusal.UnknownHold, _journal.Capture(1, Day(4), 1).Refusal);
        _journal.AssertProved();
    }

    [Fact]
    public void A_capture_may_keep_the_rest_for_a_further_one()
    {
        _journal.Earn(2, 50, Day(1), Day(30));
        _journal.Hold(1, 120, Day(2));
        _journal.Capture(1, Day(3), 60, keepRest: true);
        Assert.Equal((60, 30), (_journal.Wallet.Held, _journal.Wallet.Balance));
        Assert.Equal(LedgerRefusal.TooMuch, _journal.Capture(1, Day(4), 61).Refusal);
        Assert.True(_journal.Capture(1, Day(4, 1)).Accepted);
        Assert.Equal((0, 30, 0), (_journal.Wallet.Held, _journal.Wallet.Balance, _journal.Wallet.Holds.Length));
        _journal.AssertProved();
    }

    [Fact]
    public void A_released_hold_returns_to_its_lots()
    {
        _journal.Hold(1, 60, Day(2));
        _journal.Release(1, Day(3));
        Assert.Equal((100, 100), (_journal.Left(1), _journal.Wallet.Spendable(Day(3))));
        Assert.Equal(LedgerRefusal.UnknownHold, Ledger.Release(_journal.Wallet, At(Day(4), "again"), HoldId(1)).Refusal);
        _journal.AssertProved();
    }

    [Fact]
    public void A_hold_times_out_at_its_limit_and_cannot_be_captured_then_swept_or_not()
    {
        _journal.Hold(1, 60, Day(2), Day(3));
        Assert.Equal(LedgerRefusal.UnknownHold, Ledger.Capture(_journal.Wallet, At(Day(3), "late"), HoldId(1)).Refusal);
        var timedOut = Assert.Single(_journal.Settle(Day(5)).Transfers);
        Assert.Equal((TransferKind.TimeOut, Day(3)), (timedOut.Kind, timedOut.EffectiveAt));
        Assert.Equal((100, 0), (_journal.Wallet.Spendable(Day(5)), _journal.Wallet.Held));
        _journal.AssertProved();
    }

    [Fact]
    public void Held_points_outlive_their_expiry_until_captured_but_not_when_given_back()
    {
        _journal.Hold(1, 60, Day(2));
        _journal.Settle(Day(41));
        Assert.Equal((0, 60), (_journal.Wallet.Balance, _journal.Wallet.Held));
        _journal.Capture(1, Day(42), 20);
        Assert.Equal(0, _journal.Wallet.Spendable(Day(42)));
        _journal.Settle(Day(42));
        Assert.Equal((0, 80), (_journal.Wallet.Balance, Books.Balances(_journal.Transfers)[Account.ProgrammeExpired]));
        _journal.AssertProved();
    }
}
