using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>Starting points for a new rule: ordinary ones, ready to be changed.</summary>
internal static class RuleStarts
{
    public static readonly IReadOnlyList<(string Key, string Icon)> All =
    [
        ("welcome", "gift"), ("per-amount", "coins"), ("basket", "shopping-bag"), ("category", "coffee"),
        ("tier", "award"), ("discount", "badge-percent"), ("voucher", "ticket"), ("empty", "pencil"),
    ];

    /// <summary>Null when there is no such starting point.</summary>
    public static Rule? Find(string key, Programme programme)
    {
        var small = programme.Currency.Decimals == 0 ? 10_000m : 1m;
        var highest = programme.Tiers.Count > 0 ? programme.Tiers[^1].Key : null;
        return key switch
        {
            "welcome" => New(ActivityTypes.Registered, new FixedPoints { Points = 100 }) with { Limits = [new(1)], Qualifying = false },
            "per-amount" => New(ActivityTypes.Purchase, new PointsPerAmount { Points = 1, Per = small }),
            "basket" => New(ActivityTypes.Purchase, new FixedPoints { Points = 50 }) with { Condition = $"order.total >= {Plain(small * 25)}" },
            "category" => New(ActivityTypes.Purchase, new FixedPoints { Points = 10 }) with { Condition = "any line (category in [\"coffee\"])" },
            "tier" => New(ActivityTypes.Purchase, new PointsMultiplier { Factor = 2 }) with { Audience = new() { Tiers = highest is null ? [] : [highest] } },
            "discount" => New(ActivityTypes.Purchase, new PercentOffOrder { Percent = 10 }) with { Condition = $"order.total >= {Plain(small * 10)}" },
            "voucher" => New(ActivityTypes.Birthday, new GiveVoucher
            {
                Voucher = new() { Key = "voucher", Name = new("Potongan 10%", "10% off"), Discounts = [new PercentOffOrder { Percent = 10 }] },
            }),
            "empty" => New(ActivityTypes.Purchase),
            _ => null,
        };
    }

    private static Rule New(string trigger, params Effect[] effects) =>
        new() { Id = new("new"), Name = new("", ""), Trigger = trigger, Effects = effects };

    private static string Plain(decimal amount) => amount.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
