using Complaints.Calendars;

namespace Complaints.Tests.Calendars;

public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData("08:00-18:00", "2026-09-08 16:00", 240, "2026-09-09 10:00")]
    [InlineData("09:00-17:00", "2026-09-04 16:30", 60, "2026-09-07 09:30")]
    [InlineData("08:00-12:00 13:30-18:00", "2026-09-08 11:30", 60, "2026-09-08 14:00")]
    [InlineData("09:00-17:00", "2026-08-14 16:00", 120, "2026-08-18 10:00", "2026-08-17")]
    public void The_examples_of_the_design_hold(string hours, string start, int minutes, string due, params string[] holidays)
    {
        var calendar = A.Calendar(hours, holidays: holidays);
        Assert.Equal(due, calendar.Local(calendar.Add(calendar.At(start), TimeSpan.FromMinutes(minutes))));
    }

    [Fact]
    public void A_pause_over_night_counts_its_working_time_only()
    {
        var calendar = A.Calendar();
        var due = calendar.Due(calendar.At("2026-09-07 09:00"), TimeSpan.FromHours(8), [new(calendar.At("2026-09-07 15:00"), calendar.At("2026-09-08 10:00"))]);
        Assert.Equal("2026-09-08 12:00", calendar.Local(due));
    }

    [Fact]
    public void A_target_that_ends_at_closing_is_due_at_closing()
    {
        var calendar = A.Calendar("08:00-12:00 13:30-18:00");
        Assert.Equal("2026-09-08 12:00", calendar.Local(calendar.Add(calendar.At("2026-09-08 11:00"), TimeSpan.FromHours(1))));
        Assert.Equal("2026-09-11 18:00", calendar.Local(calendar.Add(calendar.At("2026-09-11 17:00"), TimeSpan.FromHours(1))));
    }

    [Fact]
    public void A_start_outside_the_hours_counts_from_the_next_opening()
    {
        var calendar = A.Calendar();
        Assert.Equal("2026-09-07 10:00", calendar.Local(calendar.Add(calendar.At("2026-09-05 23:00"), TimeSpan.FromHours(1))));
    }

    [Fact]
    public void Overlapping_pauses_count_once()
    {
        var calendar = A.Calendar();
        Pause[] pauses =
        [
            new(calendar.At("2026-09-07 10:00"), calendar.At("2026-09-07 12:00")),
            new(calendar.At("2026-09-07 11:00"), calendar.At("2026-09-07 13:00")),
            new(calendar.At("2026-09-07 12:00"), calendar.At("2026-09-07 12:30")),
        ];
        Assert.Equal("2026-09-07 14:00", calendar.Local(calendar.Due(calendar.At("2026-09-07 09:00"), TimeSpan.FromHours(2), pauses)));
        Assert.Equal(TimeSpan.FromHours(5), calendar.WorkingTimeBetween(calendar.At("2026-09-07 09:00"), calendar.At("2026-09-07 18:00"), pauses));
    }

    [Fact]
    public void While_a_pause_is_open_nothing_is_due()
    {
        var calendar = A.Calendar();
        Assert.Null(calendar.Due(calendar.At("2026-09-07 09:00"), TimeSpan.FromHours(2), [new(calendar.At("2026-09-07 10:00"), null)]));
    }

    [Theory]
    [InlineData("2026-09-08 12:00", -60, "2026-09-08 11:00")]
    [InlineData("2026-09-08 10:00", -180, "2026-09-07 15:00")]
    [InlineData("2026-09-07 16:30", 60, "2026-09-08 09:30")]
    [InlineData("2026-09-07 17:00", 0, "2026-09-07 17:00")]
    [InlineData("2026-09-08 10:00", -60, "2026-09-08 09:00")]
    public void An_offset_moves_by_working_minutes(string from, int minutes, string to)
    {
        var calendar = A.Calendar();
        Assert.Equal(to, calendar.Local(calendar.Shift(calendar.At(from), TimeSpan.FromMinutes(minutes))));
    }

    [Fact]
    public void An_ambiguous_local_time_is_its_first_occurrence()
    {
        var calendar = A.Calendar(zone: "Europe/Berlin");
        Assert.Equal(new DateTime(2026, 10, 25, 0, 30, 0, DateTimeKind.Utc), calendar.At("2026-10-25 02:30"));
        Assert.Equal(new DateTime(2026, 10, 25, 2, 0, 0, DateTimeKind.Utc), calendar.At("2026-10-25 03:00"));
    }

    [Fact]
    public void A_skipped_local_time_is_the_next_that_exists()
    {
        var calendar = A.Calendar(zone: "Europe/Berlin");
        Assert.Equal(new DateTime(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc), calendar.At("2026-03-29 02:30"));
        Assert.Equal(new DateTime(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc), calendar.At("2026-03-29 03:00"));
    }

    [Fact]
    public void A_day_on_which_the_clocks_change_is_as_long_as_it_really_is()
    {
        var calendar = A.Calendar("00:00-24:00", "Europe/Berlin", "Sun");
        Assert.Equal(TimeSpan.FromHours(23), calendar.WorkingTimeBetween(calendar.At("2026-03-29 00:00"), calendar.At("2026-03-30 00:00")));
        Assert.Equal(TimeSpan.FromHours(25), calendar.WorkingTimeBetween(calendar.At("2026-10-25 00:00"), calendar.At("2026-10-26 00:00")));
    }

    [Fact]
    public void A_midnight_that_does_not_exist_begins_the_day_at_the_next_minute_that_does()
    {
        var calendar = A.Calendar("00:00-02:00", "Africa/Cairo", "Fri");
        Assert.Equal(TimeSpan.FromHours(1), calendar.WorkingTimeBetween(calendar.At("2026-04-24 00:00"), calendar.At("2026-04-24 02:00")));
    }

    [Theory]
    [InlineData("", CalendarRefusal.NoWorkingTime)]
    [InlineData("Mon", CalendarRefusal.UnknownZone, "Asia/Nowhere")]
    public void A_calendar_that_cannot_work_is_refused(string days, CalendarRefusal expected, string zone = "Asia/Jakarta")
    {
        Assert.False(WorkingCalendar.TryCreate(A.Definition(days: days, zone: zone), out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void An_interval_that_is_turned_round_is_refused()
    {
        var definition = A.Definition() with { Week = new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> { [DayOfWeek.Monday] = [new(600, 600)] } };
        Assert.False(WorkingCalendar.TryCreate(definition, out _, out var refusal));
        Assert.Equal(CalendarRefusal.InvalidInterval, refusal);
    }

    [Theory]
    [InlineData("08:00-12:00", true)]
    [InlineData("00:00-24:00", true)]
    [InlineData("12:00-08:00", false)]
    [InlineData("08:00-08:00", false)]
    [InlineData("08:60-09:00", false)]
    [InlineData("08:00-24:01", false)]
    [InlineData("08:00", false)]
    [InlineData("-1:00-09:00", false)]
    [InlineData(null, false)]
    public void Only_intervals_within_one_day_are_read(string? text, bool valid) => Assert.Equal(valid, WorkingInterval.TryParse(text, out _));

    [Fact]
    public void A_search_that_finds_only_holidays_ends()
    {
        var holidays = Enumerable.Range(0, 1100).Select(w => new Holiday(new DateOnly(2026, 9, 7).AddDays(7 * w), "")).ToList();
        var calendar = WorkingCalendar.From(A.Definition(days: "Mon") with { Holidays = holidays });
        Assert.Throws<CalendarHorizonException>(() => calendar.Add(calendar.At("2026-09-07 09:00"), TimeSpan.FromHours(1)));
        Assert.Throws<CalendarHorizonException>(() => calendar.Add(calendar.At("2026-09-07 09:00"), TimeSpan.FromDays(20000)));
    }

    [Fact]
    public void Working_days_skip_week_ends_and_holidays_and_keep_the_time()
    {
        var calendar = A.Calendar(holidays: "2026-08-17");
        Assert.Equal("2026-08-19 16:00", calendar.Local(calendar.AddWorkingDays(calendar.At("2026-08-14 16:00"), 2)));
    }

    [Fact]
    public void Overlapping_hours_count_once()
    {
        var calendar = A.Calendar("09:00-12:00 11:00-13:00");
        Assert.Equal(TimeSpan.FromHours(4), calendar.WorkingTimeBetween(calendar.At("2026-09-07 00:00"), calendar.At("2026-09-08 00:00")));
    }

    [Fact]
    public void Staff_are_at_work_from_opening_until_just_before_closing()
    {
        var calendar = A.Calendar();
        Assert.True(calendar.IsWorking(calendar.At("2026-09-07 09:00")));
        Assert.False(calendar.IsWorking(calendar.At("2026-09-07 17:00")));
        Assert.Equal("2026-09-08 09:00", calendar.Local(calendar.NextWorking(calendar.At("2026-09-07 17:00"))));
        Assert.Equal("2026-09-07 12:34", calendar.Local(calendar.NextWorking(calendar.At("2026-09-07 12:34"))));
    }
}
