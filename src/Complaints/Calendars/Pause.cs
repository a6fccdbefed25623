namespace Complaints.Calendars;

/// <summary>A time in which a clock stands still.</summary>
/// <param name="From">The moment the question was sent.</param>
/// <param name="To">The moment the answer came; null while it is awaited.</param>
public sealed record Pause(DateTime From, DateTime? To)
{
    /// <summary>The pauses from an instant on, in order, without overlaps.</summary>
    internal static IReadOnlyList<Pause> Union(IEnumerable<Pause> pauses, DateTime start)
    {
        var union = new List<Pause>();
        foreach (var pause in pauses.OrderBy(p => p.From))
        {
            if (pause.To is { } to && (to <= start || to <= pause.From)) continue;
            var last = union.Count > 0 ? union[^1] : null;
            if (last is null || last.To < pause.From) union.Add(pause.From < start ? pause with { From = start } : pause);
            else if (last.To is { } end && (pause.To is null || pause.To > end)) union[^1] = last with { To = pause.To };
        }
        return union;
    }
}
