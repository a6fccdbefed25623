namespace RewardsEngine.Conditions.Matching;

/// <summary>The entries of a table side by side, each value in an array of its own. What no entry needs has no array.</summary>
internal sealed class Columns
{
    /// <param name="count">How many entries.</param>
    /// <param name="hasHighs">Whether one of them has an upper bound.</param>
    /// <param name="hasMasks">Whether they have masks.</param>
    /// <param name="hasChecks">Whether one of them has checks.</param>
    public Columns(int count, bool hasHighs, bool hasMasks, bool hasChecks)
    {
        Lows = new long[count];
        Rules = new int[count];
        if (hasHighs) Highs = new long[count];
        if (hasMasks) Masks = new ulong[count];
        if (hasChecks) Checks = new Check[count][];
    }

    public long[] Lows { get; }

    public long[]? Highs { get; }

    public ulong[]? Masks { get; }

    public int[] Rules { get; }

    public Check[]?[]? Checks { get; }

    public void Set(int at, in Entry entry)
    {
        Lows[at] = entry.Low;
        Rules[at] = entry.Rule;
        if (Highs is not null) Highs[at] = entry.High;
        if (Masks is not null) Masks[at] = entry.Mask;
        if (Checks is not null) Checks[at] = entry.Checks;
    }

    public Entry Get(int at, ulong key) => new(key, Lows[at], Highs?[at] ?? long.MaxValue, Masks?[at] ?? 0, Rules[at], Checks?[at]);

    public void Copy(Columns from, int start, int count, int to)
    {
        if (count == 0) return;
        from.Lows.AsSpan(start, count).CopyTo(Lows.AsSpan(to));
        from.Rules.AsSpan(start, count).CopyTo(Rules.AsSpan(to));
        if (from.Masks is not null) from.Masks.AsSpan(start, count).CopyTo(Masks.AsSpan(to));
        if (from.Checks is not null) Array.Copy(from.Checks, start, Checks!, to, count);
        if (from.Highs is not null) from.Highs.AsSpan(start, count).CopyTo(Highs.AsSpan(to));
        else Highs?.AsSpan(to, count).Fill(long.MaxValue);
    }
}
