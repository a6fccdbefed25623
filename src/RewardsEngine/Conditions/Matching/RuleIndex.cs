namespace RewardsEngine.Conditions.Matching;

/// <summary>Finds, among many conditions, those that hold for an event, by looking at only those that nearly do. Immutable; every thread uses a <see cref="RuleMatcher"/> of its own.</summary>
/// <remarks>Equalities are looked up, lower bounds sorted, presence on lines tested by bits; what is left is checked one by one. A condition that fits no pattern is simply evaluated, so the answer is always that of <see cref="Condition.Test"/>.</remarks>
public sealed class RuleIndex
{
    /// <summary>From so many rules on their tables are built on all processors.</summary>
    private const int ManyRules = 1_000;

    private readonly Chunked<Condition> _conditions;

    private RuleIndex(Symbols symbols, Chunked<Condition> conditions, Table[] tables)
    {
        Symbols = symbols;
        _conditions = conditions;
        Tables = tables;
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
        var (reader, terms) = (new TermReader(symbols), new Term[all.Length][][]);
        for (var rule = 0; rule < all.Length; rule++) terms[rule] = Read(all[rule], symbols, reader);
        var builder = new EntryBuilder(symbols);
        for (var rule = 0; rule < all.Length; rule++) Collect(rule, terms[rule], builder);
        Collected[] collected = [.. builder.Tables.Values];
        var tables = new Table[collected.Length];
        if (all.Length < ManyRules) for (var at = 0; at < tables.Length; at++) tables[at] = Table.Build(collected[at]);
        else Parallel.For(0, tables.Length, at => tables[at] = Table.Build(collected[at]));
        return new(symbols, new(all), tables);
    }

    /// <summary>The index with one condition replaced; everything that does not concern it is shared.</summary>
    public RuleIndex With(int rule, Condition condition)
    {
        var builder = new EntryBuilder(Symbols);
        Collect(rule, Read(condition, Symbols, new(Symbols)), builder);
        var tables = new List<Table>(Tables.Length + 1);
        foreach (var table in Tables)
        {
            var added = builder.Take(table.Shape);
            var changed = added is not null || table.Entries.Rules.AsSpan().Contains(rule) ? table.With(rule, added) : table;
            if (!changed.IsEmpty) tables.Add(changed);
        }
        foreach (var added in builder.Tables.Values) tables.Add(Table.Build(added));
        return new(Symbols, _conditions.With(rule, condition), [.. tables]);
    }

    private static Term[][] Read(Condition condition, Symbols symbols, TermReader reader) => ReferenceEquals(condition.Vocabulary, symbols.Vocabulary)
        ? reader.Read(condition.Root)
        : throw new ArgumentException("The condition was checked against another vocabulary than that of the symbols.", nameof(condition));

    private static void Collect(int rule, Term[][] alternatives, EntryBuilder builder)
    {
        foreach (var terms in alternatives) builder.Add(rule, terms, alternatives.Length > 1);
    }
}
