using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions;

/// <summary>Finds a small activity that a rule answers, by trying plausible ones with the engine itself.</summary>
internal static class Examples
{
    private const int Days = 370;
    private const int MostTries = 60;
    private static readonly MemberId Somebody = new(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    public static Decision? Find(CompiledRuleSet rules, CompiledRule rule, DateTime asOf)
    {
        var words = ConditionWords.Of(rule.Condition);
        var tries = 0;
        foreach (var at in Moments(rules, rule, words, asOf))
            foreach (var activity in Activities(rules.Programme, rule, words, at))
            {
                if (++tries > MostTries) return null;
                if (Intake.Check(activity, rules.Programme).Count > 0) continue;
                var decision = Engine.Decide(rules, MemberFor(rules, rule, words, at), activity, Resources.None);
                if (decision.Explanation.Applied.Any(applied => applied.Rule == rule.Id)) return decision;
            }
        return null;
    }

    private static IEnumerable<DateTime> Moments(CompiledRuleSet rules, CompiledRule rule, ConditionWords words, DateTime asOf)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(asOf, DateTimeKind.Utc), rules.Zone);
        var first = DateOnly.FromDateTime(local);
        if (rule.Rule.Schedule.From is { } from && from > first) first = from;
        if (words.Dates.Count > 0 && words.Dates.Min() > first) first = words.Dates.Min();
        var hours = rule.Rule.Schedule.FromTime is { } time ? [time] : words.Hours.Count > 0 ? words.Hours.Select(hour => new TimeOnly((int)Math.Clamp(hour, 0, 23), 0)).ToArray() : [new TimeOnly(10, 0)];
        var found = 0;
        for (var day = 0; day < Days && found < 8; day++)
        {
            var date = first.AddDays(day);
            if (rule.Rule.Schedule.Weekdays.Count > 0 && !rule.Rule.Schedule.Weekdays.Contains(date.DayOfWeek)) continue;
            found++;
            foreach (var hour in hours)
            {
                var moment = date.ToDateTime(hour);
                if (!rules.Zone.IsInvalidTime(moment)) yield return TimeZoneInfo.ConvertTimeToUtc(moment, rules.Zone);
            }
        }
    }

    private static IEnumerable<Activity> Activities(Programme programme, CompiledRule rule, ConditionWords words, DateTime at)
    {
        if (rule.Rule.Trigger == ActivityTypes.Purchase)
        {
            foreach (var amount in Amounts(programme, rule.Rule, words))
                foreach (var quantity in (int[])[1, 2, 3, 6, 10, 12])
                    yield return PurchaseOf(programme, rule.Rule, words, at, amount, quantity);
            yield break;
        }
        Activity? activity = rule.Rule.Trigger switch
        {
            ActivityTypes.Registered => new Registered { Reference = "example", OccurredAt = at },
            ActivityTypes.EmailConfirmed => new EmailConfirmed { Reference = "example", OccurredAt = at },
            ActivityTypes.ProfileCompleted => new ProfileCompleted { Reference = "example", OccurredAt = at, Field = words.Text("event.field") ?? "birthday" },
            ActivityTypes.Payment => new Payment { Reference = "example", OccurredAt = at, Invoice = "example", Amount = Amounts(programme, rule.Rule, words).First(), Method = words.Text("event.method") },
            ActivityTypes.ReferralQualified => new ReferralQualified { Reference = "example", OccurredAt = at, Side = "referrer" },
            ActivityTypes.Review => new Review { Reference = "example", OccurredAt = at, Sku = words.Text("event.sku") ?? "example", Rating = 5, Length = 200 },
            ActivityTypes.Visit => new Visit { Reference = "example", OccurredAt = at, Store = words.Text("event.store") },
            ActivityTypes.Birthday => new Birthday { Reference = "example", OccurredAt = at },
            ActivityTypes.Anniversary => new Anniversary { Reference = "example", OccurredAt = at, Years = (int)Math.Clamp(words.Number("event.years") ?? 1m, 1m, 100m) },
            _ => null,
        };
        if (activity is not null) yield return activity with { Member = Somebody };
    }

    private static Purchase PurchaseOf(Programme programme, Rule rule, ConditionWords words, DateTime at, decimal amount, int quantity)
    {
        var scopes = rule.Effects.Select(effect => effect switch { ItemEffect item => item.Scope, OrderEffect order => order.Scope, EarningEffect earning => earning.Scope, _ => null }).OfType<Scope>().ToList();
        var line = new PurchaseLine
        {
            Id = "1",
            Sku = words.Text("line.sku") ?? scopes.SelectMany(scope => scope.Skus).FirstOrDefault() ?? "example",
            Category = words.Text("line.category") ?? scopes.SelectMany(scope => scope.Categories).FirstOrDefault(),
            Brand = words.Text("line.brand") ?? scopes.SelectMany(scope => scope.Brands).FirstOrDefault(),
            Tags = [.. new[] { words.Text("line.tag") ?? scopes.SelectMany(scope => scope.Tags).FirstOrDefault() }.OfType<string>()],
            Quantity = quantity,
            UnitPrice = programme.Currency.Round(amount / quantity),
        };
        return new()
        {
            Reference = "example",
            Member = Somebody,
            OccurredAt = at,
            Currency = programme.Currency,
            Lines = [line],
            Channel = words.Text("order.channel"),
            Store = words.Text("order.store"),
            PaymentMethod = words.Text("order.payment"),
            ShippingMethod = words.Text("order.shipping"),
            Shipping = rule.Effects.Any(effect => effect is ShippingEffect) ? programme.Currency.Round(amount / 10) : 0m,
        };
    }

    /// <summary>Amounts worth trying: those that the rule itself names, and a round one.</summary>
    private static IEnumerable<decimal> Amounts(Programme programme, Rule rule, ConditionWords words)
    {
        var round = programme.Currency.Decimals == 0 ? 100_000m : 50m;
        var named = words.Amounts.Concat(rule.Effects.SelectMany(effect => effect switch
        {
            PointsPerAmount per => (decimal[])[per.Per * 5],
            TieredPercentOffOrder tiered => [.. tiered.Steps.Select(step => step.From)],
            TieredAmountOffOrder tiered => [.. tiered.Steps.Select(step => step.From)],
            _ => [],
        })).Where(amount => amount > 0).ToList();
        return named.Order().Concat(named.Select(amount => amount * 2)).Concat(named.Select(amount => amount * 5)).Append(round).Distinct().Take(9);
    }

    private static MemberSnapshot MemberFor(CompiledRuleSet rules, CompiledRule rule, ConditionWords words, DateTime at)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, rules.Zone));
        return new()
        {
            Id = Somebody,
            Joined = at.AddDays(-400),
            Tier = words.Text("customer.tier") ?? rule.Rule.Audience.Tiers.FirstOrDefault() ?? rules.Programme.Tiers.FirstOrDefault()?.Key,
            Consents = rules.Programme.Consents,
            BirthDate = new DateOnly(today.Year - 30, today.Month, Math.Min(today.Day, 28)),
            City = words.Text("customer.city"),
            Language = words.Text("customer.language"),
            Interests = [.. new[] { words.Text("customer.interests") }.OfType<string>()],
        };
    }
}

