using System.Collections.Concurrent;

namespace RewardsEngine.Conditions.Matching;

/// <summary>Gives every text of a field a small whole number, once, at intake. Grows only; safe for many threads. One per vocabulary, shared by its rule indexes.</summary>
public sealed class Symbols
{
    private readonly SymbolTable?[] _slots;
    private readonly SymbolTable?[] _line = new SymbolTable?[Fields.LineCount];
    private readonly ConcurrentDictionary<CounterKey, int> _counters = new();
    private readonly Lock _growing = new();

    /// <summary>Starts empty.</summary>
    public Symbols(Vocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        _slots = new SymbolTable?[vocabulary.SlotCount];
        foreach (var field in vocabulary.Fields.Where(f => f.Type is FactType.Text or FactType.TextList or FactType.Path))
            (field.IsLine ? _line : _slots)[field.Index] = new(field.Type == FactType.Path);
    }

    /// <summary>The names that are encoded.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>How many values outside lines there are, counters included.</summary>
    internal int SlotCount => _slots.Length + _counters.Count;

    internal ICollection<KeyValuePair<CounterKey, int>> Counters => _counters;

    /// <summary>The texts of the field at a place; none when its values are no texts.</summary>
    internal SymbolTable? Of(bool isLine, int index) => (isLine ? _line : _slots)[index];

    /// <summary>The texts of a field.</summary>
    internal SymbolTable Of(Field field) => (field.IsLine ? _line : _slots)[field.Index]!;

    /// <summary>The place of a counter among the values.</summary>
    internal int SlotOf(CounterKey key)
    {
        if (_counters.TryGetValue(key, out var slot)) return slot;
        lock (_growing)
        {
            if (!_counters.TryGetValue(key, out slot)) _counters[key] = slot = _slots.Length + _counters.Count;
            return slot;
        }
    }
}

/// <summary>The texts of one field and their numbers from 1. For category paths every leading path has a number too.</summary>
internal sealed class SymbolTable(bool isPath)
{
    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Lock _growing = new();
    private string[] _texts = new string[16];
    private int[] _parents = new int[16];
    private int _count;

    public bool IsPath => isPath;

    /// <summary>One more than the largest number given.</summary>
    public int Bound => Volatile.Read(ref _count) + 1;

    public int Code(string text) => _codes.TryGetValue(text, out var code) ? code : Add(text);

    /// <summary>The number of a text without giving it one: 0 when it has none. A path without a number counts as the nearest one above it that has one.</summary>
    public int Known(string text)
    {
        if (_codes.TryGetValue(text, out var code) || !isPath) return code;
        var known = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlySpan<char> path = text;
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path[..slash].LastIndexOf('/'))
            if (known.TryGetValue(path[..slash], out code)) return code;
        return 0;
    }

    public string Text(int code) => Volatile.Read(ref _texts)[code];

    /// <summary>The parents by number.</summary>
    public int[] Parents => Volatile.Read(ref _parents);

    /// <summary>The number of the path without its last segment; 0 at the top and for texts that are no paths.</summary>
    public int Parent(int code) => Volatile.Read(ref _parents)[code];

    private int Add(string text)
    {
        lock (_growing)
        {
            var parent = 0;
            for (var slash = isPath ? text.IndexOf('/', Math.Min(1, text.Length)) : -1; slash > 0; slash = text.IndexOf('/', slash + 1)) parent = Add(text[..slash], parent);
            return Add(text, parent);
        }
    }

    private int Add(string text, int parent)
    {
        if (_codes.TryGetValue(text, out var known)) return known;
        var code = _count + 1;
        if (code == _texts.Length) Grow();
        _texts[code] = text;
        _parents[code] = parent;
        Volatile.Write(ref _count, code);
        _codes[text] = code;
        return code;
    }

    private void Grow()
    {
        var (texts, parents) = (new string[_texts.Length * 2], new int[_parents.Length * 2]);
        _texts.CopyTo(texts, 0);
        _parents.CopyTo(parents, 0);
        Volatile.Write(ref _texts, texts);
        Volatile.Write(ref _parents, parents);
    }
}
