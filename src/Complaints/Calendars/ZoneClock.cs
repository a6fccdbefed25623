namespace Complaints.Calendars;

/// <summary>Local times of one zone as instants: an ambiguous time is its first occurrence, a skipped one the next that exists.</summary>
internal static class ZoneClock
{
    /// <summary>The first instant at which the zone's wall clock shows this time or a later one.</summary>
    public static DateTime ToUtc(TimeZoneInfo zone, DateTime local)
    {
        // Only UTC-to-local offsets are asked for: that direction is defined for every instant.
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var before = zone.GetUtcOffset(wall.AddDays(-1));
        var after = zone.GetUtcOffset(wall.AddDays(1));
        var early = wall - (before > after ? before : after);
        if (early + zone.GetUtcOffset(early) == wall) return early;
        var late = wall - (before > after ? after : before);
        if (late + zone.GetUtcOffset(late) == wall) return late;

        // Skipped: the wall clock jumps over it between the two candidates; find the jump.
        while (late.Ticks - early.Ticks > 1)
        {
            var middle = new DateTime(early.Ticks + (late.Ticks - early.Ticks) / 2, DateTimeKind.Utc);
            if (middle + zone.GetUtcOffset(middle) >= wall) late = middle;
            else early = middle;
        }
        return late;
    }

    /// <summary>What the wall clock shows at an instant.</summary>
    public static DateTime ToLocal(TimeZoneInfo zone, DateTime utc) => DateTime.SpecifyKind(utc + zone.GetUtcOffset(utc), DateTimeKind.Unspecified);
}
