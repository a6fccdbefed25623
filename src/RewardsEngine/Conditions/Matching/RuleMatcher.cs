using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Matching;

/// <summary>Finds the conditions of an index that hold for one event after the other, without allocating. Not for several threads at once.</summary>
public sealed class RuleMatcher
{
    private const int FewEnoughToTryEach = 8;

    private readonly LineGroup?[] _groupOf = new LineGroup?[EncodedFacts.LineWidth];
    private RuleIndex _index = null!;
    private LineGroup[] _groups = [];
    private Plan[] _plans = [];
    private int[] _found = [];
    private long[] _foundAt = [];
    private ulong[] _candidates = new ulong[16];
    private long _event;
    private int _count;
    private Facts? _facts;

    /// <summary>What a table needs of the event, looked up once.</summary>
    private sealed record Plan(Table Table, KeyPart[] Keys, int ListKey, int RangeSlot, LineGroup? Line, long[]? Sums, LineGroup? Mask, bool IsPlain);

    /// <summary>A matcher with memory of its own.</summary>
    public RuleMatcher(RuleIndex index) => Use(index);

    /// <summary>Goes over to another index with the same symbols, as after a rule was replaced: the memory is kept.</summary>
    /// <exception cref="ArgumentException">The index has other symbols.</exception>
    public void Use(RuleIndex index)
    {
        if (_index is not null && !ReferenceEquals(index.Symbols, _index.Symbols)) throw new ArgumentException("The index has other symbols than the one before.", nameof(index));
        _index = index;
        // One more than can hold: a place to write to before it is known whether it counts.
        if (_found.Length <= index.Conditions.Count) _found = new int[index.Conditions.Count + 1];
        Span<int> bits = stackalloc int[EncodedFacts.LineWidth];
        bits.Fill(-1);
        foreach (var table in index.Tables)
        {
            if (table.Shape.LineField is >= 0 and var line) bits[line] = Math.Max(bits[line], table.Layout.LineBits);
            if (table.Shape.MaskField is >= 0 and var mask) bits[mask] = Math.Max(bits[mask], 6);
            if (table.MayRepeat && _foundAt.Length < _found.Length) _foundAt = new long[_found.Length];
        }
        foreach (var field in Fields.All)
            if (field.IsLine && bits[field.Index] >= 0) (_groupOf[field.Index] ??= new(index.Symbols.Of(field), field.Index)).Begin(bits[field.Index]);
        _plans = Array.ConvertAll(index.Tables, Planned);
        var used = new List<LineGroup>();
        for (var field = 0; field < bits.Length; field++)
            if (bits[field] >= 0) used.Add(_groupOf[field]!);
        _groups = [.. used];
    }

    private Plan Planned(Table table)
    {
        var shape = table.Shape;
        var (line, mask) = (shape.LineField < 0 ? null : _groupOf[shape.LineField], shape.MaskField < 0 ? null : _groupOf[shape.MaskField]);
        line?.Want(table.LineCodes);
        mask?.WantMask();
        return new(table, table.Layout.Keys, shape.ListKey, shape.RangeSlot, line, shape.SumField < 0 ? null : line!.SumsOf(shape.SumField), mask, table.Entries.Checks is null && !table.MayRepeat);
    }

    /// <summary>The positions of the conditions that hold, in no order. Valid until the next call.</summary>
    public ReadOnlySpan<int> Match(scoped in EncodedFacts facts)
    {
        _count = 0;
        _event++;
        _facts = null;
        if (!facts.IsIndexable || facts.SlotCount < _index.SlotCount) return MatchEach(facts);
        foreach (var group in _groups) group.Read(facts);
        foreach (var plan in _plans) Match(plan, facts);
        return _found.AsSpan(0, _count);
    }

