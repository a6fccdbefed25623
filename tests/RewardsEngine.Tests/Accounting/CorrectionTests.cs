using RewardsEngine.Accounting;
using static RewardsEngine.Tests.Accounting.Given;

namespace RewardsEngine.Tests.Accounting;

public class CorrectionTests
{
    private readonly Journal _journal = new(Member);

    [Fact]
    public void Pending_points_are_taken_back_while_pending()
    {
        _journal.Earn(1, 100, Day(1), activates: Day(15));
        var outcome = _journal.Reverse(1, 100, Day(10), SpentPointsPolicy.OnlyPending);
        Assert.Equal(Account.MemberPending, Assert.Single(outcome.Transfers).Debit);
        _journal.Settle(Day(20));
        Assert.Equal(0, _journal.Wallet.Balance);
        _journal.AssertProved();
    }

    [Fact]
    public void Only_pending_leaves_free_points_alone()
    {
        _journal.Earn(1, 100, Day(1));
        var outcome = _journal.Reverse(1, 100, Day(2), SpentPointsPolicy.OnlyPending);
        Assert.Equal((100, 100), (outcome.Forgiven, _journal.Wallet.Balance));
    }

    [Fact]
    public void Spent_points_become_a_debt_that_the_rest_of_the_balance_settles()
    {
        _journal.Earn(1, 100, Day(1), Day(30));
        _journal.Earn(2, 30, Day(1));
        _journal.Spend("s", 100, Day(2));
        _journal.Reverse(1, 100, Day(3), SpentPointsPolicy.NegativeAllowed);
        Assert.Equal((-70, 70, 0), (_journal.Wallet.Balance, _journal.Wallet.Debt, _journal.Left(2)));
        Assert.Equal(100, _journal.Wallet.Lot(Lot(1))!.Reversed);
        _journal.AssertProved();
    }

    [Fact]
    public void Within_the_balance_what_is_missing_is_forgiven_and_nothing_is_owed()
    {
        _journal.Earn(1, 100, Day(1), Day(30));
        _journal.Earn(2, 30, Day(1));
        _journal.Spend("s", 100, Day(2));
        var outcome = _journal.Reverse(1, 100, Day(3), SpentPointsPolicy.WithinBalance);
        Assert.Equal((70, 0, 0), (outcome.Forgiven, _journal.Wallet.Balance, _journal.Wallet.Debt));
        _journal.AssertProved();
    }

    [Fact]
    public void No_more_than_was_earned_can_be_taken_back()
    {
        _journal.Earn(1, 100, Day(1));
        _journal.Reverse(1, 60, Day(2), SpentPointsPolicy.NegativeAllowed, "first");
        Assert.Equal(LedgerRefusal.TooMuch, _journal.Reverse(1, 41, Day(2), SpentPointsPolicy.NegativeAllowed, "second").Refusal);
        Assert.Equal(LedgerRefusal.Duplicate, _journal.Reverse(1, 60, Day(3), SpentPointsPolicy.NegativeAllowed, "first").Refusal);
        Assert.Equal(40, _journal.Wallet.Balance);
        Assert.Equal(LedgerRefusal.UnknownLot, _journal.Reverse(9, 1, Day(3), SpentPointsPolicy.NegativeAllowed).Refusal);
    }

    [Fact]
    public void A_returned_redemption_goes_back_once_to_its_own_lots_and_expiry()
    {
        _journal.Earn(1, 100, Day(1), Day(50));
        _journal.Earn(2, 100, Day(2), Day(90));
        _journal.Spend("r", 150, Day(3));
        Assert.True(_journal.Return("r", 150, Day(4)).Accepted);
        Assert.Equal(LedgerRefusal.TooMuch, _journal.Return("r", 1, Day(5), reference: "once more").Refusal);
        Assert.Equal((100, 100), (_journal.Left(1), _journal.Left(2)));
        Assert.Equal(Day(50), _journal.Wallet.Lot(Lot(1))!.ExpiresAt);
        _journal.AssertProved();
    }

    [Fact]
    public void A_partial_return_leaves_the_wallet_as_if_less_had_been_spent()
    {
        _journal.Earn(1, 100, Day(1), Day(50));
        _journal.Earn(2, 100, Day(2), Day(90));
        _journal.Spend("r", 150, Day(3));
        _journal.Return("r", 70, Day(4));
        Assert.Equal((20, 100), (_journal.Left(1), _journal.Left(2)));
        Assert.Equal([new LotShare(Lot(1), 80)], Books.StillTaken(_journal.Transfers, "r"));
    }

    [Fact]
    public void What_returns_to_an_expired_lot_expires_at_once_unless_there_is_grace()
    {
        _journal.Earn(1, 100, Day(1), Day(10));
        _journal.Spend("r", 80, Day(2));
        _journal.Return("r", 30, Day(12), reference: "without");
        Assert.Equal(0, _journal.Wallet.Spendable(Day(12)));
        _journal.Return("r", 50, Day(13), TimeSpan.FromDays(7), "with");
        Assert.Equal((50, 0), (_journal.Wallet.Spendable(Day(19)), _journal.Wallet.Spendable(Day(20))));
        _journal.Settle(Day(20));
        Assert.Equal(0, _journal.Wallet.Available);
        _journal.AssertProved();
    }

    [Fact]
    public void A_return_settles_a_debt_first()
    {
        _journal.Earn(1, 100, Day(1));
        _journal.Spend("r", 100, Day(2));
        _journal.Reverse(1, 100, Day(3), SpentPointsPolicy.NegativeAllowed);
        _journal.Return("r", 100, Day(4));
        Assert.Equal((0, 0), (_journal.Wallet.Balance, _journal.Wallet.Debt));
        _journal.AssertProved();
    }
}
