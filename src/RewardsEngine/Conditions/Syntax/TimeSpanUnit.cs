namespace RewardsEngine.Conditions.Syntax;

/// <summary>The units a time span is written in.</summary>
public enum TimeSpanUnit : byte
{
    /// <summary>60 seconds.</summary>
    Minutes,

    /// <summary>60 minutes.</summary>
    Hours,

    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>7 days.</summary>
    Weeks,

    /// <summary>Calendar months; 31 January plus one month is the end of February.</summary>
    Months,

    /// <summary>12 months.</summary>
    Years,
}

/// <summary>A time span as written: <c>30 days</c>, <c>6 months</c>.</summary>
/// <param name="Count">How many units, at least 1.</param>
/// <param name="Unit">The unit.</param>
public readonly record struct Duration(int Count, TimeSpanUnit Unit)
{
    /// <summary>Whether the length depends on the calendar (months and years).</summary>
    public bool IsCalendar => Unit is TimeSpanUnit.Months or TimeSpanUnit.Years;

    /// <summary>The largest count of a unit that stays within <see cref="ConditionLimits.MaxYears"/> years.</summary>
    public static int MaxCount(TimeSpanUnit unit) => ConditionLimits.MaxYears * unit switch
    {
        TimeSpanUnit.Minutes => 365 * 24 * 60,
        TimeSpanUnit.Hours => 365 * 24,
        TimeSpanUnit.Days => 365,
        TimeSpanUnit.Weeks => 52,
        TimeSpanUnit.Months => 12,
        _ => 1,
    };

    /// <summary>The length in minutes of a span that is not counted in months or years.</summary>
    public long Minutes => Unit switch
    {
        TimeSpanUnit.Minutes => Count,
        TimeSpanUnit.Hours => Count * 60L,
        TimeSpanUnit.Days => Count * 1440L,
        TimeSpanUnit.Weeks => Count * 10080L,
        _ => throw new InvalidOperationException("A month or a year has no fixed length."),
    };

    /// <summary>The days that the span has at least, whatever the months.</summary>
    internal long LeastDays => Unit switch { TimeSpanUnit.Months => Count * 28L, TimeSpanUnit.Years => Count * 365L, _ => Minutes / 1440 };

    /// <summary>The days that the span has at most.</summary>
    internal long MostDays => Unit switch { TimeSpanUnit.Months => Count * 31L, TimeSpanUnit.Years => Count * 366L, _ => Minutes / 1440 };

    /// <summary>The moment that lies this span after another; parts of a day count only in moments, not in dates.</summary>
    public DateTime After(DateTime moment) => Unit switch
    {
        TimeSpanUnit.Months => moment.AddMonths(Count),
        TimeSpanUnit.Years => moment.AddYears(Count),
        _ => moment.AddMinutes(Minutes),
    };

    /// <summary>The moment that lies this span before another: where a <c>last(…)</c> window begins.</summary>
    public DateTime Before(DateTime moment) => Unit switch
    {
        TimeSpanUnit.Months => moment.AddMonths(-Count),
        TimeSpanUnit.Years => moment.AddYears(-Count),
        _ => moment.AddMinutes(-Minutes),
    };

    /// <summary>The canonical text: <c>1 day</c>, <c>30 days</c>.</summary>
    public override string ToString()
    {
        var unit = Unit.ToString().ToLowerInvariant();
        return $"{Count} {(Count == 1 ? unit[..^1] : unit)}";
    }
}
