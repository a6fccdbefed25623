using Conformance.Rewards.Pricing;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Conformance.Rewards.Ledgers;

/// <summary><c>parallel {attempts, what}</c>: many at really the same time on one balance.</summary>
public static class ParallelStep
{
    private static readonly DateTime At = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static async Task<Answer> RunAsync(RewardCase of, Words words, IBookkeeping books)
    {
        var attempts = words.Whole("attempts");
        var what = words.Object("what");
        var kind = what.Text("kind");
        var answer = kind switch
        {
            "spend_balance" => await SpendBalanceAsync(attempts, what, books),
            "redeem_code" => await ParallelShop.RedeemCodeAsync(attempts, what, (DatabaseBookkeeping)books),
            "use_budget" => await ParallelShop.UseBudgetAsync(attempts, what, (DatabaseBookkeeping)books),
            _ => throw new UnknownWordException($"what.kind \"{kind}\" is not known"),
        };
        what.Finish();
        return answer;
    }

    private static async Task<Answer> SpendBalanceAsync(int attempts, Words what, IBookkeeping books)
    {
        var unit = Unit.Of([what.Text("balance"), what.Text("each")]);
        var (balance, each) = (unit.In(what, "balance"), unit.In(what, "each"));
        var member = await books.OpenMemberAsync();
        var prefix = Guid.CreateVersion7().ToString("N");
        if (balance > 0) await member.PostAsync(new Posting($"{prefix}/earn", At), (wallet, posting) => Ledger.Accrue(wallet, posting, new Accrual(new LotId(Guid.CreateVersion7()), balance)));
        var outcomes = await AtOnceAsync(attempts, number =>
            member.PostAsync(new Posting($"{prefix}/spend/{number}", At), (wallet, posting) => Ledger.Spend(wallet, posting, each)));
        var wallet = await member.WalletAsync();
        if (Books.Verify(wallet, await member.TransfersAsync()) is { IsEmpty: false } differences) throw new InvalidOperationException($"books: {differences[0]}");
        return new Answer()
            .Set("succeeded", outcomes.Count(outcome => outcome.Accepted))
            .Set("rejected", outcomes.Count(outcome => outcome.Refusal == LedgerRefusal.Insufficient))
            .Set("balance", unit.Back(wallet.Balance));
    }

    /// <summary>Every attempt waits at the same gate.</summary>
    private static async Task<IReadOnlyList<T>> AtOnceAsync<T>(int attempts, Func<int, Task<T>> attempt)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = Enumerable.Range(1, attempts).Select(async number =>
        {
            await gate.Task;
            return await attempt(number);
        }).ToList();
        gate.SetResult();
        return await Task.WhenAll(tasks);
    }
}
