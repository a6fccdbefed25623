namespace RewardsEngine.Conditions.Matching;

/// <summary>All entries of one shape, grouped by key and sorted by lower bound inside each group. Immutable.</summary>
internal sealed class Table
{
    private readonly ulong[] _keys;

    private Table(Layout layout, Columns entries, ulong[] keys, int[] starts, Directory directory, ulong[] lineCodes, bool mayRepeat)
    {
        Layout = layout;
        Entries = entries;
        _keys = keys;
        Starts = starts;
        Directory = directory;
        LineCodes = lineCodes;
        MayRepeat = mayRepeat;
    }

    public Layout Layout { get; }

    public Shape Shape => Layout.Shape;

    public Columns Entries { get; }

    /// <summary>Where the entries of each group begin, and the end.</summary>
    public int[] Starts { get; }

    /// <summary>The groups by key.</summary>
    public Directory Directory { get; }

    /// <summary>A bit for every text of the line field that some key has.</summary>
    public ulong[] LineCodes { get; }

    /// <summary>Whether one event may find a rule more than once.</summary>
    public bool MayRepeat { get; }

    public bool IsEmpty => Entries.Rules.Length == 0;

    public static Table Build(Collected collected)
    {
        var entries = collected.Entries;
        Entry.Sort(entries);
        var (layout, groups, hasHighs, hasChecks) = (collected.Layout, 0, false, false);
        for (var i = 0; i < entries.Length; i++)
        {
            if (i == 0 || entries[i].Key != entries[i - 1].Key) groups++;
            hasHighs |= entries[i].High != long.MaxValue;
            hasChecks |= entries[i].Checks is not null;
        }
        var columns = new Columns(entries.Length, hasHighs, layout.Shape.MaskField >= 0, hasChecks);
        var (keys, starts, group) = (new ulong[groups], new int[groups + 1], 0);
        for (var i = 0; i < entries.Length; i++)
        {
            columns.Set(i, entries[i]);
            if (i == 0 || entries[i].Key != entries[i - 1].Key) (keys[group], starts[group++]) = (entries[i].Key, i);
        }
        starts[groups] = entries.Length;
        return new(layout, columns, keys, starts, new(keys, layout.TotalBits), Lines(layout, keys), collected.MayRepeat);
    }

    /// <summary>The table without a rule's entries and with others. What they do not touch is copied as it is.</summary>
    public Table With(int rule, Collected? added)
    {
        if (added is not null && !added.Layout.IsLike(Layout)) return Repacked(rule, added);
        var fresh = added is null ? [] : added.Entries;
        Entry.Sort(fresh);
        var (rules, removed, hasHighs, hasChecks) = (Entries.Rules, PositionsOf(rule), Entries.Highs is not null, Entries.Checks is not null);
        foreach (ref readonly var entry in fresh) (hasHighs, hasChecks) = (hasHighs | entry.High != long.MaxValue, hasChecks | entry.Checks is not null);
        var into = new Columns(rules.Length - removed.Count + fresh.Length, hasHighs, Entries.Masks is not null, hasChecks);
        var merge = new Merge(Entries, into, removed);
        var (keys, starts, next, groups) = (new ulong[_keys.Length + fresh.Length], new int[_keys.Length + fresh.Length + 1], 0, 0);
        for (var group = 0; group <= _keys.Length; group++)
        {
            // Groups that are new come before the next known one.
            while (next < fresh.Length && (group == _keys.Length || fresh[next].Key < _keys[group]))
            {
                merge.UpTo(Starts[group]);
                (keys[groups], starts[groups]) = (fresh[next].Key, merge.Written);
                while (next < fresh.Length && fresh[next].Key == keys[groups]) merge.Add(fresh[next++]);
                groups++;
            }
            if (group == _keys.Length) break;
            (keys[groups], starts[groups]) = (_keys[group], merge.After(Starts[group]));
            for (; next < fresh.Length && fresh[next].Key == _keys[group]; next++) merge.AddSorted(fresh[next], Starts[group], Starts[group + 1]);
            if (merge.After(Starts[group + 1]) > starts[groups]) groups++;
        }
        merge.UpTo(rules.Length);
        if (groups < keys.Length) (keys, starts) = (keys[..groups], starts[..(groups + 1)]);
        starts[groups] = into.Rules.Length;
        var sameKeys = keys.AsSpan().SequenceEqual(_keys);
        return new(Layout, into, sameKeys ? _keys : keys, starts, sameKeys ? Directory : new(keys, Layout.TotalBits), sameKeys ? LineCodes : Lines(Layout, keys), MayRepeat || added is { MayRepeat: true });
    }

    /// <summary>Built anew in the added entries' layout: there are more texts than the keys had room for.</summary>
    private Table Repacked(int rule, Collected added)
    {
        for (var group = 0; group < _keys.Length; group++)
            for (var at = Starts[group]; at < Starts[group + 1]; at++)
                if (Entries.Rules[at] != rule) added.Add(Entries.Get(at, added.Layout.Repack(_keys[group], Layout)));
        added.MayRepeat |= MayRepeat;
        return Build(added);
    }

    private static ulong[] Lines(Layout layout, ulong[] keys)
    {
        if (layout.Shape.LineField < 0) return [];
        var codes = new ulong[Math.Max(1, (1 << layout.LineBits) >> 6)];
        foreach (var key in keys) codes[key >> layout.LineShift >> 6] |= 1UL << (int)(key >> layout.LineShift);
        return codes;
    }

    private List<int> PositionsOf(int rule)
    {
        var found = new List<int>();
        var rules = Entries.Rules.AsSpan();
        for (var at = 0; rules[at..].IndexOf(rule) is >= 0 and var next; at += next + 1) found.Add(at + next);
        return found;
    }

    /// <summary>Copies the entries of a table but for some, with others put between them.</summary>
    private struct Merge(Columns from, Columns into, List<int> removed)
    {
        private int _read;

        public int Written { get; private set; }

        /// <summary>Where the entry at a position of the old table will stand, or the next one that stays.</summary>
        public readonly int After(int position)
        {
            var at = Written + position - _read;
            foreach (var gone in removed) at -= gone >= _read && gone < position ? 1 : 0;
            return at;
        }

        public void UpTo(int position)
        {
            foreach (var gone in removed)
            {
                if (gone < _read || gone >= position) continue;
                Take(gone);
                _read++;
            }
            Take(position);
        }

        public void Add(in Entry entry) => into.Set(Written++, entry);

        /// <summary>Puts an entry behind those of its group with a lower bound.</summary>
        public void AddSorted(in Entry entry, int start, int end)
        {
            var at = Math.Max(start, _read);
            while (at < end && (from.Lows[at] < entry.Low || from.Lows[at] == entry.Low && from.Rules[at] < entry.Rule)) at++;
            UpTo(at);
            Add(entry);
        }

        private void Take(int end)
        {
            into.Copy(from, _read, end - _read, Written);
            Written += end - _read;
            _read = end;
        }
    }
}
