using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Conformance.Rewards.Pricing;

/// <summary>Reads earning rules.</summary>
internal static class EarningWords
{
    /// <summary>Decimals of a wallet in which points are not rounded.</summary>
    public const int Unrounded = 4;

    public static PointsRounding? Rounding(Words words) => words.OneOf<(PointsRounding? Mode, bool _)>("rounding", (PointsRounding.Floor, false),
        ("floor", (PointsRounding.Floor, false)), ("half_up", (PointsRounding.HalfUp, false)), ("ceil", (PointsRounding.Ceil, false)), ("none", (null, false))).Mode;

    /// <summary>The rules by the names they have in the case.</summary>
    /// <param name="rules">As the case writes them.</param>
    /// <param name="rounding">Of what is not a whole point; null: none.</param>
    /// <param name="units">The units that are counted; null: all.</param>
    public static List<(string Name, Rule Rule)> Read(IReadOnlyList<Words> rules, PointsRounding? rounding, Scope? units = null)
    {
        // What gives nothing and what multiplies by one cannot be published.
        rules = [.. rules.Where(words => words.NumberOrNone("points") is not 0 && words.NumberOrNone("factor") is not 1)];
        var ranked = rules.Select((words, index) => (words, index)).OrderByDescending(rule => rule.words.NumberOr("priority", 0)).ThenBy(rule => rule.index).Select(rule => rule.index).ToList();
        return [.. rules.Select((words, index) => One(words, index, -ranked.IndexOf(index), rounding, units ?? Scope.Everything))];
    }

    private static (string, Rule) One(Words words, int index, int priority, PointsRounding? rounding, Scope units)
    {
        var name = words.TextOr("id") ?? $"earning {index}";
        var effect = Effect(words, units);
        var rule = new Rule
        {
            Id = new($"e{index:000}"),
            Name = new(name, name),
            Trigger = ActivityTypes.Purchase,
            Effects = [effect],
            Exclusive = !words.FlagOr("stackable", true),
            Priority = priority,
            Status = words.FlagOr("enabled", true) ? RuleStatus.Live : RuleStatus.Paused,
            Schedule = new() { From = words.TimeOr("valid_from") is { } from ? DateOnly.FromDateTime(from) : null },
            Rounding = rounding ?? PointsRounding.HalfUp, // in a wallet of so many decimals
        };
        words.Ignore("priority");
        words.Finish();
        return (name, rule);
    }

    private static Effect Effect(Words words, Scope units)
    {
        switch (words.Text("type"))
        {
            case "per_amount":
                var mode = words.OneOf("mode", AmountMode.FullSteps, ("full_steps", AmountMode.FullSteps), ("proportional", AmountMode.WholePoints));
                return new PointsPerAmount { Points = words.Number("points"), Per = words.Number("per"), Mode = mode };
            case "fixed":
                var each = words.FlagOr("per_unit", false);
                return new FixedPoints { Points = words.Number("points"), PerUnit = each, Scope = each ? units : Scope.Everything };
            case "multiplier":
                return new PointsMultiplier { Factor = words.Number("factor"), Base = MultiplierBase.Unrounded }; // rounding comes last
            case var type:
                throw new UnknownWordException($"{words.Where}: unknown earning rule \"{type}\"");
        }
    }
}
