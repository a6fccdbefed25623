using System.Runtime.CompilerServices;

namespace RewardsEngine.Conditions.Matching;

/// <summary>The distinct texts of one line field in an event, with the sums over their lines. Memory is kept from event to event.</summary>
internal sealed class LineGroup(SymbolTable table, int lineField, int bits)
{
    // A text was met in this event when its mark is above the event's first; marks grow from line to line and never repeat.
    private readonly long[] _marks = new long[1 << bits];
    private readonly List<int> _numbers = [];
    private readonly List<long[]> _sums = [];
    private long _mark;
    private long _first;

    /// <summary>The texts met, in order.</summary>
    public int[] Met { get; } = new int[1 << bits];

    public int Count { get; private set; }

    /// <summary>A bit for each text met whose number is below 64.</summary>
    public ulong Mask { get; private set; }

    /// <summary>The sums of a line number by text.</summary>
    public long[] SumsOf(int number)
    {
        var at = _numbers.IndexOf(number);
        if (at >= 0) return _sums[at];
        _numbers.Add(number);
        _sums.Add(new long[1 << bits]);
        return _sums[^1];
    }

    /// <summary>Whether a text was met in this event.</summary>
    public bool Has(int code) => _marks[code] > _first;

    public void Read(in EncodedFacts facts)
    {
        Count = 0;
        Mask = 0;
        _first = _mark;
        for (var line = 0; line < facts.LineCount; line++)
        {
            _mark++;
            var values = facts.Line(line);
            var code = values[lineField];
            if (code > 0) Meet((int)code, values);
            else if (code < 0)
                foreach (var one in facts.List(code)) Meet((int)one, values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Meet(int code, ReadOnlySpan<long> values)
    {
        Add(code, values);
        if (!table.IsPath) return;
        for (var parent = table.Parent(code); parent != 0; parent = table.Parent(parent)) Add(parent, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int code, ReadOnlySpan<long> values)
    {
        var marks = _marks;
        if ((uint)code >= (uint)marks.Length) return;
        var isNew = marks[code] <= _first;
        if (marks[code] == _mark) return;
        marks[code] = _mark;
        if (isNew)
        {
            Met[Count++] = code;
            if (code < 64) Mask |= 1UL << code;
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
