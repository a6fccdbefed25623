using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Tests.Decisions;

namespace RewardsEngine.Tests.Json;

public sealed class StoredFormTests
{
    [Fact]
    public void A_stored_decision_is_replayed_to_zero_difference()
    {
        Rule[] rules =
        [
            Sample.OnPurchase("base", new PointsPerAmount { Points = 1.5m, Per = 1_000 }) with { Caps = [new(400, Span.Month)] },
            Sample.OnPurchase("twice", new PointsMultiplier { Factor = 2 }) with { Condition = "customer.tier = \"silver\" and purchases.last(30 days).count >= 1" },
            Sample.OnPurchase("off", new PercentOffLines { Percent = 12.5m, Scope = new() { Categories = ["coffee"] } }),
            Sample.OnPurchase("near", new FixedPoints { Points = 5 }) with { Condition = "order.total >= 900000" },
            Sample.OnPurchase("gift", new GiveVoucher { Voucher = new() { Key = "v", Name = new("a", "b"), Discounts = [new AmountOffOrder { Amount = 1 }] } }),
        ];
        var set = new RuleSet(7, Sample.Programme, rules);
        var member = Sample.Member with
        {
            Purchases = new(2, 90_000, 3, Sample.Noon.AddDays(-40), Sample.Noon.AddDays(-2), [new(Sample.Noon.AddDays(-2), 45_000, 1)]),
            RuleUses = [new(new("base"), 3, 350, [new(new(2026, 9, 2), 3, 350)])],
        };
        Activity cart = Sample.Purchase(Sample.Line("latte", 35_333, 3, "coffee/hot"), Sample.Line("cup", 99_999)) with { Codes = ["NOPE"] };
        var record = new DecisionRecord(7, member, cart, Resources.None, Engine.Decide(Sample.Rules(rules), member, cart, Resources.None));

        var storedRules = EngineJson.Read<RuleSet>(EngineJson.Write(set));
        var stored = EngineJson.Read<DecisionRecord>(EngineJson.Write(record));

        Assert.Equal(EngineJson.Write(record), EngineJson.Write(stored));
        Assert.Null(stored.Differs(CompiledRuleSet.Compile(storedRules).Rules!));
        Assert.NotNull((stored with { Decision = stored.Decision with { FreeItems = [new(new("x"), "y", 1, 0)] } }).Differs(CompiledRuleSet.Compile(storedRules).Rules!));
    }

    [Fact]
    public void Every_activity_and_effect_survives_being_stored()
    {
        Activity[] activities =
        [
            new Registered { Reference = "1", OccurredAt = Sample.Noon, Channel = "web" },
            new Refund { Reference = "2", OccurredAt = Sample.Noon, Returned = new SomeLines([new("a", 2, "l", 5m)]) },
            new Custom { Reference = "3", OccurredAt = Sample.Noon, Name = "survey", Fields = new Dictionary<string, FieldValue> { ["score"] = FieldValue.Of(9m), ["day"] = FieldValue.Of(new DateOnly(2026, 1, 2)) } },
            Sample.Purchase(Sample.Line("a", 1.2345m)),
        ];
        foreach (var activity in activities)
        {
            var json = EngineJson.Write(activity);
            var read = EngineJson.Read<Activity>(json);
            Assert.Equal((activity.GetType(), json), (read.GetType(), EngineJson.Write(read)));
            Assert.Equal(DateTimeKind.Utc, read.OccurredAt.Kind);
        }
        var effects = typeof(Effect).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false);
        Assert.Equal(typeof(Effect).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Effect)) && !type.IsAbstract), effects.Length);
        Assert.Equal(typeof(Activity).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Activity)) && !type.IsAbstract),
            typeof(Activity).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false).Length);
    }
}
