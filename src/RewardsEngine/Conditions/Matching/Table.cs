using System.Runtime.CompilerServices;

namespace RewardsEngine.Conditions.Matching;

/// <summary>All entries of one shape, grouped by key and sorted by lower bound inside each group. Immutable.</summary>
internal sealed class Table
{
    private readonly Entry[] _entries;
    private readonly ulong[] _keys;
    private readonly int[]? _starts;
    private readonly Dictionary<ulong, (int Start, int End)>? _groups;

    private Table(Layout layout, Entry[] entries, ulong[] keys)
    {
        Layout = layout;
        _entries = entries;
        _keys = keys;
        Lows = Array.ConvertAll(entries, e => e.Low);
        Rules = Array.ConvertAll(entries, e => e.Rule);
        Masks = layout.Shape.MaskField < 0 ? null : Array.ConvertAll(entries, e => e.Mask);
        MayRepeat = Array.Exists(entries, e => e.MayRepeat);
        if (Array.Exists(entries, e => e.Checks.Length > 0)) (FirstCheck, Checks) = Flatten(entries);
        if (layout.IsDense(entries.Length)) _starts = Starts(keys, 1 << layout.TotalBits);
        else _groups = Groups(keys);
    }

    public Layout Layout { get; }

    public Shape Shape => Layout.Shape;

    public long[] Lows { get; }

    public int[] Rules { get; }

    public ulong[]? Masks { get; }

    /// <summary>Where the checks of an entry begin; -1 when it has none.</summary>
    public int[]? FirstCheck { get; }

    public Check[] Checks { get; } = [];

    /// <summary>Whether one event may find a rule more than once.</summary>
    public bool MayRepeat { get; }

    public bool IsEmpty => _entries.Length == 0;

    public static Table Build(Shape shape, List<Entry> entries, Symbols symbols)
    {
        var layout = new Layout(shape, symbols);
        var sorted = entries.ToArray();
        var keys = Array.ConvertAll(sorted, e => layout.Pack(e.Codes, e.LineCode));
        Array.Sort(keys, sorted);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) end++;
            if (end - start > 1) Array.Sort(sorted, start, end - start, ByLow);
            start = end;
        }
        return new(layout, sorted, keys);
    }

    /// <summary>The table without a rule's entries and with others.</summary>
    public Table With(int rule, List<Entry> added, Symbols symbols)
    {
        if (added.Exists(e => !Layout.Holds(e.Codes, e.LineCode)))
            return Build(Shape, [.. _entries.Where(e => e.Rule != rule), .. added], symbols);
        var kept = new List<Entry>(_entries.Length + added.Count);
        var keys = new List<ulong>(_entries.Length + added.Count);
        var next = 0;
        added.Sort((a, b) => Compare(Layout.Pack(a.Codes, a.LineCode), a, Layout.Pack(b.Codes, b.LineCode), b));
        for (var i = 0; i <= _entries.Length; i++)
        {
            while (next < added.Count && (i == _entries.Length || Compare(Layout.Pack(added[next].Codes, added[next].LineCode), added[next], _keys[i], _entries[i]) < 0))
            {
                keys.Add(Layout.Pack(added[next].Codes, added[next].LineCode));
                kept.Add(added[next++]);
            }
            if (i == _entries.Length || _entries[i].Rule == rule) continue;
            keys.Add(_keys[i]);
            kept.Add(_entries[i]);
        }
        return new(Layout, [.. kept], [.. keys]);
    }

    /// <summary>The entries of a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Start, int End) Find(ulong key) => _starts is { } starts ? (starts[key], starts[key + 1]) : _groups!.GetValueOrDefault(key);

    private static readonly IComparer<Entry> ByLow = Comparer<Entry>.Create((a, b) => a.Low != b.Low ? a.Low.CompareTo(b.Low) : a.Rule.CompareTo(b.Rule));

    private static int Compare(ulong key, Entry entry, ulong otherKey, Entry other) => key != otherKey ? key.CompareTo(otherKey) : ByLow.Compare(entry, other);

    private static (int[] First, Check[] All) Flatten(Entry[] entries)
    {
        var all = new List<Check>();
        var first = new int[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            first[i] = entries[i].Checks.Length == 0 ? -1 : all.Count;
            all.AddRange(entries[i].Checks);
        }
        return (first, [.. all]);
    }

    private static int[] Starts(ulong[] keys, int count)
    {
        var starts = new int[count + 1];
        foreach (var key in keys) starts[key + 1]++;
        for (var i = 1; i <= count; i++) starts[i] += starts[i - 1];
        return starts;
    }

    private static Dictionary<ulong, (int Start, int End)> Groups(ulong[] keys)
    {
        var groups = new Dictionary<ulong, (int Start, int End)>();
        for (var i = 0; i < keys.Length; i++) groups[keys[i]] = groups.TryGetValue(keys[i], out var group) ? (group.Start, i + 1) : (i, i + 1);
        return groups;
    }
}
