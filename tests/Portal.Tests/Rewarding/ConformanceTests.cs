using Conformance.Rewards;
using Tests.Shared;

namespace Portal.Tests.Rewarding;

/// <summary>The cases reckoned by hand, on both databases, and what the runner says to words it does not know.</summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_case_reckoned_by_hand_comes_out(bool postgres)
    {
        Assert.SkipWhen(postgres && !TestDatabase.PostgresIsAvailable, $"{TestDatabase.PostgresSetting} names no PostgreSQL server; ./test starts one");
        await using var books = await DatabaseBookkeeping.OpenAsync(postgres);
        var (count, faults) = (0, new List<string>());
        foreach (var path in Files())
            await foreach (var of in CaseRunner.RunAsync(path, books))
            {
                count++;
                faults.AddRange(of.Faults.Select(fault => $"{of.Id}: {fault}"));
            }

        Assert.Empty(faults);
        Assert.True(count > 350, $"only {count} cases were found");
    }

    [Theory]
    [InlineData("settings.rounding", """ "settings": {"rounding": "up"}, "steps": [] """)]
    [InlineData("settings.round", """ "settings": {"round": "up"}, "steps": [] """)]
    [InlineData("settings.groups.g", """ "settings": {"groups": {"g": "worst_only"}}, "steps": [] """)]
    [InlineData("colour", """ "colour": "red", "steps": [] """)]
    [InlineData("weight", """ "rules": [{"id": "R", "when": [], "then": [], "weight": 1}], "steps": [] """)]
    [InlineData("weekday", """ "rules": [{"id": "R", "when": [{"type": "weekday"}], "then": []}], "steps": [] """)]
    [InlineData("brands", """ "rules": [{"id": "R", "when": [{"type": "contains", "scope": {"brands": ["b"]}}], "then": []}], "steps": [] """)]
    [InlineData("give_badge", """ "rules": [{"id": "R", "when": [], "then": [{"type": "give_badge"}]}], "steps": [] """)]
    [InlineData("min_amount", """ "rules": [{"id": "R", "when": [], "then": [{"type": "percent_off_order", "percent": "5", "min_amount": "1"}]}], "steps": [] """)]
    [InlineData("per_day", """ "rules": [{"id": "R", "when": [], "then": [], "limits": {"per_day": 1}}], "steps": [] """)]
    [InlineData("points_limit", """ "rules": [{"id": "R", "when": [], "then": [], "budget": {"points_limit": 1}}], "steps": [] """)]
    [InlineData("per_visit", """ "earning": {"basis": "after_discounts", "rules": [{"type": "per_visit"}]}, "steps": [] """)]
    [InlineData("ship", """ "steps": [{"do": "ship"}] """)]
    [InlineData("hurry", """ "steps": [{"do": "evaluate", "cart": {"lines": []}, "hurry": true}] """)]
    [InlineData("gift_wrap", """ "steps": [{"do": "evaluate", "cart": {"lines": [], "gift_wrap": true}}] """)]
    [InlineData("colour", """ "steps": [{"do": "evaluate", "cart": {"lines": [{"id": "a", "sku": "a", "unit_price": "1.00", "qty": 1, "colour": "red"}]}}] """)]
    [InlineData("savings", """ "steps": [{"do": "evaluate", "cart": {"lines": []}, "expect": {"savings": "0.00"}}] """)]
    [InlineData("NOBODY", """ "steps": [{"do": "evaluate", "cart": {"lines": []}, "disabled": ["NOBODY"]}] """)]
    [InlineData("borrow", """ "steps": [{"do": "ledger", "ops": [{"op": "borrow", "at": "2026-01-01"}]}] """)]
    [InlineData("because", """ "steps": [{"do": "ledger", "ops": [{"op": "tick", "at": "2026-01-01", "because": "x"}]}] """)]
    [InlineData("interest", """ "steps": [{"do": "ledger", "ops": [{"op": "tick", "at": "2026-01-01"}], "expect": {"interest": 0}}] """)]
    [InlineData("use_luck", """ "steps": [{"do": "parallel", "attempts": 1, "what": {"kind": "use_luck"}}] """)]
    [InlineData("bankers", """ "steps": [{"do": "prorate", "weights": [1], "total": 1, "method": "bankers"}] """)]
    [InlineData("1.5", """ "steps": [{"do": "evaluate", "cart": {"lines": [{"id": "a", "sku": "a", "unit_price": "1.00", "qty": 1.5}]}}] """)]
    public async Task A_word_nobody_knows_fails_its_case_by_name(string word, string content)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, $$"""{"cases": [{"id": "x", {{content}} }]}""", TestContext.Current.CancellationToken);
        var of = Assert.Single(await CaseRunner.RunAsync(path, new NoBooks()).ToListAsync(TestContext.Current.CancellationToken));
        File.Delete(path);

        Assert.Contains(of.Faults, fault => fault.Contains(word, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Files() => ((string[])["cases", "samples"])
        .SelectMany(folder => Directory.GetFiles(Repository.Path($"tests/Conformance/{folder}"), "*.json")).Order(StringComparer.Ordinal);

    /// <summary>For cases that come to no points.</summary>
    private sealed class NoBooks : IBookkeeping
    {
        public Task<IMemberBooks> OpenMemberAsync() => Task.FromResult<IMemberBooks>(new Empty());

        public ValueTask DisposeAsync() => default;

        private sealed class Empty : IMemberBooks
        {
            private readonly RewardsEngine.Accounting.Wallet _wallet = RewardsEngine.Accounting.Wallet.Empty(default);

            public Task<RewardsEngine.Accounting.LedgerOutcome> PostAsync(
                RewardsEngine.Accounting.Posting posting, Func<RewardsEngine.Accounting.Wallet, RewardsEngine.Accounting.Posting, RewardsEngine.Accounting.LedgerOutcome> change) =>
                Task.FromResult(change(_wallet, posting));

            public Task SettleAsync(DateTime at, bool expire) => Task.CompletedTask;

            public Task<RewardsEngine.Accounting.Wallet> WalletAsync() => Task.FromResult(_wallet);

            public Task<IReadOnlyList<RewardsEngine.Accounting.Transfer>> TransfersAsync() => Task.FromResult<IReadOnlyList<RewardsEngine.Accounting.Transfer>>([]);
        }
    }
}