    private void Match(Plan plan, in EncodedFacts facts)
    {
        var data = facts.Data;
        ulong key = 0;
        var keys = plan.Keys;
        for (var i = 0; i < keys.Length; i++)
        {
            ref readonly var part = ref keys[i];
            var code = data[part.Slot];
            if (code <= 0)
            {
                if (i == plan.ListKey && code < 0) continue;
                return;
            }
            if (code >> part.Bits != 0) return;
            key |= (ulong)code << part.Shift;
        }
        var value = plan.RangeSlot < 0 ? long.MaxValue : data[plan.RangeSlot];
        if (plan.ListKey >= 0 && data[keys[plan.ListKey].Slot] < 0) List(plan, facts, key, value);
        else Lines(plan, facts, key, value);
    }

    /// <summary>Several texts where most events have one: each is looked up.</summary>
    private void List(Plan plan, in EncodedFacts facts, ulong key, long value)
    {
        var part = plan.Keys[plan.ListKey];
        var list = facts.List(facts.Data[part.Slot]);
        for (var i = 0; i < list.Length; i++)
            if (list[i] != 0 && list[i] >> part.Bits == 0 && !list[..i].Contains(list[i])) Lines(plan, facts, key | (ulong)list[i] << part.Shift, value);
    }

    private void Lines(Plan plan, in EncodedFacts facts, ulong key, long value)
    {
        if (plan.Line is not { } line)
        {
            if (plan.Table.Directory.Find(key) is >= 0 and var group) Bucket(plan, facts, group, value);
            return;
        }
        var (table, sums, count) = (plan.Table, plan.Sums, line.Count);
        if (count == 0) return;
        if (_candidates.Length < count) _candidates = new ulong[count * 2];
        var (shift, met, candidates, hits) = (table.Layout.LineShift, line.Met, _candidates, 0);
        // Whether a text has rules is as good as random: first those that do are written down, without a branch.
        if (table.Directory.IsDense)
            for (var i = 0; i < count; i++)
            {
                candidates[hits] = (ulong)met[i];
                hits += table.Directory.Has(key | (ulong)met[i] << shift);
            }
        else
            for (; hits < count; hits++) candidates[hits] = (ulong)met[hits];
        for (var i = 0; i < hits; i++)
            if (table.Directory.Find(key | candidates[i] << shift) is >= 0 and var group) Bucket(plan, facts, group, sums is null ? value : sums[candidates[i]]);
    }

    private void Bucket(Plan plan, in EncodedFacts facts, int group, long value)
    {
        var (entries, starts) = (plan.Table.Entries, plan.Table.Starts);
        var (start, end) = (starts[group], starts[group + 1]);
        var lows = entries.Lows;
        if (end - start > FewEnoughToTryEach)
        {
            end = Reached(lows, start, end, value);
            if (start == end) return;
        }
        var (rules, highs, masks, found, count) = (entries.Rules, entries.Highs, entries.Masks, _found, _count);
        if (plan.IsPlain)
        {
            // Without a branch: whether one is reached is as good as random.
            if (masks is not null)
            {
                var mask = plan.Mask!.Mask;
                if (highs is not null)
                    for (var i = start; i < end; i++)
                    {
                        found[count] = rules[i];
                        count += (lows[i] <= value ? 1 : 0) & (highs[i] >= value ? 1 : 0) & ((masks[i] & mask) != 0 ? 1 : 0);
                    }
                else
                    for (var i = start; i < end; i++)
                    {
                        found[count] = rules[i];
                        count += (lows[i] <= value ? 1 : 0) & ((masks[i] & mask) != 0 ? 1 : 0);
                    }
            }
            else if (highs is not null)
                for (var i = start; i < end; i++)
                {
                    found[count] = rules[i];
                    count += (lows[i] <= value ? 1 : 0) & (highs[i] >= value ? 1 : 0);
                }
            else
                for (var i = start; i < end; i++)
                {
                    found[count] = rules[i];
                    count += lows[i] <= value ? 1 : 0;
                }
            _count = count;
        }
        else Checked(plan, facts, start, end, value);
    }

