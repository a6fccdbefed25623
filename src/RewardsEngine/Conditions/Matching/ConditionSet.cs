using System.Collections.Concurrent;

namespace RewardsEngine.Conditions.Matching;

/// <summary>The conditions of many rules, judged together on one event: through the index when they are many, one by one when they are few. Safe for many threads.</summary>
internal sealed class ConditionSet
{
    /// <summary>Below this it takes longer to encode an event than to test every condition on it.</summary>
    public const int FewEnoughToTryEach = 24;

    private readonly Condition?[] _conditions;
    private readonly Lazy<Prepared>? _prepared;

    /// <param name="conditions">By rule; null always holds.</param>
    /// <param name="vocabulary">What they were checked against.</param>
    /// <param name="tryEachUpTo">So many conditions are tested one by one.</param>
    public ConditionSet(Condition?[] conditions, Vocabulary vocabulary, int tryEachUpTo = FewEnoughToTryEach)
    {
        _conditions = conditions;
        // Prepared when first needed: a rule set that is only checked, as before publishing, never pays for it.
        if (conditions.Count(condition => condition is not null) > tryEachUpTo) _prepared = new(() => new(conditions, vocabulary));
    }

    /// <summary>Which conditions hold.</summary>
    public bool[] Holding(Facts facts)
    {
        var holds = new bool[_conditions.Length];
        if (_prepared is null)
        {
            for (var rule = 0; rule < holds.Length; rule++) holds[rule] = _conditions[rule] is not { } condition || condition.Test(facts);
            return holds;
        }
        var desk = _prepared.Value.Take();
        foreach (var found in desk.Matcher.Match(desk.Encoder.EncodeKnown(facts))) holds[desk.Owner.Rules[found]] = true;
        foreach (var rule in desk.Owner.Unconditional) holds[rule] = true;
        desk.Owner.GiveBack(desk);
        return holds;
    }

    /// <summary>A judge of how far conditions are from holding on some facts; to be disposed.</summary>
    public Judge On(Facts facts) => new(_conditions, _prepared?.Value.Take(), facts);

    /// <summary>What is reckoned once for all events.</summary>
    internal sealed class Prepared
    {
        private readonly ConcurrentBag<Desk> _desks = [];
        private readonly RuleIndex _index;

        public Prepared(Condition?[] conditions, Vocabulary vocabulary)
        {
            Rules = [.. Enumerable.Range(0, conditions.Length).Where(rule => conditions[rule] is not null)];
            Unconditional = [.. Enumerable.Range(0, conditions.Length).Where(rule => conditions[rule] is null)];
            var symbols = new Symbols(vocabulary);
            _index = RuleIndex.Build(Rules.Select(rule => conditions[rule]!), symbols);
            Distances = new(() => new(conditions, symbols));
        }

        /// <summary>The rules of the index's conditions.</summary>
        public int[] Rules { get; }

        public int[] Unconditional { get; }

        public Lazy<Distances> Distances { get; }

        public Symbols Symbols => _index.Symbols;

        public Desk Take() => _desks.TryTake(out var desk) ? desk : new(this, _index);

        public void GiveBack(Desk desk) => _desks.Add(desk);
    }

    /// <summary>The memory that one event is judged in; used by one thread at a time.</summary>
    internal sealed class Desk(Prepared owner, RuleIndex index)
    {
        private LineGroup?[]? _groups;

        public Prepared Owner => owner;

        public RuleMatcher Matcher { get; } = new(index);

        public FactsEncoder Encoder { get; } = new(index.Symbols);

        /// <summary>The texts of the lines and their sums, for distances.</summary>
        public LineGroup?[] Read(in EncodedFacts facts)
        {
            _groups ??= Groups();
            foreach (var group in _groups) group?.Read(facts);
            return _groups;
        }

        private LineGroup?[] Groups()
        {
            var groups = new LineGroup?[EncodedFacts.LineWidth];
            foreach (var (field, numbers) in owner.Distances.Value.Groups)
            {
                var table = owner.Symbols.Of(isLine: true, field)!;
                groups[field] = new(table, field);
                groups[field]!.Begin(System.Numerics.BitOperations.Log2((uint)table.Bound) + 1);
                groups[field]!.WantAll();
                foreach (var number in numbers) groups[field]!.SumsOf(number);
            }
            return groups;
        }
    }

    /// <summary>Tells how far conditions are from holding on some facts.</summary>
    internal readonly ref struct Judge
    {
        private readonly Condition?[] _conditions;
        private readonly Desk? _desk;
        private readonly Facts _facts;
        private readonly EncodedFacts _encoded;
        private readonly LineGroup?[] _groups;

        public Judge(Condition?[] conditions, Desk? desk, Facts facts)
        {
            (_conditions, _desk, _facts, _groups) = (conditions, desk, facts, []);
            if (desk is null) return;
            _encoded = desk.Encoder.EncodeKnown(facts);
            _groups = desk.Read(_encoded);
        }

        /// <summary>How many tests must turn.</summary>
        public int Distance(int rule) => _desk is null ? _conditions[rule]!.Distance(_facts) : _desk.Owner.Distances.Value.Of(rule, _encoded, _groups);

        /// <summary>How far the values are from what is needed, in millionths.</summary>
        public int Gap(int rule) => _desk is null ? Gaps.Of(Explaining.Explainer.Failed(_conditions[rule]!.Root, _facts)) : _desk.Owner.Distances.Value.GapOf(rule, _encoded, _groups);

        public void Dispose()
        {
            if (_desk is not null) _desk.Owner.GiveBack(_desk);
        }
    }
}
