using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Matching;

/// <summary>Finds the conditions of an index that hold for one event after the other, without allocating. Not for several threads at once.</summary>
public sealed class RuleMatcher
{
    private readonly RuleIndex _index;
    private readonly LineGroup[] _groups;
    private readonly Plan[] _plans;
    private readonly int[] _found;
    private readonly long[] _foundAt;
    private long _event;
    private int _count;
    private Facts? _facts;

    /// <summary>What a table needs of the event, looked up once.</summary>
    private readonly record struct Plan(Table Table, LineGroup? Line, long[]? Sums, LineGroup? Mask);

    /// <summary>A matcher with memory of its own.</summary>
    public RuleMatcher(RuleIndex index)
    {
        _index = index;
        _found = new int[index.Conditions.Count + 1]; // one more than can hold: a place to write to before it is known whether it counts
        _foundAt = new long[index.Conditions.Count];
        var groups = index.Tables.SelectMany(t => new[] { (Field: t.Shape.LineField, Bits: t.Layout.LineBits), (Field: t.Shape.MaskField, Bits: 6) })
            .Where(f => f.Field >= 0)
            .GroupBy(f => f.Field)
            .ToDictionary(g => g.Key, g => new LineGroup(index.Symbols.Of(Fields.All.First(f => f.IsLine && f.Index == g.Key)), g.Key, g.Max(f => f.Bits)));
        _groups = [.. groups.Values];
        _plans = [.. index.Tables.Select(t => new Plan(t, Group(t.Shape.LineField), t.Shape.SumField < 0 ? null : Group(t.Shape.LineField)!.SumsOf(t.Shape.SumField), Group(t.Shape.MaskField)))];
        LineGroup? Group(int field) => field < 0 ? null : groups[field];
    }

    /// <summary>The positions of the conditions that hold, in no order. Valid until the next call.</summary>
    public ReadOnlySpan<int> Match(scoped in EncodedFacts facts)
    {
        _count = 0;
        _event++;
        _facts = null;
        if (!facts.IsIndexable || facts.SlotCount < _index.SlotCount) return MatchEach(facts);
        foreach (var group in _groups) group.Read(facts);
        foreach (ref readonly var plan in _plans.AsSpan()) Match(plan, facts);
        return _found.AsSpan(0, _count);
    }

    private void Match(in Plan plan, in EncodedFacts facts)
    {
        var (shape, layout) = (plan.Table.Shape, plan.Table.Layout);
        var data = facts.Data;
        ulong key = 0;
        for (var i = 0; i < shape.Keys.Length; i++)
        {
            if (i == shape.ListKey) continue;
            var code = data[shape.Keys[i]];
            if (code <= 0 || code >> layout.Bits[i] != 0) return;
            key |= (ulong)code << layout.Shifts[i];
        }
        var value = shape.RangeSlot < 0 ? long.MaxValue : data[shape.RangeSlot];
        if (shape.ListKey < 0) Lines(plan, facts, key, value);
        else List(plan, facts, key, value);
    }

    private void List(in Plan plan, in EncodedFacts facts, ulong key, long value)
    {
        var (shape, layout) = (plan.Table.Shape, plan.Table.Layout);
        var code = facts.Data[shape.Keys[shape.ListKey]];
        if (code == 0) return;
        var (bits, shift) = (layout.Bits[shape.ListKey], layout.Shifts[shape.ListKey]);
        if (code > 0)
        {
            if (code >> bits == 0) Lines(plan, facts, key | (ulong)code << shift, value);
            return;
        }
        var list = facts.List(code);
        for (var i = 0; i < list.Length; i++)
            if (list[i] >> bits == 0 && !list[..i].Contains(list[i])) Lines(plan, facts, key | (ulong)list[i] << shift, value);
    }

    private void Lines(in Plan plan, in EncodedFacts facts, ulong key, long value)
    {
        if (plan.Line is not { } line)
        {
            Bucket(plan, facts, key, value);
            return;
        }
        var (shift, bits) = (plan.Table.Layout.LineShift, plan.Table.Layout.LineBits);
        var sums = plan.Sums;
        foreach (var code in line.Met.AsSpan(0, line.Count))
            if (code >> bits == 0) Bucket(plan, facts, key | (ulong)code << shift, sums is null ? value : sums[code]);
    }

    private void Bucket(in Plan plan, in EncodedFacts facts, ulong key, long value)
    {
        var table = plan.Table;
        var (start, end) = table.Find(key);
        if (start == end) return;
        end = Reached(table.Lows, start, end, value);
        if (start == end) return;
        if (table.Masks is null && table.FirstCheck is null && !table.MayRepeat)
        {
            table.Rules.AsSpan(start, end - start).CopyTo(_found.AsSpan(_count));
            _count += end - start;
            return;
        }
        var (rules, masks, first) = (table.Rules, table.Masks, table.FirstCheck);
        var mask = plan.Mask?.Mask ?? 0;
        if (masks is not null && first is null && !table.MayRepeat)
        {
            _count = Masked(rules.AsSpan(start, end - start), masks.AsSpan(start, end - start), mask, _found, _count);
            return;
        }
        for (var i = start; i < end; i++)
        {
            if (masks is not null && (masks[i] & mask) == 0) continue;
            if (first is not null && first[i] >= 0 && !Passes(table.Checks, first[i], facts)) continue;
            var rule = rules[i];
            if (table.MayRepeat)
            {
                if (_foundAt[rule] == _event) continue;
                _foundAt[rule] = _event;
            }
            _found[_count++] = rule;
        }
    }

    /// <summary>Keeps the rules with a bit in common, without a branch: whether one has is as good as random.</summary>
    private static int Masked(ReadOnlySpan<int> rules, ReadOnlySpan<ulong> masks, ulong mask, int[] found, int count)
    {
        for (var i = 0; i < rules.Length && i < masks.Length; i++)
        {
            found[count] = rules[i];
            count += (masks[i] & mask) != 0 ? 1 : 0;
        }
        return count;
    }

    /// <summary>The end of the entries whose lower bound the value reaches.</summary>
    private static int Reached(long[] lows, int start, int end, long value)
    {
        if (value >= lows[end - 1]) return end;
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

    private bool Passes(Check[] checks, int at, in EncodedFacts facts)
    {
        for (; ; at++)
        {
            ref readonly var check = ref checks[at];
            var passes = check.Kind switch
            {
                CheckKind.Range => facts.Data[check.Slot] is var number && number >= check.Low && number <= check.High,
                CheckKind.Key => Has(facts, facts.Data[check.Slot], check.Codes!),
                CheckKind.Line => AnyLine(facts, check.Slot, check.Codes!),
                CheckKind.Sum => Sum(facts, check) >= check.Low,
                _ => check.Node!.Test(_facts ??= facts.Decode(_index.Symbols), null) == Truth.True,
            };
            if (!passes) return false;
            if (check.IsLast) return true;
        }
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