    private void Checked(Plan plan, in EncodedFacts facts, int start, int end, long value)
    {
        var entries = plan.Table.Entries;
        var mask = plan.Mask?.Mask ?? 0;
        for (var i = start; i < end; i++)
        {
            if (entries.Lows[i] > value || entries.Highs is { } highs && highs[i] < value || entries.Masks is { } masks && (masks[i] & mask) == 0) continue;
            if (entries.Checks is { } all && all[i] is { } checks && !Passes(checks, facts)) continue;
            var rule = entries.Rules[i];
            if (plan.Table.MayRepeat)
            {
                if (_foundAt[rule] == _event) continue;
                _foundAt[rule] = _event;
            }
            _found[_count++] = rule;
        }
    }

    /// <summary>The end of the entries whose lower bound the value reaches.</summary>
    private static int Reached(long[] lows, int start, int end, long value)
    {
        // Halved without a branch: which half it is cannot be foreseen.
        var (from, count) = (start, end - start);
        while (count > 1)
        {
            var half = count >>> 1;
            from += lows[from + half - 1] <= value ? half : 0;
            count -= half;
        }
        return from + (lows[from] <= value ? 1 : 0);
    }

    private bool Passes(Check[] checks, in EncodedFacts facts)
    {
        foreach (ref readonly var check in checks.AsSpan())
        {
            var passes = check.Kind switch
            {
                CheckKind.Range => facts.Data[check.Slot] is var number && number >= check.Low && number <= check.High,
                CheckKind.Key => Has(facts, facts.Data[check.Slot], check.Codes!),
                CheckKind.Line => AnyLine(facts, check.Slot, check.Codes!),
                CheckKind.Sum => Sum(facts, check) >= check.Low,
                _ => check.Node!.Test(_facts ??= facts.Decode(_index.Symbols), null) == Truth.True,
            };
            if (!passes) return false;
        }
        return true;
    }

    internal static bool Has(in EncodedFacts facts, long value, int[] codes)
    {
        if (value >= 0) return value != 0 && Array.BinarySearch(codes, (int)value) >= 0;
        foreach (var code in facts.List(value))
            if (Array.BinarySearch(codes, (int)code) >= 0) return true;
        return false;
    }

    private bool AnyLine(in EncodedFacts facts, int field, int[] codes)
    {
        for (var line = 0; line < facts.LineCount; line++)
            if (LineHas(facts, line, field, codes)) return true;
        return false;
    }

    private bool LineHas(in EncodedFacts facts, int line, int field, ReadOnlySpan<int> codes)
    {
        var value = facts.Line(line)[field];
        if (value >= 0) return Within(field, (int)value, codes);
        foreach (var code in facts.List(value))
            if (Within(field, (int)code, codes)) return true;
        return false;
    }

    /// <summary>Whether a text, or a path above it, is one of some.</summary>
    private bool Within(int field, int code, ReadOnlySpan<int> codes)
    {
        if (field != Fields.LineCategory.Index) return code != 0 && codes.BinarySearch(code) >= 0;
        var table = _index.Symbols.Of(Fields.LineCategory);
        for (; code != 0; code = table.Parent(code))
            if (codes.BinarySearch(code) >= 0) return true;
        return false;
    }

    private long Sum(in EncodedFacts facts, in Check check)
    {
        var sum = 0L;
        var code = (int)check.High;
        for (var line = 0; line < facts.LineCount; line++)
        {
            if (!LineHas(facts, line, check.Slot, new ReadOnlySpan<int>(in code))) continue;
            var number = facts.Line(line)[check.Number];
            sum += number == EncodedFacts.Missing ? 0 : number;
        }
        return sum;
    }

    /// <summary>Evaluates every condition: for events with amounts beyond what the index sums.</summary>
    private ReadOnlySpan<int> MatchEach(scoped in EncodedFacts facts)
    {
        _facts = facts.Decode(_index.Symbols);
        for (var rule = 0; rule < _index.Conditions.Count; rule++)
            if (_index.Conditions[rule].Test(_facts)) _found[_count++] = rule;
        return _found.AsSpan(0, _count);
    }
}
