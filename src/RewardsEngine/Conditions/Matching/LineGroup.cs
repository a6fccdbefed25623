namespace RewardsEngine.Conditions.Matching;

/// <summary>The distinct texts of one line field in an event, with the sums over their lines. Memory is kept from event to event.</summary>
internal sealed class LineGroup(SymbolTable table, int lineField)
{
    private readonly List<int> _numbers = [];
    private readonly List<long[]> _sums = [];

    // A text was met in this event when its last line is not before the event's first; lines are counted on from event to event.
    private int[] _last = [];
    private ulong[] _wanted = [];
    private int _first;
    private int _next = 1;
    private bool _hasMask;

    /// <summary>The texts met, each once.</summary>
    public int[] Met { get; private set; } = new int[16];

    public int Count { get; private set; }

    /// <summary>A bit for each text met whose number is below 64.</summary>
    public ulong Mask { get; private set; }

    /// <summary>Forgets what is wanted.</summary>
    /// <param name="bits">So many bits have the numbers of texts that may be asked for.</param>
    public void Begin(int bits)
    {
        bits = Math.Max(bits, 6);
        if (_last.Length < 1 << bits)
        {
            _last = new int[1 << bits];
            Met = new int[Math.Max(Met.Length, 1 << bits)];
            _wanted = new ulong[1 << bits - 6];
            for (var i = 0; i < _sums.Count; i++) _sums[i] = new long[1 << bits];
        }
        _wanted.AsSpan().Clear();
        _hasMask = false;
    }

    /// <summary>Texts that are looked up: others are passed over.</summary>
    public void Want(ulong[] codes)
    {
        for (var i = 0; i < codes.Length; i++) _wanted[i] |= codes[i];
        _wanted[0] &= ~1UL; // 0 is no text
    }

    /// <summary>Everything is wanted.</summary>
    public void WantAll()
    {
        _wanted.AsSpan().Fill(ulong.MaxValue);
        WantMask();
    }

    /// <summary>The texts that have a bit are wanted.</summary>
    public void WantMask()
    {
        _wanted[0] = ~1UL;
        _hasMask = true;
    }

    /// <summary>The sums of a line number by text.</summary>
    public long[] SumsOf(int number)
    {
        var at = _numbers.IndexOf(number);
        if (at >= 0) return _sums[at];
        _numbers.Add(number);
        _sums.Add(new long[_last.Length]);
        return _sums[^1];
    }

    /// <summary>Whether a text was met in this event.</summary>
    public bool Has(int code) => _last[code] >= _first;

    public void Read(in EncodedFacts facts)
    {
        Count = 0;
        Mask = 0;
        if (_next > int.MaxValue / 2) Forget();
        _first = _next;
        _next += facts.LineCount;
        var (last, wanted, met, lines) = (_last, _wanted, Met, facts.LineCount);
        var at = facts.SlotCount + lineField;
        var data = facts.Data;
        if (lines > met.Length) met = Met = new int[lines * 2];
        // Without branches, as what a line holds is as good as random: what is not wanted goes to text 0.
        var odd = 0L;
        var parents = table.IsPath ? table.Parents : [];
        var count = 0;
        for (var line = 0; line < lines; line++, at += EncodedFacts.LineWidth)
        {
            var code = data[at];
            odd |= code;
            if ((ulong)code >= (ulong)last.Length)
            {
                odd |= parents.Length > 0 ? long.MinValue : 0; // a path that came later may lie below one that is wanted
                code = 0;
            }
            if (parents.Length > 0) odd |= -(long)parents[code];
            var isWanted = (int)(wanted[code >> 6] >> (int)code) & 1;
            code &= -isWanted;
            met[count] = line * 2 + (last[code] >= _first ? 1 : 0);
            last[code] = _first + line;
            count += isWanted;
        }
        if (odd < 0) ReadEach(facts);
        else if (count > 0) Sum(data, facts.SlotCount, count);
    }

    /// <summary>Sums over the lines that are wanted: their positions, and whether their text was met before, stand where the texts will.</summary>
    private void Sum(long[] data, int slots, int lines)
    {
        var (met, count, mask, numbers) = (Met, 0, 0UL, _numbers.Count);
        for (var i = 0; i < lines; i++)
        {
            var at = slots + (met[i] >> 1) * EncodedFacts.LineWidth;
            var wasMet = met[i] & 1;
            var code = (int)data[at + lineField];
            for (var number = 0; number < numbers; number++)
            {
                var (sums, value) = (_sums[number], data[at + _numbers[number]]);
                sums[code] = (sums[code] & -(long)wasMet) + (value == EncodedFacts.Missing ? 0 : value);
            }
            met[count] = code;
            count += 1 - wasMet;
            mask |= (code < 64 ? 1UL : 0UL) << code;
        }
        Count = count;
        if (_hasMask) Mask = mask;
    }

    private void Forget()
    {
        _last.AsSpan().Clear();
        _next = 1;
    }

    /// <summary>Line by line: several texts in a line, or paths below others.</summary>
    private void ReadEach(in EncodedFacts facts)
    {
        // Lines are counted anew, so that nothing counts as met.
        _first = _next;
        _next += facts.LineCount;
        for (var line = 0; line < facts.LineCount; line++)
        {
            var values = facts.Line(line);
            var code = values[lineField];
            if (code > 0) Meet((int)code, values, _first + line);
            else if (code < 0)
                foreach (var one in facts.List(code)) Meet((int)one, values, _first + line);
        }
    }

    private void Meet(int code, ReadOnlySpan<long> values, int line)
    {
        Add(code, values, line);
        if (!table.IsPath) return;
        for (var parent = table.Parent(code); parent != 0; parent = table.Parent(parent)) Add(parent, values, line);
    }

    private void Add(int code, ReadOnlySpan<long> values, int line)
    {
        if ((uint)code >= (uint)_last.Length || (_wanted[code >> 6] >> code & 1) == 0 || _last[code] == line) return;
        var isNew = _last[code] < _first;
        _last[code] = line;
        if (isNew)
        {
            if (Count == Met.Length) Met = [.. Met, .. new int[Met.Length]];
            Met[Count++] = code;
            if (_hasMask && code < 64) Mask |= 1UL << code;
        }
        for (var i = 0; i < _numbers.Count; i++)
        {
            var number = values[_numbers[i]];
            var sums = _sums[i];
            if (number == EncodedFacts.Missing) number = 0;
            sums[code] = isNew ? number : sums[code] + number;
        }
    }
}
