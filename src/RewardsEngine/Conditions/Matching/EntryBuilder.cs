using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Matching;

/// <summary>Turns conjunctions of terms into the entries of tables. Keeps its memory from one to the next; not for several threads at once.</summary>
internal sealed class EntryBuilder(Symbols symbols)
{
    private const int MaxEntries = 64;
    private const int MaxLineEntries = 16;
    private static readonly int[] NoLine = [0];

    private readonly Dictionary<Shape, Collected> _collected = [];
    private readonly List<Check> _checks = [];
    private readonly List<KeyTerm> _keys = [];

    /// <summary>What was collected, by shape.</summary>
    public IReadOnlyDictionary<Shape, Collected> Tables => _collected;

    /// <summary>Adds a conjunction to the tables of its shape.</summary>
    /// <param name="rule">Whose it is.</param>
    /// <param name="terms">Its terms.</param>
    /// <param name="isAlternative">Whether the rule has others.</param>
    public void Add(int rule, ReadOnlySpan<Term> terms, bool isAlternative)
    {
        _checks.Clear();
        var (line, mask) = Lines(terms);
        var lineField = line switch { SumTerm sum => sum.Field, LineTerm has => has.Field, _ => -1 };
        var range = Range(terms, line is SumTerm);
        Keys(terms, lineField < 0 ? 0 : Layout.Width(lineField, isLine: true, symbols));
        var slots = new int[_keys.Count];
        var list = -1;
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = _keys[i].Slot;
            if (_keys[i].IsList) list = i;
        }
        var shape = new Shape(slots, list, lineField, (line as SumTerm)?.Number ?? -1, range?.Slot ?? -1, mask?.Field ?? -1);
        if (!_collected.TryGetValue(shape, out var into)) _collected[shape] = into = new(new(shape, symbols));
        var bits = mask is null ? 0 : Bits(mask.Codes);
        var lineCodes = line switch { SumTerm sum => sum.Codes, LineTerm has => has.Codes, _ => NoLine };
        if (isAlternative || lineCodes.Length > 1 || list >= 0 && _keys[list].Codes.Length > 1) into.MayRepeat = true;
        var (low, high) = line is SumTerm s ? (s.Low, long.MaxValue) : range is null ? (long.MinValue, long.MaxValue) : (range.Low, range.High);
        Combine(into, 0, 0, lineCodes, new(0, low, high, bits, rule, _checks.Count == 0 ? null : [.. _checks]));
    }

    /// <summary>What was collected for a shape, taken out; null when nothing was.</summary>
    public Collected? Take(Shape shape) => _collected.Remove(shape, out var collected) ? collected : null;

    /// <summary>A bit for each number below 64.</summary>
    internal static ulong Bits(int[] codes)
    {
        var bits = 0UL;
        foreach (var code in codes) bits |= 1UL << code;
        return bits;
    }

    /// <summary>One entry for every way to take a text of each key and of the line.</summary>
    private void Combine(Collected into, int at, ulong key, int[] lineCodes, in Entry entry)
    {
        if (at == _keys.Count)
        {
            foreach (var code in lineCodes) into.Add(entry with { Key = key | (ulong)code << into.Layout.LineShift });
            return;
        }
        foreach (var code in _keys[at].Codes) Combine(into, at + 1, key | (ulong)code << into.Layout.Keys[at].Shift, lineCodes, entry);
    }

    /// <summary>The texts that are looked up, those with the fewest alternatives first, then in the order of their places; the rest is left to check.</summary>
    private void Keys(ReadOnlySpan<Term> terms, int bits)
    {
        _keys.Clear();
        var count = 1;
        for (var length = 1; length <= MaxEntries; length++)
        {
            var more = false;
            foreach (var term in terms)
            {
                if (term is not KeyTerm key) continue;
                more |= key.Codes.Length > length;
                if (key.Codes.Length != length) continue;
                var width = Layout.Width(key.Slot, isLine: false, symbols);
                if (bits + width > Layout.MaxBits || count * length > MaxEntries || IsChosen(key))
                {
                    _checks.Add(new(CheckKind.Key, key.Slot, 0, 0, key.Codes, null));
                    continue;
                }
                Choose(key);
                count *= length;
                bits += width;
            }
            if (!more) return;
        }
        foreach (var term in terms)
            if (term is KeyTerm key && key.Codes.Length > MaxEntries) _checks.Add(new(CheckKind.Key, key.Slot, 0, 0, key.Codes, null));
    }

    /// <summary>A place is looked up once, and one list at most.</summary>
    private bool IsChosen(KeyTerm key)
    {
        foreach (var chosen in _keys)
            if (chosen.Slot == key.Slot || chosen.IsList && key.IsList) return true;
        return false;
    }

    private void Choose(KeyTerm key)
    {
        var at = _keys.Count;
        while (at > 0 && _keys[at - 1].Slot > key.Slot) at--;
        _keys.Insert(at, key);
    }

    /// <summary>The line test that is looked up, and the one that is tested by bits; the rest is left to check.</summary>
    private (Term? Lookup, LineTerm? Mask) Lines(ReadOnlySpan<Term> terms)
    {
        Term? lookup = null;
        LineTerm? mask = null;
        var (hasKeys, widest) = (false, -1);
        foreach (var term in terms)
        {
            hasKeys |= term is KeyTerm;
            if (term is SumTerm sum && Layout.Width(sum.Field, isLine: true, symbols) is var width && width > widest) (lookup, widest) = (sum, width);
        }
        foreach (var term in terms)
        {
            switch (term)
            {
                case SumTerm sum when !ReferenceEquals(sum, lookup): _checks.Add(new(CheckKind.Sum, sum.Field, sum.Low, sum.Code, null, null, sum.Number)); break;
                case LineTerm has when lookup is null && (!hasKeys || has.Codes[^1] >= 64) && has.Codes.Length <= MaxLineEntries: lookup = has; break;
                case LineTerm has when mask is null && has.Codes[^1] < 64: mask = has; break;
                case LineTerm has: _checks.Add(new(CheckKind.Line, has.Field, 0, 0, has.Codes, null)); break;
                case NodeTerm node: _checks.Add(new(CheckKind.Node, 0, 0, 0, null, node.Node)); break;
            }
        }
        return (lookup, mask);
    }

    /// <summary>The range whose lower bound sorts the rules; the others are left to check, before anything else.</summary>
    private RangeTerm? Range(ReadOnlySpan<Term> terms, bool isSummed)
    {
        RangeTerm? sorted = null;
        if (!isSummed)
            foreach (var term in terms)
                if (term is RangeTerm range && range.Low > EncodedFacts.Missing + 1 && (sorted is null || range.Slot < sorted.Slot)) sorted = range;
        var first = sorted;
        foreach (var term in terms)
        {
            if (term is not RangeTerm range || ReferenceEquals(range, first)) continue;
            // hour >= 9 and hour < 17 is one range with both ends.
            if (sorted is not null && range.Slot == sorted.Slot && range.Low == EncodedFacts.Missing + 1) sorted = sorted with { High = Math.Min(sorted.High, range.High) };
            else _checks.Insert(0, new(CheckKind.Range, range.Slot, range.Low, range.High, null, null));
        }
        return sorted;
    }
}
