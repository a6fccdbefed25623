using System.Collections.Immutable;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Programs.Linting;

/// <summary>Says audience and schedule in the words of conditions, so that one reasoning serves for all of them.</summary>
internal static class WholeCondition
{
    public static Expr Of(Rule rule, Expr condition, string zone)
    {
        var parts = ImmutableArray.CreateBuilder<Expr>();
        if (condition is AndExpr and) parts.AddRange(and.Items);
        else if (condition is not AlwaysExpr) parts.Add(condition);
        if (rule.Audience.Tiers.Count > 0) parts.Add(OneOf("customer.tier", rule.Audience.Tiers));
        if (rule.Audience.Segments.Count > 0) parts.Add(OneOf("customer.segments", rule.Audience.Segments));
        foreach (var consent in rule.Audience.Consents) parts.Add(new CompareExpr(new NameOperand($"customer.consent.{consent}"), CompareOperator.Equal, new FlagLiteral(true)));
        // Days and hours of another zone are others here; a day earlier or later is all that is certain.
        var isElsewhere = rule.Schedule.Zone is { } own && own != zone;
        var schedule = isElsewhere ? new Schedule { From = rule.Schedule.From?.AddDays(-1), To = rule.Schedule.To?.AddDays(1) } : rule.Schedule;
        if (schedule.Weekdays.Count > 0) parts.Add(OneOf("now.weekday", schedule.Weekdays.Select(day => day.ToString().ToLowerInvariant())));
        if (schedule.From is { } from) parts.Add(new CompareExpr(new NameOperand("now.date"), CompareOperator.GreaterOrEqual, new DateLiteral(from)));
        if (schedule.To is { } to) parts.Add(new CompareExpr(new NameOperand("now.date"), CompareOperator.LessOrEqual, new DateLiteral(to)));
        // Over midnight the hours are two ranges; the hour that an end at half past lies in still counts.
        var (first, last) = (schedule.FromTime?.Hour, schedule.ToTime is { } end ? end.Minute == 0 && end.Second == 0 ? end.Hour - 1 : end.Hour : (int?)null);
        if (!(schedule.ToTime < schedule.FromTime))
        {
            if (first is { } low) parts.Add(Hour(CompareOperator.GreaterOrEqual, low));
            if (last is { } high) parts.Add(Hour(CompareOperator.LessOrEqual, high));
        }
        else if (first is { } late && last is { } early) parts.Add(new OrExpr([Hour(CompareOperator.GreaterOrEqual, late), Hour(CompareOperator.LessOrEqual, early)]));
        return parts.Count switch { 0 => new AlwaysExpr(), 1 => parts[0], _ => new AndExpr(parts.ToImmutable()) };
    }

    private static InExpr OneOf(string name, IEnumerable<string> texts) => new(new NameOperand(name), [.. texts.Select(text => (Literal)new TextLiteral(text))]);

    private static CompareExpr Hour(CompareOperator op, int hour) => new(new NameOperand("now.hour"), op, new NumberLiteral(hour));
}
