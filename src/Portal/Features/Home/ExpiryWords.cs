using Microsoft.Extensions.Localization;
using Portal.Ui;
using RewardsEngine.Accounting;

namespace Portal.Features.Home;

/// <summary>When points expire, in one sentence from the programme's own settings.</summary>
internal static class ExpiryWords
{
    public static string Of(PointsSettings points, IStringLocalizer<HomeTexts> texts, Format format) => points.Expiry switch
    {
        ExpiryPolicy.Rolling rolling => texts[Key("Expiry.Rolling", rolling.RoundUp), Span(rolling.After, texts, format)],
        ExpiryPolicy.Inactivity idle => texts[Key("Expiry.Inactivity", idle.RoundUp), Span(idle.After, texts, format)],
        ExpiryPolicy.FixedDates dates => texts["Expiry.Fixed", string.Join(", ", dates.Days.Select(d => Day(d, format)))],
        ExpiryPolicy.WithProgramme programme => texts["Expiry.Programme", format.Date(programme.LastDay)],
        _ => texts["Expiry.Never"],
    };

    private static string Key(string key, PeriodEnd end) => end == PeriodEnd.None ? key : $"{key}.{end}";

    private static string Span(CalendarSpan span, IStringLocalizer<HomeTexts> texts, Format format)
    {
        var months = span.Months > 0 ? texts[span.Months == 1 ? "MonthOne" : "MonthMany", format.Number(span.Months)].Value : null;
        var days = span.Days > 0 ? format.Days(span.Days) : null;
        return string.Join(" ", new[] { months, days }.OfType<string>());
    }

    // The year is not said: it comes every year.
    private static string Day(YearDay day, Format format) => format.DayOfYear(new DateOnly(2024, day.Month, Math.Min(day.Day, DateTime.DaysInMonth(2024, day.Month))));
}
