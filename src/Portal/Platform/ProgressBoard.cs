using System.Collections.Concurrent;

namespace Portal.Platform;

/// <summary>Long work of this process, for people who wonder why numbers still grow.</summary>
public sealed class ProgressBoard
{
    private readonly ConcurrentDictionary<string, WorkProgress> works = new(StringComparer.Ordinal);

    public IReadOnlyList<WorkProgress> Running => [.. works.Values.OrderBy(w => w.Key, StringComparer.Ordinal)];

    /// <summary>Notes how far a work is; finished work leaves the board.</summary>
    public void Note(string key, int done, int total)
    {
        if (done < total)
            works[key] = new(key, done, total);
        else
            works.TryRemove(key, out _);
    }
}

/// <param name="Key">Names the work; its words are in the texts of the start page.</param>
/// <param name="Done">So far.</param>
/// <param name="Total">In the end.</param>
public sealed record WorkProgress(string Key, int Done, int Total);
