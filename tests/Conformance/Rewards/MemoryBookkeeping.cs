using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Conformance.Rewards;

/// <summary>Points kept in memory, by the same pure functions.</summary>
public sealed class MemoryBookkeeping : IBookkeeping
{
    public Task<IMemberBooks> OpenMemberAsync() => Task.FromResult<IMemberBooks>(new Member(new Journal(new MemberId(Guid.CreateVersion7()), settlesFirst: false)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Member(Journal journal) : IMemberBooks
    {
        public Task<LedgerOutcome> PostAsync(Posting posting, Func<Wallet, Posting, LedgerOutcome> change) => Task.FromResult(journal.Post(posting, change));

        public Task SettleAsync(DateTime at, bool expire)
        {
            journal.Sweep(wallet => Ledger.Activate(wallet, at));
            journal.Sweep(wallet => Ledger.TimeOut(wallet, at));
            if (expire) journal.Sweep(wallet => Ledger.Expire(wallet, at));
            return Task.CompletedTask;
        }

        public Task<Wallet> WalletAsync() => Task.FromResult(journal.Wallet);

        public Task<IReadOnlyList<Transfer>> TransfersAsync() => Task.FromResult(journal.Transfers);
    }
}
