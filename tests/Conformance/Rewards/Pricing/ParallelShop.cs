using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>Many checkouts at really the same time in the portal itself, each by a member of its own.</summary>
internal static class ParallelShop
{
    private static readonly DateTime At = new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc);

    public static async Task<Answer> RedeemCodeAsync(int attempts, Words what, DatabaseBookkeeping books)
    {
        var code = CodeBook.IsWritten(what.Text("code")) ? what.Text("code") : "AT-ONCE";
        var rule = NewRule() with { Activation = new(ActivationKind.SharedCode, code), Limits = [new(what.Long("limit"), Span.Ever, CountedFor.Everyone)] };
        var succeeded = await CheckOutAsync(books, rule, attempts, code);
        var used = await TotalAsync(books, rule, total => total.Uses);
        return new Answer().Set("succeeded", succeeded).Set("rejected", attempts - succeeded).Set("usage_used", used);
    }

    public static async Task<Answer> UseBudgetAsync(int attempts, Words what, DatabaseBookkeeping books)
    {
        var rule = NewRule() with { Budget = new() { Uses = what.Long("usage_limit") } };
        var succeeded = await CheckOutAsync(books, rule, attempts, null);
        var used = await TotalAsync(books, rule, total => total.BudgetUses);
        return new Answer().Set("succeeded", succeeded).Set("rejected", attempts - succeeded).Set("usage_used", used);
    }

    private static async Task<long> TotalAsync(DatabaseBookkeeping books, Rule rule, System.Linq.Expressions.Expression<Func<RuleTotalRow, long>> count)
    {
        await using var db = await books.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await db.Set<RuleTotalRow>().Where(total => total.RuleId == rule.Id).Select(count).SumAsync();
    }

    private static Rule NewRule() => new()
    {
        Id = new($"parallel-{Guid.CreateVersion7():N}"),
        Name = new("Serentak", "At once"),
        Trigger = ActivityTypes.Purchase,
        Effects = [new PercentOffOrder { Percent = 10 }],
    };

    private static async Task<int> CheckOutAsync(DatabaseBookkeeping books, Rule rule, int attempts, string? code)
    {
        await books.ReplaceRulesAsync([rule], null);
        var members = new List<MemberId>();
        await using (var work = await books.Services.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(CancellationToken.None))
        {
            for (var number = 0; number < attempts; number++) members.Add(work.Add(new MemberRow { CardCode = CardCode.New(), JoinedAt = At }).Id);
            await work.CommitAsync(CancellationToken.None);
        }
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var checkouts = members.Select(async member =>
        {
            await gate.Task;
            return await BuyAsync(books, rule, member, code);
        }).ToList();
        gate.SetResult();
        var applied = await Task.WhenAll(checkouts);
        await books.ReplaceRulesAsync([], null);
        return applied.Count(yes => yes);
    }

    private static async Task<bool> BuyAsync(DatabaseBookkeeping books, Rule rule, MemberId member, string? code)
    {
        await using var scope = books.Services.CreateAsyncScope();
        await using var work = await scope.ServiceProvider.GetRequiredService<Portal.Rewarding.Rewards>().BeginAsync(CancellationToken.None);
        var rules = await scope.ServiceProvider.GetRequiredService<ProgrammeStore>().CurrentAsync(work.Db, CancellationToken.None);
        var receipt = await scope.ServiceProvider.GetRequiredService<RecordPurchase>().HandleAsync(work, new Purchase
        {
            Reference = $"{rule.Id}/{member}",
            Member = member,
            OccurredAt = At,
            Currency = rules.Programme.Currency,
            Lines = [new() { Id = "1", Sku = "item", Quantity = 1, UnitPrice = 100 }],
            Codes = code is null ? [] : [code],
        }, "api", CancellationToken.None);
        await work.CommitAsync(CancellationToken.None);
        return receipt.Value.Decision.Discounts.Any(discount => discount.Rule == rule.Id);
    }
}
