using System.Globalization;
using Complaints.Calendars;

namespace Conformance.Sla;

/// <summary>What the library makes of one vector.</summary>
internal sealed record SlaAnswer(string? Due, IReadOnlyList<string> Escalations, string? Refusal);

/// <summary>Runs one vector through the library that the portal uses.</summary>
internal static class SlaVector
{
    public static SlaAnswer Compute(SlaCase vector)
    {
        try
        {
            return Answer(vector);
        }
        catch (SlaRefusal refusal)
        {
            return new(null, [], refusal.Message);
        }
        catch (CalendarHorizonException beyond)
        {
            return new(null, [], beyond.Message);
        }
    }

    /// <summary>The difference to what is expected; null when there is none.</summary>
    public static string? Difference(SlaExpectation expected, SlaAnswer actual)
    {
        if (expected.Refused) return actual.Refusal is null ? $"expected a refusal, was due {actual.Due}" : null;
        if (actual.Refusal is not null) return $"expected due {expected.Due}, was refused: {actual.Refusal}";
        if (Canonical(expected.Due) != actual.Due) return $"due: expected {expected.Due}, was {actual.Due ?? "open (paused)"}";
        return expected.Escalations is { } levels && !levels.Select(Canonical).SequenceEqual(actual.Escalations)
            ? $"escalations: expected {string.Join(" ", levels)}, were {string.Join(" ", actual.Escalations)}"
            : null;
    }

    private static SlaAnswer Answer(SlaCase vector)
    {
        var calendar = Calendar(vector.Calendar);
        if (vector.TargetMinutes is < 0 or > 60L * 24 * 366 * 100) throw new SlaRefusal($"a target of {vector.TargetMinutes} minutes");
        var pauses = (vector.Pauses ?? []).Select(p => Pause(calendar, p)).ToList();
        if (calendar.Due(calendar.ToUtc(Local(vector.Start)), TimeSpan.FromMinutes(vector.TargetMinutes), pauses) is not { } due) return new(null, [], null);
        return new(Text(calendar, due), [.. (vector.EscalationsMinutes ?? []).Select(m => Text(calendar, calendar.Shift(due, TimeSpan.FromMinutes(m))))], null);
    }

    private static WorkingCalendar Calendar(SlaCalendar written)
    {
        var week = new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>();
        foreach (var (name, hours) in written.Week)
            week[Day(name)] = [.. hours.Select(h => WorkingInterval.TryParse(h, out var interval) ? interval : throw new SlaRefusal($"the interval '{h}'"))];
        var holidays = (written.Holidays ?? []).Select(h => new Holiday(DateOnly.FromDateTime(Local(h)), "")).ToList();
        return WorkingCalendar.TryCreate(new("vector", 1, written.Zone, week, holidays), out var calendar, out var refusal)
            ? calendar
            : throw new SlaRefusal(refusal.ToString());
    }

    private static Pause Pause(WorkingCalendar calendar, SlaPause written)
    {
        var from = calendar.ToUtc(Local(written.From));
        var to = written.To is null ? (DateTime?)null : calendar.ToUtc(Local(written.To));
        return to < from ? throw new SlaRefusal($"a pause that ends before it begins ({written.From})") : new(from, to);
    }

    private static DayOfWeek Day(string name)
    {
        var days = Enum.GetValues<DayOfWeek>().Where(d => name.Length >= 3 && d.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return days is [var day] ? day : throw new SlaRefusal($"the weekday '{name}'");
    }

    private static DateTime Local(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var local) && local.Kind == DateTimeKind.Unspecified
            ? local
            : throw new SlaRefusal($"the local time '{text}'");

    private static string? Canonical(string? text) => text is null ? null : Text(Local(text));

    private static string Text(WorkingCalendar calendar, DateTime utc) => Text(calendar.ToLocal(utc));

    private static string Text(DateTime local) => local.ToString(local.Second == 0 ? "yyyy-MM-dd'T'HH':'mm" : "yyyy-MM-dd'T'HH':'mm':'ss", CultureInfo.InvariantCulture);

    private sealed class SlaRefusal(string what) : Exception($"refused: {what}");
}
