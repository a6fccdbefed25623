using RewardsEngine.Accounting;
using RewardsEngine.Values;
using static RewardsEngine.Tests.Accounting.Given;

namespace RewardsEngine.Tests.Accounting;

public class MoveTests
{
    private static readonly MemberId Other = new(new Guid("22222222-0000-0000-0000-000000000000"));

    [Fact]
    public void A_wallet_moves_with_pending_held_owed_and_qualifying_points_and_both_books_prove()
    {
        var journal = new Journal(Member);
        journal.Earn(1, 100, Day(1), Day(90));
        journal.Earn(2, 40, Day(2), activates: Day(30));
        journal.Spend("s", 30, Day(3));
        var from = journal.Wallet;
        var held = Ledger.Hold(from, new("hold", Day(4)), new(new Guid("33333333-0000-0000-0000-000000000000")), 25, Day(5));
        var qualified = Ledger.Qualify(held.Wallet, new("q", Day(4)), 70);

        var (left, entered, moved) = Move(qualified.Wallet, Wallet.Empty(Other));

        Assert.Equal((0, 0, 0, 0), (left.Wallet.Pending, left.Wallet.Available, left.Wallet.Held, left.Wallet.Qualifying));
        Assert.Equal((40, 45, 25, 70), (entered.Wallet.Pending, entered.Wallet.Available, entered.Wallet.Held, entered.Wallet.Qualifying));
        Assert.Equal(Day(90), entered.Wallet.Lot(moved.Lots[0].Id)!.ExpiresAt);
        Assert.Empty(Books.Verify(left.Wallet, [.. journal.Transfers, .. held.Transfers, .. qualified.Transfers, .. left.Transfers]));
        Assert.Empty(Books.Verify(entered.Wallet, entered.Transfers));
        Assert.Equal(0, Books.Balances([.. left.Transfers, .. entered.Transfers])[Account.ProgrammeMoved]);
        Assert.True(Ledger.Capture(entered.Wallet, new("c", Day(4)), new(new Guid("33333333-0000-0000-0000-000000000000"))).Accepted);
    }

    [Fact]
    public void A_return_after_the_move_takes_back_what_was_spent_before_it()
    {
        var journal = new Journal(Member);
        journal.Earn(1, 100, Day(1));
        journal.Spend("s", 100, Day(2));

        var (_, entered, moved) = Move(journal.Wallet, Wallet.Empty(Other));
        var reversed = Ledger.ReverseAccrual(entered.Wallet, new("r", Day(4)), new(moved.Lots[0].Id, 100));

        Assert.Equal(100, reversed.Wallet.Debt);
        Assert.Empty(Books.Verify(reversed.Wallet, [.. entered.Transfers, .. reversed.Transfers]));
    }

    [Fact]
    public void What_one_owes_is_repaid_by_what_the_other_has()
    {
        var owing = new Journal(Member);
        owing.Earn(1, 50, Day(1));
        owing.Spend("s", 50, Day(2));
        owing.Reverse(1, 50, Day(3), SpentPointsPolicy.NegativeAllowed);
        var having = Ledger.Accrue(Wallet.Empty(Other), new("e", Day(1)), new(Lot(9), 80)).Wallet;

        var (left, entered, _) = Move(owing.Wallet, having);

        Assert.Equal((0, 0, 30), (left.Wallet.Debt, entered.Wallet.Debt, entered.Wallet.Available));
    }

    private static (LedgerOutcome Left, LedgerOutcome Entered, Moved Moved) Move(Wallet from, Wallet to)
    {
        var moved = new Moved([.. from.Lots.Select((lot, i) => (lot, new LotId(new Guid(100 + i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))))], from.Holds, from.Debt, from.Qualifying);
        return (Ledger.MoveOut(from, new("out", Day(4))), Ledger.MoveIn(to, new("in", Day(4)), moved), moved);
    }
}
