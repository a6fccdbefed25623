using RewardsEngine.Accounting;
using RewardsEngine.Conditions;
using RewardsEngine.Values;

namespace RewardsEngine.Programs;

/// <summary>Checks what a programme declares and the spans it reckons with: inside these bounds no date and no division fails later.</summary>
internal static class ProgrammeChecks
{
    private const int MostDays = 36_500;
    private const int MostMonths = 1_200;
    private const int MostWaitingDays = 3_660;
    private const long MostPoints = 1_000_000_000_000;

    /// <summary>The fullest wallet times this is still a number.</summary>
    private const decimal MostWorth = 1_000_000_000m;

    public static IEnumerable<RuleFault> Of(Programme programme)
    {
        var points = programme.Points;
        foreach (var (path, message) in OfExpiry(points.Expiry)) yield return new(null, $"points.expiry{path}", message);
        foreach (var (path, span) in new[] { ("returnWindow", points.ReturnWindow), ("returnGrace", points.ReturnGrace), ("holdTimeLimit", points.HoldTimeLimit) })
            if (span < TimeSpan.Zero || span > TimeSpan.FromDays(MostWaitingDays)) yield return new(null, $"points.{path}", Faults.Between(0, MostWaitingDays));
        if (programme.Conversion is { } conversion)
        {
            if (conversion.Points is < 1 or > MostPoints) yield return new(null, "conversion.points", Faults.Between(1, MostPoints));
            if (conversion.Amount is <= 0 or > MostWorth) yield return new(null, "conversion.amount", Faults.MoreThan(0, MostWorth));
            if (conversion.StepPoints is < 1 or > MostPoints) yield return new(null, "conversion.step", Faults.Between(1, MostPoints));
        }
        foreach (var name in Repeated(programme.Groups.Select(group => group.Name))) yield return new(null, "groups", Faults.Twice(name));
        foreach (var key in Repeated(programme.Tiers.Select(tier => tier.Key))) yield return new(null, "tiers", Faults.Twice(key));
        foreach (var fault in Names(programme.Consents, "consents")) yield return fault;
        foreach (var fault in Names([.. programme.CustomActivities.Select(custom => custom.Name)], "customActivities")) yield return fault;
        for (var index = 0; index < programme.CustomActivities.Count; index++)
        {
            var fields = programme.CustomActivities[index].Fields;
            if (fields.IsDefault) continue;
            foreach (var fault in Names([.. fields.Select(field => field.Name)], $"customActivities[{index}].fields")) yield return fault;
            if (fields.Any(field => field.Type is FactType.None or FactType.Path)) yield return new(null, $"customActivities[{index}].fields", Faults.Required);
        }
    }

    /// <summary>What is wrong with the way points expire, and where.</summary>
    public static IEnumerable<(string Path, LocalizedText Message)> OfExpiry(ExpiryPolicy policy)
    {
        switch (policy)
        {
            case ExpiryPolicy.Rolling(var after, _): return OfSpan(after);
            case ExpiryPolicy.Inactivity(var after, _): return OfSpan(after);
            case ExpiryPolicy.FixedDates(var days, var atLeast): return OfDates(days.IsDefault ? [] : days, atLeast);
            case ExpiryPolicy.WithProgramme(var last) when last < ConditionLimits.FirstDate || last > ConditionLimits.LastDate:
                return [(".lastDay", Faults.Reversed)];
            default: return [];
        }
    }

    private static IEnumerable<(string, LocalizedText)> OfSpan(CalendarSpan after)
    {
        if (after.Days is < 0 or > MostDays) yield return (".after.days", Faults.Between(0, MostDays));
        if (after.Months is < 0 or > MostMonths) yield return (".after.months", Faults.Between(0, MostMonths));
        if (after is { Days: 0, Months: 0 }) yield return (".after", Faults.Required);
    }

    private static IEnumerable<(string, LocalizedText)> OfDates(IReadOnlyList<YearDay> days, int atLeast)
    {
        if (days.Count == 0) yield return (".days", Faults.Required);
        if (days.Any(day => day.Month is < 1 or > 12)) yield return (".days.month", Faults.Between(1, 12));
        if (days.Any(day => day.Day is < 1 or > 31)) yield return (".days.day", Faults.Between(1, 31));
        if (atLeast is < 0 or > MostDays) yield return (".atLeastDays", Faults.Between(0, MostDays));
    }

    private static IEnumerable<RuleFault> Names(IReadOnlyList<string> names, string path)
    {
        foreach (var name in names.Where(name => !Vocabulary.IsName(name))) yield return new(null, path, Faults.Name(name));
        foreach (var name in Repeated(names)) yield return new(null, path, Faults.Twice(name));
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
}
