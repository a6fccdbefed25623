using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Accounting;

/// <summary>A credit does not look at the lots that stand, so they need not be read for it.</summary>
public sealed class UnreadLotsTests
{
    private static readonly DateTime Start = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_credit_is_the_same_with_and_without_the_lots_that_stand()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var now = Start;
            var whole = Wallet.Empty(new(Guid.CreateVersion7()));
            for (var n = 0; n < 12; n++)
            {
                now = now.AddDays(random.Next(20));
                whole = Ledger.Settle(whole, now).Wallet;
                whole = random.Next(4) == 0
                    ? Ledger.Spend(whole, new($"spend-{n}", now), 1 + random.Next(60)).Wallet
                    : Ledger.Accrue(whole, new($"earn-{n}", now), Credit(random, now)).Wallet;
            }
            var settled = Ledger.Settle(whole, now).Wallet;
            var unread = settled with { Lots = [], Unread = new(Ledger.NextDue(settled)) };

            // Two credits in a row, as two sales of one group.
            for (var n = 0; n < 2; n++)
            {
                var (posting, credit) = (new Posting($"now-{n}", now), Credit(random, now));
                var expected = Ledger.Accrue(settled, posting, credit);
                var actual = Ledger.Accrue(unread, posting, credit);
                var (plain, refusal) = Ledger.Plain(posting, credit);

                Assert.Equal(expected.Refusal, actual.Refusal);
                Assert.Equal(expected.Transfers, actual.Transfers);
                Assert.Equal(expected.ChangedLots, actual.ChangedLots);
                Assert.Equal(Balances(expected.Wallet), Balances(actual.Wallet));
                Assert.Equal(expected.Refusal, refusal);
                if (expected.Accepted && settled.Debt == 0)
                    IsPlain(plain, settled, expected);
                (settled, unread) = (expected.Wallet, actual.Wallet);
                Assert.Equal(settled.Spendable(now), unread.Spendable(now));
                Assert.Equal(Ledger.Settle(settled, now).Transfers, Ledger.Settle(unread, now).Transfers);
            }
            var (by, gift) = (new Posting("gift", now), Credit(random, now) with { ActivatesAt = null });
            var given = Ledger.Adjust(settled, by, new(gift.Points, gift.Lot, gift.ExpiresAt));
            var (adjustment, refused) = Ledger.PlainAdjustment(by, gift);
            Assert.Equal(given.Refusal, refused);
            if (given.Accepted && settled.Debt == 0)
                IsPlain(adjustment, settled, given);
            var counted = Ledger.Qualify(unread, new("q", now), 5);
            Assert.Equal(Ledger.Qualify(settled, new("q", now), 5).Transfers, counted.Transfers);
        }
    }

    /// <summary>What is said of a credit without reading the wallet is what the ledger does.</summary>
    private static void IsPlain(PlainCredit plain, Wallet before, LedgerOutcome done)
    {
        Assert.True(Ledger.TakesPlain(before, plain.Points));
        var transfer = Assert.Single(done.Transfers);
        Assert.Equal((plain.Kind, Account.ProgrammeIssued, plain.Account, plain.Points, plain.ActivatesAt, plain.ExpiresAt),
            (transfer.Kind, transfer.Debit, transfer.Credit, transfer.Amount, transfer.ActivatesAt, transfer.ExpiresAt));
        var (pending, available) = plain.Account == Account.MemberPending ? (plain.Points, 0L) : (0L, plain.Points);
        var due = plain.DueAt is { } at && !(Ledger.NextDue(before) < at) ? at : Ledger.NextDue(before);
        Assert.Equal((before.Version + 1, before.Pending + pending, before.Available + available, before.Held, before.Debt, before.Qualifying, due), Balances(done.Wallet));
        var lot = Assert.Single(done.ChangedLots);
        Assert.Equal((pending, available, 0L, 0L, plain.ActivatesAt, plain.ExpiresAt), (lot.Pending, lot.Available, lot.Held, lot.Reversed, lot.ActivatesAt, lot.ExpiresAt));
    }

    [Fact]
    public void What_takes_from_lots_is_never_done_without_them()
    {
        var wallet = new Wallet { Member = new(Guid.CreateVersion7()), Version = 3, Available = 50, Unread = new(Start.AddDays(9)) };
        var owing = wallet with { Debt = 10 };

        Assert.Throws<InvalidOperationException>(() => Ledger.Spend(wallet, new("a", Start), 5));
        Assert.Throws<InvalidOperationException>(() => Ledger.Hold(wallet, new("a", Start), new(Guid.CreateVersion7()), 5));
        Assert.Throws<InvalidOperationException>(() => Ledger.Settle(wallet, Start.AddDays(9)));
        Assert.Throws<InvalidOperationException>(() => Ledger.Extend(wallet, Start, Start.AddDays(30)));
        Assert.Throws<InvalidOperationException>(() => Ledger.MoveOut(wallet, new("a", Start)));
        Assert.Throws<InvalidOperationException>(() => Ledger.ReverseAccrual(wallet, new("a", Start), new(new(Guid.CreateVersion7()), 5)));
        Assert.Throws<InvalidOperationException>(() => Ledger.Accrue(owing, new("a", Start), new(new(Guid.CreateVersion7()), 5)));
        Assert.Throws<InvalidOperationException>(() => Ledger.Adjust(wallet, new("a", Start), new(-5)));
        Assert.Throws<InvalidOperationException>(() => wallet.Spendable(Start.AddDays(9)));
    }

    private static Accrual Credit(Random random, DateTime now) => new(
        new LotId(Guid.CreateVersion7()), 1 + random.Next(100),
        random.Next(3) == 0 ? now.AddDays(1 + random.Next(14)) : null,
        random.Next(2) == 0 ? now.AddDays(15 + random.Next(60)) : null);

    private static (long, long, long, long, long, long, DateTime?) Balances(Wallet w) =>
        (w.Version, w.Pending, w.Available, w.Held, w.Debt, w.Qualifying, Ledger.NextDue(w));
}
