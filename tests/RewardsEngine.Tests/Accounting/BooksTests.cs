using RewardsEngine.Accounting;
using static RewardsEngine.Tests.Accounting.Given;

namespace RewardsEngine.Tests.Accounting;

public class BooksTests
{
    private readonly Journal _journal = new(Member);

    public BooksTests()
    {
        _journal.Earn(1, 100, Day(1), Day(30));
        _journal.Earn(2, 50, Day(2), activates: Day(20));
        _journal.Hold(1, 40, Day(3));
        _journal.Spend("s", 30, Day(4));
    }

    [Fact]
    public void Honest_books_show_no_difference() => _journal.AssertProved();

    [Fact]
    public void A_wrong_balance_is_found() =>
        Assert.Contains(Books.Verify(_journal.Wallet with { Available = 31 }, _journal.Transfers), difference => difference.What == "member.available" && difference.Expected == 30);

    [Fact]
    public void A_wrong_lot_is_found() =>
        Assert.Contains(Books.Verify(_journal.Wallet with { Lots = _journal.Wallet.Lots.SetItem(0, _journal.Wallet.Lots[0] with { Available = 29 }) }, _journal.Transfers),
            difference => difference.What.EndsWith("available", StringComparison.Ordinal));

    [Fact]
    public void A_lost_transfer_is_found() =>
        Assert.NotEmpty(Books.Verify(_journal.Wallet, _journal.Transfers.SkipLast(1)));

    [Fact]
    public void A_doubled_transfer_is_found() =>
        Assert.Contains(Books.Verify(_journal.Wallet, [.. _journal.Transfers, _journal.Transfers[^1]]), difference => difference.What.EndsWith("count", StringComparison.Ordinal));

    [Fact]
    public void A_lost_hold_is_found() =>
        Assert.Contains(Books.Verify(_journal.Wallet with { Holds = [] }, _journal.Transfers), difference => difference.What == "open holds");

    [Fact]
    public void Overspending_in_between_is_found_even_if_the_end_agrees()
    {
        var wallet = Wallet.Empty(Member);
        var earned = Ledger.Accrue(wallet, At(Day(1), "e"), new Accrual(Lot(1), 10));
        var spent = Ledger.Spend(earned.Wallet, At(Day(2), "s"), 10);
        Assert.Contains(Books.Verify(spent.Wallet, [.. spent.Transfers, .. earned.Transfers]), difference => difference.Actual < 0);
    }

    [Fact]
    public void The_wallet_of_any_past_day_is_made_again_from_the_transfers()
    {
        Assert.Equal(100, _journal.AsOf(Day(1)).Balance);
        Assert.Equal((60, 40, 50), (_journal.AsOf(Day(3)).Balance, _journal.AsOf(Day(3)).Held, _journal.AsOf(Day(3)).Pending));
        Assert.Equal(0, _journal.AsOf(Day(0)).Balance);
    }
}
