using System.Globalization;
using System.Text.Json;
using RewardsEngine.Accounting;
using static RewardsEngine.Tests.Accounting.Given;

namespace RewardsEngine.Tests.Accounting;

public class ExpiryTests
{
    [Theory]
    [InlineData("2020-07-06", 12, PeriodEnd.Month, "2021-07-31")]
    [InlineData("2025-01-31", 1, PeriodEnd.None, "2025-02-28")]
    [InlineData("2024-01-31", 1, PeriodEnd.None, "2024-02-29")]
    [InlineData("2024-02-29", 12, PeriodEnd.None, "2025-02-28")]
    [InlineData("2025-05-02", 1, PeriodEnd.Quarter, "2025-06-30")]
    [InlineData("2025-05-02", 1, PeriodEnd.Year, "2025-12-31")]
    public void Months_are_calendar_months_and_may_be_rounded_up(string earned, int months, PeriodEnd end, string last) =>
        Assert.Equal(DateOnly.Parse(last), new ExpiryPolicy.Rolling(new CalendarSpan(0, months), end).LastValidDay(DateOnly.Parse(earned)));

    [Theory]
    [InlineData("2025-03-01", 0, "2025-06-30")]
    [InlineData("2025-06-30", 0, "2025-06-30")]
    [InlineData("2025-06-30", 1, "2025-12-31")]
    [InlineData("2025-12-20", 30, "2026-06-30")]
    public void Fixed_dates_take_the_first_that_leaves_enough_days(string earned, int atLeast, string last) =>
        Assert.Equal(DateOnly.Parse(last), new ExpiryPolicy.FixedDates([new(12, 31), new(6, 30)], atLeast).LastValidDay(DateOnly.Parse(earned)));

    [Theory]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z")] // 01:00 is 00:00 again
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z")] // there is no 00:00, it is 01:00
    [InlineData("Asia/Jakarta", "2028-02-29", "2028-02-28T17:00:00Z")]
    public void A_day_begins_with_its_first_moment_wherever_clocks_change(string zone, string day, string start)
    {
        var (place, date) = (TimeZoneInfo.FindSystemTimeZoneById(zone), DateOnly.Parse(day, CultureInfo.InvariantCulture));

        var first = ProgrammeDays.StartOf(date, place);

        Assert.Equal(DateTime.Parse(start, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), first);
        Assert.Equal((date, date.AddDays(-1)), (ProgrammeDays.Of(first, place), ProgrammeDays.Of(first.AddTicks(-1), place)));
    }

    [Fact]
    public void The_last_day_of_February_stays_the_last_day() =>
        Assert.Equal(new DateOnly(2025, 2, 28), new ExpiryPolicy.FixedDates([new(2, 29)]).LastValidDay(new DateOnly(2025, 1, 1)));

    [Fact]
    public void Points_are_usable_through_the_last_valid_day_in_the_programmes_zone()
    {
        var policy = new ExpiryPolicy.Rolling(new CalendarSpan(90));
        var late = new DateTime(2025, 1, 1, 18, 0, 0, DateTimeKind.Utc); // already 2 January in Jakarta
        Assert.Equal(new DateTime(2025, 4, 2, 17, 0, 0, DateTimeKind.Utc), policy.ExpiresAt(late, Jakarta));
    }

    [Fact]
    public void With_the_moment_as_boundary_a_length_counts_from_the_very_moment()
    {
        var earned = new DateTime(2025, 1, 1, 18, 30, 0, DateTimeKind.Utc);
        Assert.Equal(earned.AddDays(90), new ExpiryPolicy.Rolling(new CalendarSpan(90)).ExpiresAt(earned, Jakarta, ExpiryBoundary.ExpiredAtMoment));
    }

    [Fact]
    public void Days_begin_where_clocks_jump_over_midnight()
    {
        var santiago = TimeZoneInfo.FindSystemTimeZoneById("America/Santiago"); // 8 September 2024: 00:00 does not exist
        Assert.Equal(new DateTime(2024, 9, 8, 4, 0, 0, DateTimeKind.Utc), ProgrammeDays.StartOf(new DateOnly(2024, 9, 8), santiago));
    }

    [Fact]
    public void Never_and_with_the_programme()
    {
        Assert.Null(new ExpiryPolicy.Never().ExpiresAt(Day(1), Jakarta));
        Assert.Equal(new DateOnly(2027, 1, 1), new ExpiryPolicy.WithProgramme(new DateOnly(2027, 1, 1)).LastValidDay(new DateOnly(2026, 1, 1)));
        Assert.True(new ExpiryPolicy.Inactivity(new CalendarSpan(0, 6)).IsSliding);
    }

    [Fact]
    public void An_award_by_the_settings_is_never_dead_before_it_is_free()
    {
        var settings = new PointsSettings { ReturnWindow = TimeSpan.FromDays(14), Expiry = new ExpiryPolicy.FixedDates([new(12, 31)]) };
        var award = settings.Award(Lot(1), 10, new DateTime(2025, 12, 30, 0, 0, 0, DateTimeKind.Utc), Jakarta);
        Assert.Equal(new DateTime(2026, 12, 31, 17, 0, 0, DateTimeKind.Utc), award.ExpiresAt);
        Assert.True(Ledger.Accrue(Wallet.Empty(Member), At(new DateTime(2025, 12, 30, 0, 0, 0, DateTimeKind.Utc), "a"), award).Accepted);
    }

    [Fact]
    public void Settings_come_back_from_their_stored_form_unchanged()
    {
        var settings = new PointsSettings { Decimals = 2, Expiry = new ExpiryPolicy.Rolling(new CalendarSpan(3, 12), PeriodEnd.Month), ReturnGrace = TimeSpan.FromDays(3) };
        Assert.Equal(settings, JsonSerializer.Deserialize<PointsSettings>(JsonSerializer.Serialize(settings)));
    }
}