/// <summary>The literals of a condition by the name they are compared with.</summary>
internal sealed class ConditionWords
{
    private readonly List<(string Name, Literal Value)> _pairs = [];

    public List<decimal> Amounts => [.. _pairs.Where(pair => pair.Name is "order.total" or "order.subtotal" or "line.total" or "line.unit_price" or "event.amount").Select(pair => NumberOf(pair.Value)).OfType<decimal>()];

    public List<decimal> Hours => [.. _pairs.Where(pair => pair.Name == "now.hour").Select(pair => NumberOf(pair.Value)).OfType<decimal>()];

    public List<DateOnly> Dates { get; } = [];

    public static ConditionWords Of(Condition? condition)
    {
        var words = new ConditionWords();
        if (condition is not null) words.Walk(condition.Tree);
        return words;
    }

    public string? Text(string name) => _pairs.Where(pair => pair.Name == name).Select(pair => (pair.Value as TextLiteral)?.Value).FirstOrDefault(text => text is not null);

    public decimal? Number(string name) => _pairs.Where(pair => pair.Name == name).Select(pair => NumberOf(pair.Value)).FirstOrDefault(number => number is not null);

    private void Walk(Expr expr)
    {
        switch (expr)
        {
            case GroupExpr group:
                foreach (var item in group.Items) Walk(item);
                break;
            case NotExpr: break;
            case CompareExpr compare:
                Pair(compare.Left, compare.Right);
                Pair(compare.Right, compare.Left);
                break;
            case InExpr { List: [var first, ..] } test: Pair(test.Value, first); break;
            case BetweenExpr between: Pair(between.Value, between.Low); break;
            case StartsWithExpr starts: Pair(starts.Value, starts.Prefix); break;
            case LineExpr { Quantifier: not LineQuantifier.No } lines: Walk(lines.Where); break;
            case TodayInExpr today: Dates.Add(today.From.Value); break;
        }
    }

    private void Pair(Operand side, Operand value)
    {
        if (side is AggregateOperand aggregate) Walk(aggregate.Where);
        if (value is not Literal literal) return;
        switch (side)
        {
            case NameOperand name: _pairs.Add((name.Name, literal)); break;
            case AggregateOperand of: _pairs.Add((of.Name.Name, literal)); break;
        }
        if (literal is DateLiteral date) Dates.Add(date.Value);
    }

    private static decimal? NumberOf(Literal literal) => literal switch { NumberLiteral number => number.Value, MoneyLiteral money => money.Amount, _ => null };
}
