using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Syntax;
using static RewardsEngine.Conditions.Linting.Relations;

namespace RewardsEngine.Conditions.Linting;

/// <summary>Contradictions between values that depend on each other.</summary>
internal sealed partial class Knowledge
{
    private static readonly NameOperand FirstPurchase = new(Fields.CustomerFirstPurchase.Name);

    private bool RelationsClash() => NumbersClash() || FirstPurchaseClashes() || ComparisonsClash() || PartsClash();

    private bool NumbersClash() => _numbers.Any(one => _numbers.Any(other => IsAtMost(one.Key, other.Key) && one.Value.IsAbove(other.Value)));

    /// <summary>Who buys for the first time has bought nothing before.</summary>
    private bool FirstPurchaseClashes() => _numbers.TryGetValue(FirstPurchase, out var first) && first.IsAbove(new(0, 0))
        && _numbers.Any(number => number.Key is CounterOperand { Key: { Counter: Counter.Purchases, Measure: Measure.Count } } && number.Value.IsAbove(new(0, 0)));

    /// <summary>Two values that are compared with each other.</summary>
    private bool ComparisonsClash()
    {
        var open = new Dictionary<(Operand, Operand), Standing>();
        foreach (var (node, negated) in _others)
        {
            if (node is not NumberNode { Syntax: CompareExpr { Left: var left, Right: var right } test } || left is Literal || right is Literal) continue;
            var standing = Relations.Of(negated ? Opposite(test.Operator) : test.Operator);
            if (IsAtMost(left, right)) standing &= Standing.Less | Standing.Equal;
            if (IsAtMost(right, left)) standing &= Standing.More | Standing.Equal;
            if (left == right) standing &= Standing.Equal;
            if (open.TryGetValue((right, left), out var mirrored)) standing &= Mirrored(mirrored);
            if (open.TryGetValue((left, right), out var before)) standing &= before;
            if (standing == Standing.None) return true;
            open[(left, right)] = standing;
        }
        return false;
    }

    /// <summary>A line that there must be is worth more than the whole order may be, or is none that there may be.</summary>
    private bool PartsClash()
    {
        var wanted = _others.Where(other => other.Node is LinesNode lines && Asks(lines, other.Negated) == LineQuantifier.Any).Select(other => ((LinesNode)other.Node).Where)
            .Concat(_aggregates.Where(aggregate => NeedsLine(aggregate.Key)).Select(aggregate => aggregate.Value)).ToList();
        foreach (var where in wanted)
        {
            foreach (var (node, negated) in _others)
            {
                if (node is not LinesNode lines) continue;
                var asks = Asks(lines, negated);
                if (asks == LineQuantifier.No && new Alternatives(_vocabulary).Imply(where, lines.Where)) return true;
                if (asks == LineQuantifier.All && new Alternatives(_vocabulary).AreImpossible(new AllNode(lines.Syntax, [where, lines.Where]))) return true;
            }
            foreach (var (ofLine, ofOrder) in Parts)
                if (_numbers.TryGetValue(ofOrder, out var most) && new Alternatives(_vocabulary).All(where, known => known._numbers.TryGetValue(ofLine, out var part) && part.IsAbove(most))) return true;
        }
        return false;
    }

    /// <summary>Whether the value can only be what it is if a line fits.</summary>
    private bool NeedsLine(Operand aggregate) => aggregate is AggregateOperand { Kind: Aggregate.Min or Aggregate.Max } || _numbers.TryGetValue(aggregate, out var domain) && domain.IsAbove(new(0, 0));
}
