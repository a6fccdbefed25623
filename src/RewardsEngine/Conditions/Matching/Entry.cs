using System.Collections.Immutable;
using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Matching;

/// <summary>One way in which a rule can be found: the key it is looked up by, its lower bound, and what is left to check.</summary>
internal sealed record Entry(int Rule, ImmutableArray<int> Codes, int LineCode, long Low, ulong Mask, ImmutableArray<Check> Checks, bool MayRepeat);

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
internal readonly record struct Check(CheckKind Kind, int Slot, long Low, long High, int[]? Codes, Node? Node, int Number = -1, bool IsList = false, bool IsLast = false);

/// <summary>Turns one conjunction of terms into the entries of a table.</summary>
internal static class EntryBuilder
{
    private const int MaxEntries = 64;
    private const int MaxLineEntries = 16;

    public static (Shape Shape, List<Entry> Entries) Build(int rule, List<Term> terms, bool isAlternative, Symbols symbols)
    {
        var checks = new List<Check>();
        var (line, mask) = Lines(terms, terms.Exists(t => t is KeyTerm), checks, symbols);
        var lineField = line switch { SumTerm sum => sum.Field, LineTerm has => has.Field, _ => -1 };
        var keys = Keys(terms, lineField < 0 ? 0 : Layout.Width(lineField, isLine: true, symbols), checks, symbols);
        var range = Range(terms, line is SumTerm, checks);
        var list = keys.FindIndex(k => k.IsList);
        var shape = new Shape([.. keys.Select(k => k.Slot)], list,
            lineField, (line as SumTerm)?.Number ?? -1, range?.Slot ?? -1, mask?.Field ?? -1);
        var bits = mask?.Codes.Aggregate(0UL, (all, code) => all | 1UL << code) ?? 0;
        int[] lineCodes = line switch { SumTerm sum => [sum.Code], LineTerm has => has.Codes, _ => [0] };
        var repeats = isAlternative || lineCodes.Length > 1 || list >= 0 && keys[list].Codes.Length > 1;
        var low = line is SumTerm s ? s.Low : range?.Low ?? long.MinValue;
        ImmutableArray<Check> left = [.. checks.Select((c, i) => c with { IsLast = i == checks.Count - 1 })];
        var entries = Combinations(keys).SelectMany(codes => lineCodes.Select(code => new Entry(rule, codes, code, low, bits, left, repeats))).ToList();
        return (shape, entries);
    }

    private static List<KeyTerm> Keys(List<Term> terms, int bits, List<Check> checks, Symbols symbols)
    {
        var chosen = new List<KeyTerm>();
        var count = 1;
        foreach (var key in terms.OfType<KeyTerm>().OrderBy(k => k.Codes.Length))
        {
            var width = Layout.Width(key.Slot, isLine: false, symbols);
            if (bits + width > Layout.MaxBits || count * key.Codes.Length > MaxEntries || key.IsList && chosen.Exists(c => c.IsList) || chosen.Exists(c => c.Slot == key.Slot))
            {
                checks.Add(new(CheckKind.Key, key.Slot, 0, 0, key.Codes, null, IsList: key.IsList));
                continue;
            }
            chosen.Add(key);
            count *= key.Codes.Length;
            bits += width;
        }
        return [.. chosen.OrderBy(k => k.Slot)];
    }

    /// <summary>The line test that is looked up, and the one that is tested by bits; the rest is left to check.</summary>
    private static (Term? Lookup, LineTerm? Mask) Lines(List<Term> terms, bool hasKeys, List<Check> checks, Symbols symbols)
    {
        Term? lookup = terms.OfType<SumTerm>().OrderByDescending(s => Layout.Width(s.Field, isLine: true, symbols)).FirstOrDefault();
        LineTerm? mask = null;
        foreach (var term in terms)
        {
            switch (term)
            {
                case SumTerm sum when !ReferenceEquals(sum, lookup): checks.Add(new(CheckKind.Sum, sum.Field, sum.Low, sum.Code, null, null, sum.Number)); break;
                case LineTerm has when lookup is null && (!hasKeys || has.Codes[^1] >= 64) && has.Codes.Length <= MaxLineEntries: lookup = has; break;
                case LineTerm has when mask is null && has.Codes[^1] < 64: mask = has; break;
                case LineTerm has: checks.Add(new(CheckKind.Line, has.Field, 0, 0, has.Codes, null)); break;
                case NodeTerm node: checks.Add(new(CheckKind.Node, 0, 0, 0, null, node.Node)); break;
            }
        }
        return (lookup, mask);
    }

    private static RangeTerm? Range(List<Term> terms, bool isSummed, List<Check> checks)
    {
        var ranges = terms.OfType<RangeTerm>().ToList();
        var sorted = isSummed ? null : ranges.OrderBy(r => r.Slot).FirstOrDefault(r => r.Low > EncodedFacts.Missing + 1);
        foreach (var range in ranges)
        {
            if (ReferenceEquals(range, sorted) && range.High == long.MaxValue) continue;
            checks.Insert(0, new(CheckKind.Range, range.Slot, range.Low, range.High, null, null));
        }
        return sorted;
    }

    private static IEnumerable<ImmutableArray<int>> Combinations(List<KeyTerm> keys) =>
        keys.Aggregate<KeyTerm, IEnumerable<ImmutableArray<int>>>([[]], (all, key) => all.SelectMany(codes => key.Codes.Select(codes.Add)));
}
