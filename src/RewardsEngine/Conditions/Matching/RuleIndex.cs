using System.Collections.Immutable;

namespace RewardsEngine.Conditions.Matching;

/// <summary>Finds, among many conditions, those that hold for an event, by looking at only those that nearly do. Immutable; every thread uses a <see cref="RuleMatcher"/> of its own.</summary>
/// <remarks>Equalities are looked up, lower bounds sorted, presence on lines tested by bits; what is left is checked one by one. A condition that fits no pattern is simply evaluated, so the answer is always that of <see cref="Condition.Test"/>.</remarks>
public sealed class RuleIndex
{
    private readonly Condition[] _conditions;
    private readonly ImmutableArray<Shape>[] _shapesOf;
    private readonly Dictionary<Shape, Table> _byShape;

    private RuleIndex(Symbols symbols, Condition[] conditions, ImmutableArray<Shape>[] shapesOf, Dictionary<Shape, Table> byShape)
    {
        Symbols = symbols;
        _conditions = conditions;
        _shapesOf = shapesOf;
        _byShape = byShape;
        Tables = [.. byShape.Values];
        SlotCount = symbols.SlotCount;
    }

    /// <summary>The symbols that events must be encoded with.</summary>
    public Symbols Symbols { get; }

    /// <summary>The conditions; a match is told by the position here.</summary>
    public IReadOnlyList<Condition> Conditions => _conditions;

    internal Table[] Tables { get; }

    /// <summary>How many values an event must bring for the index to be used.</summary>
    internal int SlotCount { get; }

    /// <summary>Builds the index.</summary>
    /// <exception cref="ArgumentException">A condition was checked against another vocabulary than the symbols'.</exception>
    public static RuleIndex Build(IEnumerable<Condition> conditions, Symbols symbols)
    {
        var all = conditions.ToArray();
        // All texts get their numbers first, in the order of the rules: how a rule is best looked up depends on how many there are.
        var terms = Array.ConvertAll(all, c => Terms(c, symbols));
        var entries = new Dictionary<Shape, List<Entry>>();
        var shapes = new ImmutableArray<Shape>[all.Length];
        for (var rule = 0; rule < all.Length; rule++)
        {
            var found = Entries(rule, terms[rule], symbols);
            shapes[rule] = [.. found.Select(f => f.Shape).Distinct()];
            foreach (var (shape, list) in found)
            {
                if (!entries.TryGetValue(shape, out var known)) entries[shape] = known = [];
                known.AddRange(list);
            }
        }
        var tables = entries.ToArray();
        var built = new Table[tables.Length];
        Parallel.For(0, tables.Length, at => built[at] = Table.Build(tables[at].Key, tables[at].Value, symbols));
        return new(symbols, all, shapes, built.ToDictionary(table => table.Shape));
    }

    /// <summary>The index with one condition replaced; everything that does not concern it is shared.</summary>
    public RuleIndex With(int rule, Condition condition)
    {
        var added = Entries(rule, Terms(condition, Symbols), Symbols).GroupBy(f => f.Shape).ToDictionary(g => g.Key, g => g.SelectMany(f => f.Entries).ToList());
        Condition[] conditions = [.. _conditions];
        conditions[rule] = condition;
        if (added.Keys.Any(shape => !new Layout(shape, Symbols).Fits)) return Build(conditions, Symbols);
        var tables = new Dictionary<Shape, Table>(_byShape);
        foreach (var shape in _shapesOf[rule].Concat(added.Keys).Distinct())
        {
            var entries = added.GetValueOrDefault(shape) ?? [];
            var table = tables.TryGetValue(shape, out var known) ? known.With(rule, entries, Symbols) : Table.Build(shape, entries, Symbols);
            if (table.IsEmpty) tables.Remove(shape);
            else tables[shape] = table;
        }
        ImmutableArray<Shape>[] shapes = [.. _shapesOf];
        shapes[rule] = [.. added.Keys];
        return new(Symbols, conditions, shapes, tables);
    }

    private static List<List<Term>> Terms(Condition condition, Symbols symbols) => ReferenceEquals(condition.Vocabulary, symbols.Vocabulary)
        ? new TermReader(symbols).Read(condition.Root)
        : throw new ArgumentException("The condition was checked against another vocabulary than that of the symbols.", nameof(condition));

    private static List<(Shape Shape, List<Entry> Entries)> Entries(int rule, List<List<Term>> alternatives, Symbols symbols) =>
        [.. alternatives.Select(terms => EntryBuilder.Build(rule, terms, alternatives.Count > 1, symbols))];
}
