using System.Text.Json.Serialization;

namespace RewardsEngine.Accounting;

/// <summary>Days from the first through the last.</summary>
/// <param name="First">Included.</param>
/// <param name="Last">Included.</param>
public readonly record struct DayRange(DateOnly First, DateOnly Last)
{
    /// <summary>True if the day lies in it.</summary>
    public bool Contains(DateOnly day) => First <= day && day <= Last;
}

/// <summary>How time is divided into qualification periods.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Calendar), "calendar")]
[JsonDerivedType(typeof(Rolling), "rolling")]
[JsonDerivedType(typeof(Anniversary), "anniversary")]
public abstract record CalendarPeriod
{
    private CalendarPeriod() { }

    /// <summary>Calendar months.</summary>
    public static CalendarPeriod Month { get; } = new Calendar(1);

    /// <summary>Calendar quarters.</summary>
    public static CalendarPeriod Quarter { get; } = new Calendar(3);

    /// <summary>Calendar years.</summary>
    public static CalendarPeriod Year { get; } = new Calendar(12);

    /// <summary>Calendar blocks of months counted from January: 1, 2, 3, 4, 6 or 12.</summary>
    public sealed record Calendar(int Months) : CalendarPeriod;

    /// <summary>The last so many days or months before the day asked about; as a period of a status, as long after it.</summary>
    public sealed record Rolling(CalendarSpan Length) : CalendarPeriod;

    /// <summary>Years counted from the day the member joined.</summary>
    public sealed record Anniversary(DateOnly Joined) : CalendarPeriod;

    /// <summary>The period a day lies in. A rolling period begins with that day.</summary>
    public DayRange Containing(DateOnly day)
    {
        switch (this)
        {
            case Calendar { Months: var months }:
                var first = new DateOnly(day.Year, (day.Month - 1) / months * months + 1, 1);
                return new DayRange(first, first.AddMonths(months).AddDays(-1));
            case Rolling { Length: var length }:
                return new DayRange(day, length.After(day).AddDays(-1));
            case Anniversary { Joined: var joined }:
                var years = day.Year - joined.Year;
                if (joined.AddYears(years) > day) years--;
                return new DayRange(joined.AddYears(years), joined.AddYears(years + 1).AddDays(-1));
            default:
                throw new InvalidOperationException("Not a period.");
        }
    }

    /// <summary>The days whose earning counts on a day: the period it lies in, or for a rolling one the length up to it.</summary>
    public DayRange Window(DateOnly day) => this is Rolling { Length: var length }
        ? new DayRange(day.AddMonths(-length.Months).AddDays(1 - length.Days), day)
        : Containing(day);

    /// <summary>The period after the one a day lies in.</summary>
    public DayRange After(DateOnly day) => Containing(Containing(day).Last.AddDays(1));
}
