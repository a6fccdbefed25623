using System.Collections.Immutable;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Matching;

/// <summary>One part of a conjunction, in the form that the index can use.</summary>
internal abstract record Term;

/// <summary>A text or flag outside lines has one of some numbers.</summary>
internal sealed record KeyTerm(int Slot, bool IsList, int[] Codes) : Term;

/// <summary>A number outside lines lies in a range, both ends included. An open one was written without its end: the value named lies one further out.</summary>
internal sealed record RangeTerm(int Slot, long Low, long High, bool IsOpen = false) : Term;

/// <summary>A line has one of some texts.</summary>
internal sealed record LineTerm(int Field, int[] Codes) : Term;

/// <summary>The sum over the lines with a text is at least a bound above zero.</summary>
internal sealed record SumTerm(int Number, int Field, int[] Codes, long Low, bool IsOpen = false) : Term
{
    public int Code => Codes[0];
}

/// <summary>Anything else.</summary>
internal sealed record NodeTerm(Node Node) : Term;

/// <summary>Cuts checked conditions into conjunctions of terms. Not for several threads at once.</summary>
internal sealed class TermReader(Symbols symbols)
{
    private const int MaxAlternatives = 8;

    private readonly List<Node> _parts = [];

    /// <summary>The condition as alternatives, each of terms that must all hold.</summary>
    public Term[][] Read(Node root)
    {
        _parts.Clear();
        Split(root, _parts);
        if (_parts.Exists(part => part is AnyNode)) return [.. Alternatives().Select(alternative => alternative.ToArray())];
        var terms = new Term[_parts.Count];
        for (var i = 0; i < terms.Length; i++) terms[i] = Term(_parts[i]);
        return [terms];
    }

    private List<List<Term>> Alternatives()
    {
        List<List<Term>> alternatives = [new(_parts.Count)];
        foreach (var part in _parts)
        {
            if (part is AnyNode any && any.Items.Length * alternatives.Count <= MaxAlternatives)
            {
                var branches = Array.ConvertAll(any.Items, Branch);
                alternatives = [.. alternatives.SelectMany(a => branches.Select(b => new List<Term>([.. a, .. b])))];
                continue;
            }
            var term = Term(part);
            foreach (var alternative in alternatives) alternative.Add(term);
        }
        return alternatives;
    }

    private List<Term> Branch(Node node)
    {
        var parts = new List<Node>();
        Split(node, parts);
        return parts.ConvertAll(Term);
    }

    private static void Split(Node node, List<Node> parts)
    {
        if (node is AlwaysNode) return;
        if (node is not AllNode all) parts.Add(node);
        else
            foreach (var item in all.Items) Split(item, parts);
    }

    private Term Term(Node node) => node switch
    {
        TextNode { IsEqual: true, Source: FieldSource source, Needed: [FixedSource text] } => new KeyTerm(source.Field.Index, source.Field.Type == FactType.TextList, [symbols.Of(source.Field).Code(text.Value.Text)]),
        TextInNode { IsPath: false, Source: FieldSource source } list => Key(source.Field, list.Values),
        NumberNode number => Number(number),
        BetweenNode { Needed: [FixedSource low, FixedSource high] } between when Slot(between.Source) is { } slot => new RangeTerm(slot, Scaled(low.Value), Scaled(high.Value)),
        LinesNode { Quantifier: LineQuantifier.Any } lines => Lines(lines),
        _ => new NodeTerm(node),
    };

    private KeyTerm Key(Field field, IReadOnlyList<string> texts) => new(field.Index, field.Type == FactType.TextList, Numbers(field, texts));

    /// <summary>The numbers of texts, ascending, each once.</summary>
    private int[] Numbers(Field field, IReadOnlyList<string> texts)
    {
        var table = symbols.Of(field);
        var codes = new int[texts.Count];
        for (var i = 0; i < codes.Length; i++) codes[i] = table.Code(texts[i]);
        if (codes.Length == 1) return codes;
        Array.Sort(codes);
        var distinct = 1;
        for (var i = 1; i < codes.Length; i++)
            if (codes[i] != codes[distinct - 1]) codes[distinct++] = codes[i];
        return distinct == codes.Length ? codes : codes[..distinct];
    }

    private Term Lines(LinesNode lines) => Codes(lines.Where) is { } has ? new LineTerm(has.Field, has.Codes) : new NodeTerm(lines);

    /// <summary>The line field and numbers of a test that a line has one of some texts; for categories only "in", which is what the index prepares.</summary>
    private (int Field, int[] Codes)? Codes(Node where) => where switch
    {
        TextNode { IsEqual: true, Source: LineFieldSource { Field: var field }, Needed: [FixedSource text] } when field.Type != FactType.Path => (field.Index, [symbols.Of(field).Code(text.Value.Text)]),
        TextInNode { Source: LineFieldSource { Field: var field } } list => (field.Index, Numbers(field, list.Values)),
        _ => null,
    };

    private Term Number(NumberNode node)
    {
        if (node.Needed is not [FixedSource bound]) return new NodeTerm(node);
        if (node.Source is AggregateSource sum) return Sum(node, sum, bound.Value);
        if (node.Source is FieldSource { Field: { Type: FactType.Flag } flag })
            return node.Operator == CompareOperator.Equal ? new KeyTerm(flag.Index, false, [bound.Value.Flag ? 2 : 1]) : new KeyTerm(flag.Index, false, [bound.Value.Flag ? 1 : 2]);
        if (Slot(node.Source) is not { } slot) return new NodeTerm(node);
        var value = Scaled(bound.Value);
        return node.Operator switch
        {
            CompareOperator.Equal => new RangeTerm(slot, value, value),
            CompareOperator.GreaterOrEqual => new RangeTerm(slot, value, long.MaxValue),
            CompareOperator.Greater => new RangeTerm(slot, value + 1, long.MaxValue, IsOpen: true),
            CompareOperator.LessOrEqual => new RangeTerm(slot, EncodedFacts.Missing + 1, value),
            CompareOperator.Less => new RangeTerm(slot, EncodedFacts.Missing + 1, value - 1, IsOpen: true),
            _ => new NodeTerm(node),
        };
    }

    private Term Sum(NumberNode node, AggregateSource sum, in FactValue bound)
    {
        var low = Scaled(bound) + (node.Operator == CompareOperator.Greater ? 1 : 0);
        // A bound that nothing at all reaches, as zero does, cannot be looked up by what is there.
        var canIndex = sum.Kind == Aggregate.Sum && node.Operator is CompareOperator.Greater or CompareOperator.GreaterOrEqual && low > 0;
        return canIndex && Codes(sum.Where) is { Codes: [_] } has ? new SumTerm(sum.Field.Index, has.Field, has.Codes, low, node.Operator == CompareOperator.Greater) : new NodeTerm(node);
    }

    private int? Slot(Source source) => source switch
    {
        FieldSource field => field.Field.Index,
        CounterSource counter => symbols.SlotOf(counter.Key),
        _ => null,
    };

    private static long Scaled(in FactValue value) =>
        value.Type is FactType.Number or FactType.Money ? decimal.ToInt64(value.Number * EncodedFacts.Scale) : (long)value.Number;
}
