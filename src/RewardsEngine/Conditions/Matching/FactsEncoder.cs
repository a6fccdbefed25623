namespace RewardsEngine.Conditions.Matching;

/// <summary>Writes the facts of one event after the other as whole numbers. Not for several threads at once.</summary>
public sealed class FactsEncoder
{
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000];

    private static readonly Field[] LineFields = [.. Fields.All.Where(field => field.IsLine)];

    private readonly Symbols _symbols;
    private readonly int _slots;
    private readonly long[] _blank;
    private readonly SymbolTable[] _tables;
    private readonly SymbolTable[] _lineTables;
    private long[] _data;
    private long[] _lists = new long[16];
    private int _listLength;
    private int _lines;
    private bool _hasLines;
    private bool _isIndexable;
    private bool _isExact;
    private bool _knownOnly;

    /// <summary>An encoder for the names and counters that the symbols know now.</summary>
    public FactsEncoder(Symbols symbols)
    {
        _symbols = symbols;
        _slots = symbols.SlotCount;
        _tables = new SymbolTable[symbols.Vocabulary.SlotCount];
        _lineTables = new SymbolTable[EncodedFacts.LineWidth];
        _blank = new long[_slots + EncodedFacts.LineWidth];
        foreach (var field in symbols.Vocabulary.Fields)
        {
            _blank[field.IsLine ? _slots + field.Index : field.Index] = IsCode(field.Type) ? 0 : EncodedFacts.Missing;
            (field.IsLine ? _lineTables : _tables)[field.Index] = symbols.Of(field);
        }
        for (var counter = symbols.Vocabulary.SlotCount; counter < _slots; counter++) _blank[counter] = EncodedFacts.Missing;
        _data = new long[_slots + 16 * EncodedFacts.LineWidth];
        Clear();
    }

    /// <summary>The event as it stands, in the encoder's own memory: valid until the encoder is used again.</summary>
    public EncodedFacts Current => new(_data, _lists, _slots, _lines, _hasLines, _isIndexable);

    /// <summary>Begins the next event: nothing is given.</summary>
    public void Clear()
    {
        _blank.AsSpan(0, _slots).CopyTo(_data);
        _listLength = 0;
        _lines = 0;
        _hasLines = false;
        _isIndexable = true;
        _isExact = true;
    }

    /// <summary>Sets a text.</summary>
    public void Set(Field field, string text) => _data[field.Index] = _tables[field.Index].Code(text);

    /// <summary>Sets a number or an amount.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than four decimals, or beyond <see cref="ConditionLimits.MaxNumber"/>.</exception>
    public void Set(Field field, decimal number) => _data[field.Index] = Exactly(number);

    /// <summary>Says that the event has lines, even if none is added.</summary>
    public void WithLines() => _hasLines = true;

    /// <summary>Adds an empty line.</summary>
    /// <returns>Its position.</returns>
    public int AddLine()
    {
        _hasLines = true;
        var at = _slots + _lines * EncodedFacts.LineWidth;
        if (at + EncodedFacts.LineWidth > _data.Length) Array.Resize(ref _data, _data.Length * 2);
        _blank.AsSpan(_slots).CopyTo(_data.AsSpan(at));
        return _lines++;
    }

    /// <summary>Sets a text or category path of a line.</summary>
    public void SetLine(int line, Field field, string text) => _data[At(line, field)] = _lineTables[field.Index].Code(text);

    /// <summary>Sets a number or an amount of a line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than four decimals, or beyond <see cref="ConditionLimits.MaxNumber"/>.</exception>
    public void SetLine(int line, Field field, decimal number) => _data[At(line, field)] = Exactly(number);

    /// <summary>The event as it stands, in memory of its own.</summary>
    public EncodedFacts Build() => Build(null);

    /// <summary>Encodes facts.</summary>
    public EncodedFacts Encode(Facts facts)
    {
        Clear();
        Fill(facts);
        return Build(_isExact ? null : facts);
    }

    /// <summary>Encodes facts for judging only: a text that no rule names is as good as not given, and gets no number. Valid until the encoder is used again.</summary>
    internal EncodedFacts EncodeKnown(Facts facts)
    {
        _knownOnly = true;
        Clear();
        Fill(facts);
        _knownOnly = false;
        return new(_data, _lists, _slots, _lines, _hasLines, _isIndexable, facts);
    }

    /// <summary>Texts and flags are numbered from 1; 0 is not given.</summary>
    internal static bool IsCode(FactType type) => type is FactType.Text or FactType.TextList or FactType.Path or FactType.Flag;

    private EncodedFacts Build(Facts? origin) =>
        new(_data.AsSpan(0, _slots + _lines * EncodedFacts.LineWidth).ToArray(), _listLength == 0 ? [] : _lists.AsSpan(0, _listLength).ToArray(), _slots, _lines, _hasLines, _isIndexable, origin);

    private void Fill(Facts facts)
    {
        foreach (var field in _symbols.Vocabulary.Fields)
            if (!field.IsLine) _data[field.Index] = Code(field, facts[field]);
        foreach (var (key, slot) in _symbols.Counters)
            if (slot < _slots) _data[slot] = Code(facts[key]);
        if (facts.Lines.IsDefault) return;
        WithLines();
        foreach (var line in facts.Lines)
        {
            var at = AddLine();
            foreach (var field in LineFields) _data[At(at, field)] = Code(field, line[field]);
        }
    }

    private int At(int line, Field field) => _slots + line * EncodedFacts.LineWidth + field.Index;

    private long Code(Field field, in FactValue value)
    {
        if (!IsCode(field.Type)) return Code(value);
        if (!value.IsGiven) return 0;
        if (field.Type == FactType.Flag) return value.Flag ? 2 : 1;
        var table = _symbols.Of(field);
        if (value.TextCount == 1) return Code(table, value.TextAt(0));
        var at = _listLength;
        if (at + value.TextCount + 1 > _lists.Length) Array.Resize(ref _lists, (at + value.TextCount + 1) * 2);
        _lists[_listLength++] = value.TextCount;
        for (var i = 0; i < value.TextCount; i++) _lists[_listLength++] = Code(table, value.TextAt(i));
        return -1 - at;
    }

    private int Code(SymbolTable table, string text) => _knownOnly ? table.Known(text) : table.Code(text);

    private long Code(in FactValue value) => value.Type switch
    {
        FactType.None => EncodedFacts.Missing,
        FactType.Number or FactType.Money => Scaled(value.Number),
        _ => (long)value.Number,
    };

    private long Exactly(decimal number)
    {
        var scaled = Scaled(number);
        if (_isExact && Math.Abs(number) <= ConditionLimits.MaxNumber) return scaled;
        _isExact = true;
        throw new ArgumentOutOfRangeException(nameof(number), number, "The number is too large or has more than four decimals; intake refuses it.");
    }

    private long Scaled(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        // The usual case without decimal arithmetic: a mantissa of 32 bits with at most four decimals.
        if ((bits[1] | bits[2]) == 0 && number.Scale <= 4)
        {
            var size = (uint)bits[0] * Powers[4 - number.Scale];
            return bits[3] < 0 ? -size : size;
        }
        var scaled = Math.Clamp(number, -ConditionLimits.MaxNumber, ConditionLimits.MaxNumber) * EncodedFacts.Scale;
        var whole = decimal.ToInt64(decimal.Truncate(scaled));
        _isExact &= whole == scaled;
        _isIndexable &= whole == scaled && whole is <= EncodedFacts.MaxIndexed and >= -EncodedFacts.MaxIndexed;
        return whole;
    }
}
