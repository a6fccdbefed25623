namespace RewardsEngine.Conditions.Matching;

/// <summary>Finds, among many conditions, those that hold for an event, by looking at only those that nearly do. Immutable; every thread uses a <see cref="RuleMatcher"/> of its own.</summary>
/// <remarks>Equalities are looked up, lower bounds sorted, presence on lines tested by bits; what is left is checked one by one. A condition that fits no pattern is simply evaluated, so the answer is always that of <see cref="Condition.Test"/>.</remarks>
public sealed class RuleIndex
{
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
        var (terms, reader, builder) = (new TermList(), new TermReader(symbols), new EntryBuilder(symbols));
        foreach (var condition in all) Read(condition, symbols, reader, terms);
        for (var rule = 0; rule < all.Length; rule++) Collect(rule, terms, rule, builder);
        var tables = new Table[builder.Tables.Count];
        var at = 0;
        foreach (var collected in builder.Tables.Values) tables[at++] = Table.Build(collected);
        return new(symbols, new(all), tables);
    }

    /// <summary>The index with one condition replaced; everything that does not concern it is shared.</summary>
    public RuleIndex With(int rule, Condition condition)
    {
        var (terms, builder) = (new TermList(), new EntryBuilder(Symbols));
        Read(condition, Symbols, new(Symbols), terms);
        Collect(rule, terms, 0, builder);
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

    private static void Read(Condition condition, Symbols symbols, TermReader reader, TermList into)
    {
        if (!ReferenceEquals(condition.Vocabulary, symbols.Vocabulary))
            throw new ArgumentException("The condition was checked against another vocabulary than that of the symbols.", nameof(condition));
        reader.Read(condition.Root, into);
    }

    private static void Collect(int rule, TermList terms, int condition, EntryBuilder builder)
    {
        var (first, end) = terms.Alternatives(condition);
        for (var alternative = first; alternative < end; alternative++) builder.Add(rule, terms.Terms(alternative), end - first > 1);
    }
}
