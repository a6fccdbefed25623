using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Linting;

/// <summary>What is known about the values when some tests hold together. It may miss a contradiction, but never invents one.</summary>
internal sealed partial class Knowledge
{
    private readonly Vocabulary _vocabulary;
    private readonly Dictionary<Operand, NumberDomain> _numbers = [];
    private readonly Dictionary<Operand, NumberDomain> _ages = [];
    private readonly Dictionary<Operand, TextDomain> _texts = [];
    private readonly List<(Node Node, bool Negated)> _others = [];
    private readonly Dictionary<Operand, Node> _aggregates = [];

    public Knowledge(Vocabulary vocabulary) => _vocabulary = vocabulary;

    private Knowledge(Knowledge other)
    {
        _vocabulary = other._vocabulary;
        foreach (var (subject, domain) in other._numbers) _numbers[subject] = new(domain);
        foreach (var (subject, domain) in other._ages) _ages[subject] = new(domain);
        foreach (var (subject, domain) in other._texts) _texts[subject] = new(domain);
        foreach (var (subject, where) in other._aggregates) _aggregates[subject] = where;
        _others.AddRange(other._others);
    }

    /// <summary>Whether the tests cannot all hold.</summary>
    public bool IsImpossible => _numbers.Values.Any(d => d.IsEmpty) || _ages.Values.Any(d => d.IsEmpty) || _texts.Values.Any(d => d.IsEmpty) || OthersClash() || RelationsClash();

    /// <summary>The same and one more test.</summary>
    public Knowledge With(Node leaf, bool negated)
    {
        var more = new Knowledge(this);
        more.Learn(leaf, negated);
        return more;
    }

    /// <summary>Whether a test follows: it cannot fail, and the value it looks at is given because another test looks at it.</summary>
    public bool Implies(Node leaf, bool negated)
    {
        if (_others.Exists(o => o.Negated == negated && Same(o.Node, leaf))) return true;
        if (leaf is LinesNode lines) return LinesFollow(lines, negated);
        return leaf is LeafNode { Subject: var subject } && Knows(leaf, subject) && With(leaf, !negated).IsImpossible;
    }

    /// <summary>Whether a test holds for every value its subject can have.</summary>
    public static bool IsAlways(Vocabulary vocabulary, Node leaf, bool negated) => IsKnowable(leaf) && new Knowledge(vocabulary).With(leaf, !negated).IsImpossible;

    private static bool IsKnowable(Node leaf) => leaf is NumberNode { Needed: [FixedSource] } or BetweenNode { Needed: [FixedSource, FixedSource] } or NumberInNode or TextInNode { IsPath: false };

    private bool Knows(Node leaf, Operand subject) =>
        leaf is AgeNode ? _ages.ContainsKey(subject) : _numbers.ContainsKey(subject) || _texts.ContainsKey(subject);

    private void Learn(Node leaf, bool negated)
    {
        if (leaf is LeafNode { Source: AggregateSource { Where: var where }, Subject: var aggregate }) _aggregates[aggregate] = where;
        switch (leaf)
        {
            case NumberNode { Needed: [FixedSource bound] } number:
                Number(number.Subject).Compare(negated ? Opposite(number.Operator) : number.Operator, bound.Value.Number);
                break;
            case BetweenNode { Needed: [FixedSource low, FixedSource high] } between:
                var domain = Number(between.Subject);
                if (negated) domain.Outside(low.Value.Number, high.Value.Number);
                else
                {
                    domain.Compare(CompareOperator.GreaterOrEqual, low.Value.Number);
                    domain.Compare(CompareOperator.LessOrEqual, high.Value.Number);
                }
                break;
            case NumberInNode list when negated:
                foreach (var value in list.Values) Number(list.Subject).Outside(value, value);
                break;
            case NumberInNode list: Number(list.Subject).Only(list.Values); break;
            case TextNode { Needed: [FixedSource text] } test when IsPlain(test.Subject): Text(test.Subject).In([text.Value.Text], test.IsEqual == negated); break;
            case TextInNode { IsPath: false } list: Text(list.Subject).In(list.Values, negated); break;
            case StartsWithNode { Needed: [FixedSource prefix] } test when IsPlain(test.Subject): Text(test.Subject).StartsWith(prefix.Value.Text, negated); break;
            case AgeNode age: Age(age, negated); break;
            default: _others.Add((leaf, negated)); break;
        }
    }

    /// <summary>A span of months lasts 28 to 31 days each; only what holds for every length is concluded.</summary>
    private void Age(AgeNode age, bool negated)
    {
        if (!_ages.TryGetValue(age.Subject, out var domain)) _ages[age.Subject] = domain = new();
        var (shortest, longest) = Days(age.Span);
        var op = negated ? Opposite(age.Operator) : age.Operator;
        if (op is CompareOperator.GreaterOrEqual or CompareOperator.Greater or CompareOperator.Equal) domain.Compare(op == CompareOperator.Greater ? op : CompareOperator.GreaterOrEqual, shortest);
        if (op is CompareOperator.LessOrEqual or CompareOperator.Less or CompareOperator.Equal) domain.Compare(op == CompareOperator.Less ? op : CompareOperator.LessOrEqual, longest);
    }

