namespace RewardsEngine.Conditions.Checking;

/// <summary>Finds the known word that a mistyped one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>The nearest candidate within a third of the word's length (at least 2 edits); the first of equals. Capitals do not count.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 80) return null;
        var best = default(string);
        var least = Math.Max(2, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(word.ToLowerInvariant(), candidate);
            if (distance >= least || distance >= candidate.Length) continue;
            (best, least) = (candidate, distance);
        }
        return best;
    }

    /// <summary>The nearest full name; a last part that fits exactly (<c>total</c> for <c>order.total</c>) counts as near.</summary>
    public static string? Name(string word, IReadOnlyCollection<string> names) =>
        Of(word, names) ?? names.FirstOrDefault(n => n.EndsWith("." + word.ToLowerInvariant(), StringComparison.Ordinal));

    /// <summary>Edits between two words: insert, delete, replace, or swap of neighbours.</summary>
    public static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) current[j] = Math.Min(current[j], before[j - 2] + 1);
            }
            (before, previous, current) = (previous, current, before);
        }
        return previous[b.Length];
    }
}
