using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Matching;

/// <summary>One way in which a rule can be found: the key it is looked up by, its bounds, and what is left to check.</summary>
internal readonly record struct Entry(ulong Key, long Low, long High, ulong Mask, int Rule, Check[]? Checks) : IComparable<Entry>
{
    /// <summary>By key, then by lower bound: the order of a table.</summary>
    public int CompareTo(Entry other) => Key != other.Key ? Key.CompareTo(other.Key) : Low != other.Low ? Low.CompareTo(other.Low) : Rule.CompareTo(other.Rule);
}

/// <summary>What kind of test is left after the lookup.</summary>
internal enum CheckKind : byte
{
    Range,
    Key,
    Line,
    Sum,
    Node,
}

/// <summary>A test that is left after the lookup.</summary>
internal readonly record struct Check(CheckKind Kind, int Slot, long Low, long High, int[]? Codes, Node? Node, int Number = -1);

/// <summary>How the rules of one shape are collected until they become a table.</summary>
internal sealed class Collected(Layout layout)
{
    private Entry[] _entries = new Entry[4];

    public Layout Layout => layout;

    public int Count { get; private set; }

    /// <summary>Whether one event may find a rule more than once.</summary>
    public bool MayRepeat { get; set; }

    public Span<Entry> Entries => _entries.AsSpan(0, Count);

    public void Add(in Entry entry)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = entry;
    }
}