    private static (decimal Shortest, decimal Longest) Days(Duration span) => span.Unit switch
    {
        TimeSpanUnit.Months => (Math.Max(span.Count * 28m, span.Count * 30.4m - 3), Math.Min(span.Count * 31m, span.Count * 30.5m + 3)),
        TimeSpanUnit.Years => (span.Count * 365m, span.Count * 366m),
        TimeSpanUnit.Weeks => (span.Count * 7m, span.Count * 7m),
        _ => (span.Count, span.Count),
    };

    private NumberDomain Number(Operand subject)
    {
        if (_numbers.TryGetValue(subject, out var domain)) return domain;
        return _numbers[subject] = subject switch
        {
            CounterOperand { Key: var key } => new(0, isWhole: key.Measure == Measure.Count),
            AggregateOperand aggregate when aggregate.Kind == Aggregate.Count || aggregate.Name.Name == Fields.LineQuantity.Name => new(0, isWhole: true),
            AggregateOperand => new(0),
            NameOperand name when _vocabulary.Find(name.Name) is { } field => Of(field),
            _ => new(),
        };
    }

    private static NumberDomain Of(Field field) => field switch
    {
        { Type: FactType.Flag } => new(0, 1, isWhole: true),
        { Unit: FactUnit.Hours } => new(0, 23, isWhole: true),
        { Name: var name } when name == Fields.LineQuantity.Name => new(1, isWhole: true),
        { Name: var name } when name == Fields.OrderQuantity.Name => new(0, isWhole: true),
        { Type: FactType.Date } => new(ConditionLimits.FirstDate.DayNumber, ConditionLimits.LastDate.DayNumber, isWhole: true),
        { Name: var name } when name.StartsWith("event.", StringComparison.Ordinal) || field.Unit == FactUnit.Points => new(),
        _ => new(0),
    };

    private TextDomain Text(Operand subject)
    {
        if (_texts.TryGetValue(subject, out var domain)) return domain;
        var field = subject is NameOperand name ? _vocabulary.Find(name.Name) : null;
        var choices = field == Fields.OrderCurrency ? [_vocabulary.Currency.Code] : field?.Choices;
        return _texts[subject] = new(field?.Type is not FactType.Text, choices);
    }

    /// <summary>Category paths are left out: equality and "in" mean different things for them.</summary>
    private bool IsPlain(Operand subject) => subject is NameOperand name && _vocabulary.Find(name.Name)?.Type is FactType.Text or FactType.TextList;

    private bool OthersClash()
    {
        for (var i = 0; i < _others.Count; i++)
            for (var j = 0; j < i; j++)
                if (_others[i].Negated != _others[j].Negated && Same(_others[i].Node, _others[j].Node) || LinesClash(_others[i], _others[j]) || LinesClash(_others[j], _others[i])) return true;
        return _others.Exists(o => o.Node is LinesNode lines && Asks(lines, o.Negated) == LineQuantifier.Any && new Alternatives(_vocabulary).AreImpossible(lines.Where));
    }

    private bool LinesClash((Node Node, bool Negated) some, (Node Node, bool Negated) none) =>
        some.Node is LinesNode any && none.Node is LinesNode no && Asks(any, some.Negated) == LineQuantifier.Any && Asks(no, none.Negated) == LineQuantifier.No
        && new Alternatives(_vocabulary).Imply(any.Where, no.Where);

    private bool LinesFollow(LinesNode wanted, bool negated) => _others.Exists(o => o.Node is LinesNode known && Asks(known, o.Negated) is { } asks && asks == Asks(wanted, negated)
        && (asks == LineQuantifier.No ? new Alternatives(_vocabulary).FailsWith(wanted.Where, known.Where) : new Alternatives(_vocabulary).Imply(known.Where, wanted.Where)));

    /// <summary>What a line test asks, seen through a "not"; nothing that can be used for "not all".</summary>
    private static LineQuantifier? Asks(LinesNode lines, bool negated) => (lines.Quantifier, negated) switch
    {
        (LineQuantifier.Any, true) => LineQuantifier.No,
        (LineQuantifier.No, true) => LineQuantifier.Any,
        (LineQuantifier.All, true) => null,
        var (quantifier, _) => quantifier,
    };

    private static bool Same(Node one, Node other) => one.Syntax == other.Syntax;

    private static CompareOperator Opposite(CompareOperator op) => op switch
    {
        CompareOperator.Equal => CompareOperator.NotEqual,
        CompareOperator.NotEqual => CompareOperator.Equal,
        CompareOperator.Less => CompareOperator.GreaterOrEqual,
        CompareOperator.LessOrEqual => CompareOperator.Greater,
        CompareOperator.Greater => CompareOperator.LessOrEqual,
        _ => CompareOperator.Less,
    };
}
