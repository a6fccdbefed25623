using Complaints.Calendars;
using Complaints.Cases;
using Complaints.Json;
using Complaints.Timing;

namespace Complaints.Tests.Simulation;

/// <summary>Random histories against the minute-by-minute simulator. LONG_RUN=1 runs 120,000 histories instead of 2,100.</summary>
public sealed class SimulationTests
{
    private static readonly int PerWorld = Environment.GetEnvironmentVariable("LONG_RUN") == "1" ? 40_000 : 700;

    [Theory]
    [InlineData("Asia/Jakarta")]
    [InlineData("Europe/Berlin in spring")]
    [InlineData("Europe/Berlin in autumn")]
    public void Every_clock_of_a_random_history_equals_the_simulator(string name)
    {
        var world = World.Of(name);
        var statuses = new Dictionary<ClockStatus, int>();
        var (pausesThroughChanges, reminded, unanswered) = (0, 0, 0);
        for (var seed = 0; seed < PerWorld; seed++)
        {
            var history = new RandomHistory(world, seed);
            var clocks = history.Clocks;
            Assert.Equal(Describe(history.Slow, history.Minute), Describe(clocks, history.Slow.Table.Origin));
            Assert.Equal(history.Slow.NextReminder, Minute(history.NextReminderAt, history.Slow.Table.Origin));
            StoredDatesEqualRecomputation(history);
            reminded += history.Case.History.Any(e => e is ReminderSent) ? 1 : 0;
            unanswered += history.Case.History.Any(e => e is NoAnswerRecorded) ? 1 : 0;
            foreach (var clock in clocks) statuses[clock.Status] = statuses.GetValueOrDefault(clock.Status) + 1;
            if (clocks.Any(c => c.Pauses.Count > 0) && history.Case.History.Any(e => e is RulesChanged)) pausesThroughChanges++;
        }
        // The comparison means something only when chance reached every kind of end.
        Assert.All(Enum.GetValues<ClockStatus>(), s => Assert.True(statuses.GetValueOrDefault(s) > PerWorld / 100, $"{s}: {statuses.GetValueOrDefault(s)} of {PerWorld}"));
        Assert.True(reminded > PerWorld / 20, $"{reminded} were reminded");
        Assert.True(unanswered > PerWorld / 50, $"{unanswered} were never answered");
        Assert.True(pausesThroughChanges > PerWorld / 20, $"{pausesThroughChanges} pauses met a change of rules");
    }

    [Theory]
    [InlineData("Asia/Jakarta")]
    [InlineData("Europe/Berlin in spring")]
    [InlineData("Europe/Berlin in autumn")]
    public void Adding_subtracting_and_measuring_working_time_equal_the_simulator(string name)
    {
        var world = World.Of(name);
        var chance = new Random(7);
        for (var n = 0; n < PerWorld; n++)
        {
            var version = chance.Next(world.Calendars.Count);
            var (calendar, table) = (world.Calendars[version], world.Tables[version]);
            var start = 3_000 + chance.Next(20_000);
            var minutes = chance.Next(3_000);
            List<(int From, int? To)> pauses = [];
            for (var p = chance.Next(4); p > 0; p--)
            {
                var from = start - 1_000 + chance.Next(9_000);
                pauses.Add((from, chance.Next(8) == 0 ? null : from + chance.Next(4_000)));
            }
            var due = calendar.Due(table.At(start), TimeSpan.FromMinutes(minutes), pauses.Select(p => new Pause(table.At(p.From), p.To is { } to ? table.At(to) : null)));
            Assert.Equal(table.Due(start, minutes, pauses) is { } slow ? table.At(slow) : null, due);
            var end = start + chance.Next(30_000);
            var back = chance.Next(table.WorkingMinutes(1_500, end) + 1);
            Assert.Equal(table.At(table.Before(end, back)), calendar.Subtract(table.At(end), TimeSpan.FromMinutes(back)));
            Assert.Equal(TimeSpan.FromMinutes(table.WorkingMinutes(start, end)), calendar.WorkingTimeBetween(table.At(start), table.At(end)));
        }
    }

    private static void StoredDatesEqualRecomputation(RandomHistory history)
    {
        var stored = history.Case.History.Select(CaseEvents.ToJson).ToList();
        var read = Case.Replay(history.Case.Id, [.. stored.Select(CaseEvents.FromJson)]);
        Assert.Equal(history.Case.State, read.State);
        Assert.Equal(stored, read.History.Select(CaseEvents.ToJson));
        var stops = read.History.OfType<ClockStopped>().ToDictionary(s => s.Clock);
        foreach (var clock in history.Clocks.Where(c => !c.IsOpen)) Assert.Equal(clock.Due, stops[clock.Id].Due);
    }

    private static string Describe(SlowClocks slow, int now) => string.Join('\n', slow.Clocks.Select(c =>
    {
        var paused = c.Pauses.Sum(p => slow.Table.WorkingMinutes(p.From, p.To ?? c.Stop ?? now));
        return $"{c.Kind} {c.Number}: {c.Status}, started {c.Start}, due {c.Due}, stopped {c.Stop}, paused {paused} in {c.Pauses.Count}";
    }));

    private static string Describe(IReadOnlyList<ClockReading> clocks, DateTime origin) => string.Join('\n', clocks.Select(c =>
        $"{c.Kind} {c.Id.Number}: {c.Status}, started {Minute(c.StartedAt, origin)}, due {Minute(c.Due, origin)}, stopped {Minute(c.StoppedAt, origin)}, paused {(int)c.Paused.TotalMinutes} in {c.Pauses.Count}"));

    private static double? Minute(DateTime? at, DateTime origin) => at is { } instant ? (instant - origin).TotalMinutes : null;
}
