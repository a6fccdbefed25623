using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Explaining;

namespace RewardsEngine.Conditions.Matching;

/// <summary>How far many conditions are from holding, reckoned on encoded facts: the same answers as <see cref="Condition.Distance"/> and <see cref="Gaps"/>, in a fraction of the time.</summary>
internal sealed class Distances
{
    private readonly Condition?[] _conditions;
    private readonly Test[] _tests;
    private readonly int[] _alternatives;
    private readonly int[] _rules;

    /// <summary>One test of an alternative.</summary>
    private readonly record struct Test(CheckKind Kind, int Slot, long Low, long High, int[]? Codes = null, ulong Mask = 0, Node? Node = null, int Number = -1, bool IsOpen = false, bool IsMeasured = false);

    public Distances(Condition?[] conditions, Symbols symbols)
    {
        _conditions = conditions;
        var reader = new TermReader(symbols);
        var measured = Measured(symbols.Vocabulary);
        var (tests, alternatives) = (new List<Test>(), new List<int>());
        _rules = new int[conditions.Length + 1];
        for (var rule = 0; rule < conditions.Length; rule++)
        {
            _rules[rule] = alternatives.Count;
            if (conditions[rule] is not { } condition) continue;
            foreach (var terms in reader.Read(condition.Root))
            {
                alternatives.Add(tests.Count);
                foreach (var term in terms) tests.Add(Of(term, measured));
            }
        }
        _rules[^1] = alternatives.Count;
        alternatives.Add(tests.Count);
        (_tests, _alternatives) = ([.. tests], [.. alternatives]);
        Groups = [.. tests.Where(test => test.Kind is CheckKind.Line or CheckKind.Sum).GroupBy(test => test.Slot)
            .Select(group => (group.Key, group.Where(test => test.Kind == CheckKind.Sum).Select(test => test.Number).Distinct().ToArray()))];
    }

    /// <summary>The line fields whose texts are looked at, and the numbers summed over them.</summary>
    public (int Field, int[] Numbers)[] Groups { get; }

    /// <summary>The least number of tests that must turn for a condition to hold.</summary>
    public int Of(int rule, in EncodedFacts facts, LineGroup?[] groups)
    {
        if (_conditions[rule] is not { } condition) return 0;
        if (!facts.IsIndexable) return condition.Distance(facts.Origin!);
        var least = int.MaxValue;
        for (var alternative = _rules[rule]; alternative < _rules[rule + 1]; alternative++)
        {
            var failed = 0;
            foreach (ref readonly var test in _tests.AsSpan(_alternatives[alternative].._alternatives[alternative + 1])) failed += Fails(test, facts, groups);
            if (failed < least) least = failed;
        }
        return least;
    }

    /// <summary>How far the values are from what is needed, in millionths: see <see cref="Gaps"/>.</summary>
    public int GapOf(int rule, in EncodedFacts facts, LineGroup?[] groups)
    {
        var alternative = _rules[rule];
        if (!facts.IsIndexable || _rules[rule + 1] - alternative != 1) return Gaps.Of(Explainer.Failed(_conditions[rule]!.Root, facts.Origin!));
        var gap = -1;
        foreach (ref readonly var test in _tests.AsSpan(_alternatives[alternative].._alternatives[alternative + 1]))
        {
            if (Fails(test, facts, groups) == 0) continue;
            gap = Math.Max(gap, test.Kind switch
            {
                CheckKind.Node => Gaps.Of(Explainer.Failed(test.Node!, facts.Origin!)),
                CheckKind.Range when test.IsMeasured && facts.Data[test.Slot] != EncodedFacts.Missing => Gaps.Between(facts.Data[test.Slot], test.Low, test.High, test.IsOpen),
                CheckKind.Sum when facts.HasLines => Gaps.Between(SumOf(test, groups), test.Low, long.MaxValue, test.IsOpen),
                _ => Gaps.Whole,
            });
        }
        return gap < 0 ? Gaps.Whole : gap;
    }

    private static int Fails(in Test test, in EncodedFacts facts, LineGroup?[] groups) => test.Kind switch
    {
        CheckKind.Key => RuleMatcher.Has(facts, facts.Data[test.Slot], test.Codes!) ? 0 : 1,
        CheckKind.Range => facts.Data[test.Slot] is var number && number >= test.Low && number <= test.High ? 0 : 1,
        CheckKind.Line => test.Mask != 0 ? (groups[test.Slot]!.Mask & test.Mask) != 0 ? 0 : 1 : HasAny(groups[test.Slot]!, test.Codes!) ? 0 : 1,
        CheckKind.Sum => SumOf(test, groups) >= test.Low ? 0 : 1,
        _ => Explainer.Distance(test.Node!, facts.Origin!),
    };

    private static long SumOf(in Test test, LineGroup?[] groups)
    {
        var group = groups[test.Slot]!;
        var code = test.Codes![0];
        return group.Has(code) ? group.SumsOf(test.Number)[code] : 0;
    }

    private static bool HasAny(LineGroup group, int[] codes)
    {
        foreach (var code in codes)
            if (group.Has(code)) return true;
        return false;
    }

    private static Test Of(Term term, bool[] measured) => term switch
    {
        KeyTerm key => new(CheckKind.Key, key.Slot, 0, 0, key.Codes),
        RangeTerm range => new(CheckKind.Range, range.Slot, range.Low, range.High, IsOpen: range.IsOpen, IsMeasured: range.Slot >= measured.Length || measured[range.Slot]),
        LineTerm line => new(CheckKind.Line, line.Field, 0, 0, line.Codes, line.Codes[^1] < 64 ? EntryBuilder.Bits(line.Codes) : 0),
        SumTerm sum => new(CheckKind.Sum, sum.Field, sum.Low, 0, sum.Codes, Number: sum.Number, IsOpen: sum.IsOpen),
        NodeTerm node => new(CheckKind.Node, 0, 0, 0, Node: node.Node),
        _ => throw new InvalidOperationException($"{term.GetType().Name} has no test."),
    };

    /// <summary>Which places hold amounts and numbers: only between those can one say how far apart they are. Counters come after.</summary>
    private static bool[] Measured(Vocabulary vocabulary)
    {
        var measured = new bool[vocabulary.SlotCount];
        foreach (var field in vocabulary.Fields)
            if (!field.IsLine) measured[field.Index] = field.Type is FactType.Money or FactType.Number;
        return measured;
    }
}
