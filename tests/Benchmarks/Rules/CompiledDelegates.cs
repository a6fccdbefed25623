using System.Linq.Expressions;

namespace Benchmarks.Rules;

/// <summary>The customary way: every rule an expression, compiled to a delegate of its own, tried one after the other.</summary>
public static class CompiledDelegates
{
    public static Func<PurchaseEvent, bool>[] Compile(BenchmarkRule[] rules) => Array.ConvertAll(rules, Compile);

    private static Func<PurchaseEvent, bool> Compile(BenchmarkRule rule)
    {
        var e = Expression.Parameter(typeof(PurchaseEvent), "e");
        var parts = rule.Shape switch
        {
            RuleShape.TierChannelDay => new[] { OneOf(e, nameof(PurchaseEvent.Tier), rule.Tiers), OneOf(e, nameof(PurchaseEvent.Channel), [rule.Channel]), OneOf(e, nameof(PurchaseEvent.Weekday), rule.Days), AtLeast(e, rule), AnyLine(e, rule.Categories) },
            RuleShape.CategorySpend => [OneOf(e, nameof(PurchaseEvent.Tier), rule.Tiers), OneOf(e, nameof(PurchaseEvent.Channel), [rule.Channel]), Compare(nameof(Spend), e, rule.Categories[0], (decimal)rule.AtLeast)],
            RuleShape.SkuQuantity => [Compare(nameof(OfSku), e, rule.Key, rule.AtLeast)],
            RuleShape.StoreHours => [OneOf(e, nameof(PurchaseEvent.Store), [rule.Store]), OneOf(e, nameof(PurchaseEvent.Weekday), rule.Days), Hour(e, rule.FromHour, rule.ToHour)],
            RuleShape.SegmentCategory => [OneOf(e, nameof(PurchaseEvent.Segment), [rule.Segment]), AtLeast(e, rule), AnyLine(e, rule.Categories)],
            RuleShape.ChannelBrand => [OneOf(e, nameof(PurchaseEvent.Channel), [rule.Channel]), Compare(nameof(OfBrand), e, rule.Key, rule.AtLeast)],
            _ => [OneOf(e, nameof(PurchaseEvent.Tier), rule.Tiers), OneOf(e, nameof(PurchaseEvent.Country), [rule.Country]), AtLeast(e, rule)],
        };
        return Expression.Lambda<Func<PurchaseEvent, bool>>(parts.Aggregate(Expression.AndAlso), e).Compile();
    }

    private static Expression OneOf(Expression e, string name, string[] texts) =>
        texts.Select(t => (Expression)Expression.Equal(Expression.Property(e, name), Expression.Constant(t))).Aggregate(Expression.OrElse);

    private static Expression AtLeast(Expression e, BenchmarkRule rule) =>
        Expression.GreaterThanOrEqual(Expression.Property(e, nameof(PurchaseEvent.Total)), Expression.Constant((decimal)rule.AtLeast));

    private static Expression Hour(Expression e, int from, int to)
    {
        var hour = Expression.Property(e, nameof(PurchaseEvent.Hour));
        return Expression.AndAlso(Expression.GreaterThanOrEqual(hour, Expression.Constant(from)), Expression.LessThan(hour, Expression.Constant(to)));
    }

    private static Expression AnyLine(Expression e, string[] categories) =>
        Expression.Call(typeof(CompiledDelegates), nameof(Any), null, Expression.Property(e, nameof(PurchaseEvent.Lines)), Expression.Constant(categories));

    private static Expression Compare<T>(string sum, Expression e, string key, T atLeast) =>
        Expression.GreaterThanOrEqual(Expression.Call(typeof(CompiledDelegates), sum, null, Expression.Property(e, nameof(PurchaseEvent.Lines)), Expression.Constant(key)), Expression.Constant(atLeast));

    private static bool Any(EventLine[] lines, string[] categories)
    {
        foreach (var line in lines)
            foreach (var category in categories)
                if (line.Category == category) return true;
        return false;
    }

    private static decimal Spend(EventLine[] lines, string category)
    {
        var sum = 0m;
        foreach (var line in lines)
            if (line.Category == category) sum += line.Total;
        return sum;
    }

    private static int OfSku(EventLine[] lines, string sku)
    {
        var sum = 0;
        foreach (var line in lines)
            if (line.Sku == sku) sum += line.Quantity;
        return sum;
    }

    private static int OfBrand(EventLine[] lines, string brand)
    {
        var sum = 0;
        foreach (var line in lines)
            if (line.Brand == brand) sum += line.Quantity;
        return sum;
    }
}
