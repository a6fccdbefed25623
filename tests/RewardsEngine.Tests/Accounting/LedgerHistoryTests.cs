using RewardsEngine.Accounting;
using RewardsEngine.Tests.Properties;
using static RewardsEngine.Tests.Accounting.Given;

namespace RewardsEngine.Tests.Accounting;

/// <summary>Random histories of one member: whatever happens in whatever order, the books hold at every past instant.</summary>
public class LedgerHistoryTests
{
    private static readonly int Histories = Runs.Wanted ?? 100;
    private const int Steps = 60;

    [Fact]
    public void Random_histories_prove_after_every_step_and_at_every_past_instant()
    {
        var accepted = 0;
        for (var seed = 1; seed <= Histories; seed++) accepted += new History(seed).Run(Steps);
        Assert.InRange(accepted, Histories * Steps / 4, Histories * Steps); // the histories are not idle
    }

    private sealed class History(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Journal _journal = new(Member, settlesFirst: seed % 2 == 0);
        private readonly List<string> _redemptions = [];
        private readonly List<(DateTime At, Wallet Wallet)> _snapshots = [];
        private DateTime _now = Day(1);
        private int _number;

        public int Run(int steps)
        {
            var accepted = 0;
            for (var step = 0; step < steps; step++)
            {
                _now = _now.AddHours(_random.Next(0, 60)).AddSeconds(1);
                var before = _journal.Transfers.Count;
                if (Step().Accepted) accepted++;
                CheckStep(before);
                _snapshots.Add((_now, _journal.Wallet));
            }
            foreach (var (at, wallet) in _snapshots) CheckPast(at, wallet);
            return accepted;
        }

        private LedgerOutcome Step()
        {
            var number = ++_number;
            long points = _random.Next(1, 120);
            switch (_random.Next(12))
            {
                case 0 or 1 or 2:
                    DateTime? activates = _random.Next(3) == 0 ? _now.AddHours(_random.Next(1, 200)) : null;
                    DateTime? expires = _random.Next(3) > 0 ? (activates ?? _now).AddHours(_random.Next(1, 400)) : null;
                    return _journal.Earn(number, points, _now, expires, activates);
                case 3 or 4:
                    _redemptions.Add($"spend-{number}");
                    return _journal.Spend($"spend-{number}", points, _now);
                case 5:
                    return _journal.Hold(number, points, _now, _random.Next(2) == 0 ? _now.AddHours(_random.Next(1, 60)) : null);
                case 6 when _journal.Wallet.Holds is { Length: > 0 } holds:
                    var hold = holds[_random.Next(holds.Length)];
                    _redemptions.Add($"capture-{number}");
                    return _journal.Post(At(_now, $"capture-{number}"), (wallet, posting) => Ledger.Capture(
                        wallet, posting, hold.Id, _random.Next(1, (int)hold.Amount + 1), _random.Next(2) == 0));
                case 7 when _journal.Wallet.Holds is { Length: > 0 } holds:
                    return _journal.Post(At(_now, $"release-{number}"), (wallet, posting) => Ledger.Release(wallet, posting, holds[0].Id));
                case 8 when _journal.Wallet.Lots is { Length: > 0 } lots:
                    return _journal.Post(At(_now, $"reverse-{number}"), (wallet, posting) => Ledger.ReverseAccrual(wallet, posting,
                        new AccrualReversal(lots[_random.Next(lots.Length)].Id, points, (SpentPointsPolicy)_random.Next(3))));
                case 9 when _redemptions.Count > 0:
                    return _journal.Return(_redemptions[_random.Next(_redemptions.Count)], _random.Next(1, 40), _now,
                        TimeSpan.FromHours(_random.Next(3) * 48), $"return-{number}");
                case 10 when seed % 2 == 1 && number % 3 == 0:
                    return _journal.Settle(_now);
                case 10:
                    return _journal.Post(At(_now, $"adjust-{number}"), (wallet, posting) => Ledger.Adjust(wallet, posting,
                        new Adjustment(points - 60 == 0 ? 1 : points - 60, Lot(number), MayOwe: _random.Next(2) == 0)));
                default:
                    return _journal.Post(At(_now, $"qualify-{number}"), (wallet, posting) => Ledger.Qualify(wallet, posting, points - 30 == 0 ? 1 : points - 30));
            }
        }

        private void CheckStep(int before)
        {
            var wallet = _journal.Wallet;
            var context = $"seed {seed}, step {_number}";
            Assert.True(Books.Verify(wallet, _journal.Transfers).IsEmpty, context);
            Assert.True(wallet.Debt == 0 || wallet.Lots.All(lot => lot.Spendable(_now) == 0), $"{context}: owes while points could be spent");
            Assert.True(wallet.Lots.All(lot => lot is { Pending: >= 0, Available: >= 0, Held: >= 0 } && lot.Left <= lot.Earned), context);
            var balances = Books.Balances(_journal.Transfers);
            Assert.True(balances.Values.Sum() == 0, context);
            var owedToMembers = -(balances.GetValueOrDefault(Account.ProgrammeIssued) + balances.GetValueOrDefault(Account.ProgrammeRedeemed)
                + balances.GetValueOrDefault(Account.ProgrammeExpired) + balances.GetValueOrDefault(Account.ProgrammeReversed));
            Assert.True(owedToMembers == wallet.Pending + wallet.Available + wallet.Held - wallet.Debt, $"{context}: liability differs");
            foreach (var transfer in _journal.Transfers.Skip(before)) CheckSpending(transfer, context);
        }

        /// <summary>Nothing is ever taken from an expired lot, nor from a later lot while an earlier one still has points.</summary>
        private void CheckSpending(Transfer transfer, string context)
        {
            if (transfer.Kind is not (TransferKind.Redeem or TransferKind.Hold or TransferKind.RepayDebt) || transfer.EffectiveAt != _now) return;
            var taken = _journal.Wallet.Lot(transfer.Lot!.Value)!;
            Assert.False(taken.IsExpired(_now), $"{context}: took from an expired lot");
            Assert.True(_journal.Wallet.Lots.All(lot => lot.Spendable(_now) == 0 || !EarlierThan(lot, taken)), $"{context}: spending order");
        }

        private static bool EarlierThan(Lot left, Lot right) =>
            (left.ExpiresAt, right.ExpiresAt) switch
            {
                ({ } one, { } other) when one != other => one < other,
                ({ }, null) => true,
                (null, { }) => false,
                _ => left.Sequence < right.Sequence,
            };

        private void CheckPast(DateTime at, Wallet then)
        {
            var again = _journal.AsOf(at);
            Assert.Equal((then.Pending, then.Available, then.Held, then.Debt, then.Qualifying),
                (again.Pending, again.Available, again.Held, again.Debt, again.Qualifying));
            Assert.Equal(then.Lots.Select(Terms), again.Lots.Select(Terms));
            Assert.Equal(then.Holds.Select(hold => (hold.Id, hold.Amount, hold.ExpiresAt)).OrderBy(hold => hold.Id.Value),
                again.Holds.Select(hold => (hold.Id, hold.Amount, hold.ExpiresAt)).OrderBy(hold => hold.Id.Value));
        }

        private static (Guid, long, long, long, long, long, DateTime?, DateTime?, DateTime, long) Terms(Lot lot) =>
            (lot.Id.Value, lot.Earned, lot.Reversed, lot.Pending, lot.Available, lot.Held, lot.ActivatesAt, lot.ExpiresAt, lot.EarnedAt, lot.Sequence);
    }
}
