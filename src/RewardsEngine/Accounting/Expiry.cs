using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardsEngine.Accounting;

/// <summary>What "until the 31st" means.</summary>
public enum ExpiryBoundary
{
    /// <summary>Usable through the last valid day in the programme's zone.</summary>
    UsableOnExpiryDay,

    /// <summary>Expired from the stated moment on.</summary>
    ExpiredAtMoment,
}

/// <summary>To which end an expiry is moved on.</summary>
public enum PeriodEnd
{
    /// <summary>Not moved.</summary>
    None,

    /// <summary>The end of that month.</summary>
    Month,

    /// <summary>The end of that quarter.</summary>
    Quarter,

    /// <summary>The end of that year.</summary>
    Year,
}

/// <summary>A length of days or of calendar months; 31 January and one month is the last day of February.</summary>
/// <param name="Days">Whole days.</param>
/// <param name="Months">Whole months, added first.</param>
public readonly record struct CalendarSpan(int Days, int Months = 0)
{
    /// <summary>The day this much later.</summary>
    public DateOnly After(DateOnly day) => day.AddMonths(Months).AddDays(Days);
}

/// <summary>A day that comes every year; 29 February is the 28th in other years.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31; beyond the month's end it is the last day.</param>
public readonly record struct YearDay(int Month, int Day)
{
    /// <summary>That day of a year.</summary>
    public DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));
}

/// <summary>When points expire.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Never), "never")]
[JsonDerivedType(typeof(Rolling), "rolling")]
[JsonDerivedType(typeof(FixedDates), "fixed-dates")]
[JsonDerivedType(typeof(Inactivity), "inactivity")]
[JsonDerivedType(typeof(WithProgramme), "with-programme")]
public abstract record ExpiryPolicy
{
    private ExpiryPolicy() { }

    /// <summary>Never.</summary>
    public sealed record Never : ExpiryPolicy;

    /// <summary>A length of time after each was earned, moved on to the end of a period if wished.</summary>
    public sealed record Rolling(CalendarSpan After, PeriodEnd RoundUp = PeriodEnd.None) : ExpiryPolicy;

    /// <summary>On fixed days of every year, the first that leaves at least so many days.</summary>
    public sealed record FixedDates(ImmutableArray<YearDay> Days, int AtLeastDays = 0) : ExpiryPolicy;

    /// <summary>A length of time after the member's last activity; each activity moves it on for all points.</summary>
    public sealed record Inactivity(CalendarSpan After, PeriodEnd RoundUp = PeriodEnd.None) : ExpiryPolicy;

    /// <summary>With the programme.</summary>
    public sealed record WithProgramme(DateOnly LastDay) : ExpiryPolicy;

    /// <summary>True if activity moves the expiry on (<see cref="Accrual.Sliding"/>).</summary>
    [JsonIgnore]
    public bool IsSliding => this is Inactivity;

    /// <summary>The last day on which points earned (or the member active) on a day are valid; null for never.</summary>
    public DateOnly? LastValidDay(DateOnly earned) => this switch
    {
        Rolling rolling => Until(rolling.After.After(earned), rolling.RoundUp),
        Inactivity inactivity => Until(inactivity.After.After(earned), inactivity.RoundUp),
        WithProgramme programme => programme.LastDay,
        FixedDates dates => NextOf(dates.Days, earned.AddDays(dates.AtLeastDays)),
        _ => null,
    };

    /// <summary>The first UTC moment at which points earned at a moment can no longer be spent; null for never.</summary>
    /// <param name="earnedAt">UTC.</param>
    /// <param name="zone">The programme's zone.</param>
    /// <param name="boundary">
    /// With <see cref="ExpiryBoundary.ExpiredAtMoment"/> a length of time counts from the very moment, and a rounded or fixed
    /// day is over when it begins.
    /// </param>
    public DateTime? ExpiresAt(DateTime earnedAt, TimeZoneInfo zone, ExpiryBoundary boundary = ExpiryBoundary.UsableOnExpiryDay)
    {
        var earned = ProgrammeDays.Local(earnedAt, zone);
        if (LastValidDay(DateOnly.FromDateTime(earned)) is not { } day) return null;
        if (boundary == ExpiryBoundary.UsableOnExpiryDay) return ProgrammeDays.StartOf(day.AddDays(1), zone);
        return this is Rolling { RoundUp: PeriodEnd.None } or Inactivity { RoundUp: PeriodEnd.None }
            ? ProgrammeDays.ToUtc(day.ToDateTime(TimeOnly.FromDateTime(earned)), zone)
            : ProgrammeDays.StartOf(day, zone);
    }

    /// <summary>The last day of the period a day lies in.</summary>
    public static DateOnly Until(DateOnly day, PeriodEnd end) => end switch
    {
        PeriodEnd.Month => CalendarPeriod.Month.Containing(day).Last,
        PeriodEnd.Quarter => CalendarPeriod.Quarter.Containing(day).Last,
        PeriodEnd.Year => CalendarPeriod.Year.Containing(day).Last,
        _ => day,
    };

    private static DateOnly? NextOf(ImmutableArray<YearDay> days, DateOnly from)
    {
        DateOnly? next = null;
        foreach (var day in days)
        {
            var candidate = day.In(from.Year) >= from ? day.In(from.Year) : day.In(from.Year + 1);
            if (next is null || candidate < next) next = candidate;
        }
        return next;
    }
}
