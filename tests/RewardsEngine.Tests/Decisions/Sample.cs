using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Decisions;

/// <summary>A small coffee programme and short ways to say what happened.</summary>
internal static class Sample
{
    public static readonly DateTime Noon = new(2026, 9, 7, 5, 0, 0, DateTimeKind.Utc); // Monday, 12:00 in Jakarta

    public static readonly MemberId Ani = new(Guid.Parse("018f3c00-0000-7000-8000-000000000001"));

    public static Programme Programme { get; } = new()
    {
        Name = new("Kopi", "Coffee"),
        Currency = Currency.Idr,
        Zone = "Asia/Jakarta",
        Points = new() { ReturnWindow = TimeSpan.FromDays(14), Expiry = new ExpiryPolicy.Rolling(new(0, 12), PeriodEnd.Month) },
        Conversion = new(1, 100m, 50, Currency.Idr),
        Tiers = [new("silver", new("Perak", "Silver")), new("gold", new("Emas", "Gold"))],
    };

    public static Rule Rule(string id, string trigger, params Effect[] effects) =>
        new() { Id = new(id), Name = new($"Aturan {id}", $"Rule {id}"), Trigger = trigger, Effects = effects };

    public static Rule OnPurchase(string id, params Effect[] effects) => Rule(id, ActivityTypes.Purchase, effects);

    public static CompiledRuleSet Rules(params Rule[] rules) => Rules(Programme, rules);

    public static CompiledRuleSet Rules(Programme programme, params Rule[] rules)
    {
        var result = CompiledRuleSet.Compile(new(7, programme, rules));
        Assert.True(result.Ok, string.Join("; ", result.Faults.Select(fault => $"{fault.Rule} {fault.Path}: {fault.Message.En}")));
        return result.Rules;
    }

    public static MemberSnapshot Member { get; } = new() { Id = Ani, Joined = Noon.AddDays(-100), Tier = "silver", Language = "id" };

    public static PurchaseLine Line(string id, decimal price, int quantity = 1, string? category = null) =>
        new() { Id = id, Sku = id, UnitPrice = price, Quantity = quantity, Category = category };

    public static Purchase Purchase(params PurchaseLine[] lines) =>
        new() { Reference = "p-1", Member = Ani, OccurredAt = Noon, Currency = Currency.Idr, Lines = lines };

    public static Decision Decide(CompiledRuleSet rules, Activity activity, Resources? resources = null, MemberSnapshot? member = null) =>
        Engine.Decide(rules, member ?? Member, activity, resources ?? Resources.None);
}
