using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Matching;

/// <summary>One way in which a rule can be found: the key it is looked up by, its bounds, and what is left to check.</summary>
internal readonly record struct Entry(ulong Key, long Low, long High, ulong Mask, int Rule, Check[]? Checks)
{
    /// <summary>By key, then by lower bound: the order of a table. Merged by hand, because the library's sorting of a type of ours is compiled only at its first use.</summary>
    public static void Sort(Span<Entry> entries)
    {
        if (entries.Length > 1) Sort(entries, new Entry[entries.Length]);
    }

    private static void Sort(Span<Entry> entries, Span<Entry> memory)
    {
        if (entries.Length <= 12)
        {
            for (var i = 1; i < entries.Length; i++)
                for (var at = i; at > 0 && IsBefore(entries[at], entries[at - 1]); at--) (entries[at], entries[at - 1]) = (entries[at - 1], entries[at]);
            return;
        }
        var half = entries.Length / 2;
        Sort(entries[..half], memory[..half]);
        Sort(entries[half..], memory[half..]);
        var (left, right) = (0, half);
        for (var to = 0; to < memory.Length; to++) memory[to] = right == entries.Length || left < half && !IsBefore(entries[right], entries[left]) ? entries[left++] : entries[right++];
        for (var at = 0; at < memory.Length; at++) entries[at] = memory[at];
    }

    private static bool IsBefore(in Entry one, in Entry other) =>
        one.Key != other.Key ? one.Key < other.Key : one.Low != other.Low ? one.Low < other.Low : one.Rule < other.Rule;
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
