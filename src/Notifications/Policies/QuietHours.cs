namespace Notifications.Policies;

/// <summary>Hours in which no marketing arrives, in the recipient's own zone.</summary>
/// <param name="From">Start of the silence, local time.</param>
/// <param name="Until">End of the silence, local time; may lie on the next day.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly Until)
{
    /// <summary>20:00 to 08:00.</summary>
    public static readonly QuietHours Default = new(new(20, 0), new(8, 0));

    /// <summary>The UTC moment the silence ends, or null when it is not silent now.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="zone">The recipient's zone.</param>
    public DateTime? EndsAt(DateTime now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(now, zone);
        if (!TimeOnly.FromDateTime(local).IsBetween(From, Until)) return null;
        var day = DateOnly.FromDateTime(local);
        var end = day.ToDateTime(Until);
        if (end <= local) end = day.AddDays(1).ToDateTime(Until);
        while (zone.IsInvalidTime(end)) end = end.AddMinutes(15); // the clock jumps over this moment
        return TimeZoneInfo.ConvertTimeToUtc(end, zone);
    }
}
