using System.Globalization;

namespace Complaints.Calendars;

/// <summary>Opening hours within one local day, from the first minute up to, not including, the last.</summary>
/// <param name="From">Minutes after local midnight, 0 to 1439.</param>
/// <param name="To">Minutes after local midnight, at most 1440 (24:00); greater than <paramref name="From"/>.</param>
public readonly record struct WorkingInterval(int From, int To)
{
    /// <summary>Whether it lies within one day and holds at least a minute.</summary>
    public bool IsValid => From >= 0 && From < To && To <= 1440;

    /// <summary>Reads <c>08:00-12:00</c>; the end may be <c>24:00</c>.</summary>
    /// <returns>False when the text is not of this form or the interval is not valid.</returns>
    public static bool TryParse(string? text, out WorkingInterval interval)
    {
        interval = default;
        var parts = (text ?? "").Split('-');
        if (parts.Length != 2 || !TryMinutes(parts[0], out var from) || !TryMinutes(parts[1], out var to)) return false;
        interval = new(from, to);
        return interval.IsValid;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From / 60:00}:{From % 60:00}-{To / 60:00}:{To % 60:00}");

    private static bool TryMinutes(string text, out int minutes)
    {
        minutes = 0;
        var parts = text.Trim().Split(':');
        if (parts.Length != 2 || parts[1].Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            || hour > 24 || minute > 59) return false;
        minutes = hour * 60 + minute;
        return minutes <= 1440;
    }
}

/// <summary>A day without work.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Name">What it is, for people; may be empty.</param>
/// <param name="Provisional">Computed beforehand and not decreed yet, as feasts that follow the moon are. Counts like any other.</param>
public sealed record Holiday(DateOnly Date, string Name, bool Provisional = false);
