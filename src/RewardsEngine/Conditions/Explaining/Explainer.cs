using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Explaining;

/// <summary>Walks a condition and keeps every test's outcome. <c>not</c> is carried down to the tests, so that each says what is asked of it.</summary>
internal sealed class Explainer
{
    private readonly Facts _facts;
    private readonly List<TestOutcome> _failed = [];
    private readonly List<TestOutcome> _passed = [];

    private Explainer(Facts facts) => _facts = facts;

    public static Explanation Explain(Condition condition, Facts facts)
    {
        var explainer = new Explainer(facts);
        var distance = explainer.Walk(condition.Root, negated: false);
        return new(distance == 0, [.. explainer._failed], [.. explainer._passed], distance);
    }

    /// <summary>The tests below a node that failed.</summary>
    public static IReadOnlyList<TestOutcome> Failed(Node node, Facts facts)
    {
        var explainer = new Explainer(facts);
        return explainer.Walk(node, negated: false) == 0 ? [] : explainer._failed;
    }

    /// <summary>How many tests must turn for a condition to hold, without recording anything.</summary>
    public static int Distance(Node node, Facts facts, bool negated = false)
    {
        switch (node)
        {
            case AlwaysNode: return negated ? 1 : 0;
            case NotNode not: return Distance(not.Item, facts, !negated);
            case AllNode all: return Distance(all.Items, facts, negated, together: !negated);
            case AnyNode any: return Distance(any.Items, facts, negated, together: negated);
            default: return node.Test(facts, null) == (negated ? Truth.False : Truth.True) ? 0 : 1;
        }
    }

    private static int Distance(Node[] items, Facts facts, bool negated, bool together)
    {
        var (sum, least) = (0, int.MaxValue);
        foreach (var item in items)
        {
            var distance = Distance(item, facts, negated);
            sum += distance;
            least = Math.Min(least, distance);
        }
        return together ? sum : least;
    }

    /// <summary>Records the tests below a node and returns how many must turn for it to hold.</summary>
    private int Walk(Node node, bool negated) => node switch
    {
        AlwaysNode => negated ? 1 : 0,
        NotNode not => Walk(not.Item, !negated),
        AllNode all => negated ? Alternatives(all.Items, negated) : Together(all.Items, negated),
        AnyNode any => negated ? Together(any.Items, negated) : Alternatives(any.Items, negated),
        _ => Leaf(node, negated),
    };

    private int Together(Node[] items, bool negated)
    {
        var sum = 0;
        foreach (var item in items) sum += Walk(item, negated);
        return sum;
    }

    private int Alternatives(Node[] items, bool negated)
    {
        var failedBefore = _failed.Count;
        var least = int.MaxValue;
        var halves = new List<(int From, int To)>();
        foreach (var item in items)
        {
            var from = _passed.Count;
            var distance = Walk(item, negated);
            if (distance > 0) halves.Add((from, _passed.Count));
            least = Math.Min(least, distance);
        }
        if (least > 0) return least;
        // One alternative holds: what the others lack stands in nobody's way, and what they half fulfil does not count.
        _failed.RemoveRange(failedBefore, _failed.Count - failedBefore);
        for (var i = halves.Count - 1; i >= 0; i--) _passed.RemoveRange(halves[i].From, halves[i].To - halves[i].From);
        return 0;
    }

    private int Leaf(Node node, bool negated)
    {
        var truth = node.Test(_facts, null);
        var satisfied = truth == (negated ? Truth.False : Truth.True);
        (satisfied ? _passed : _failed).Add(Outcome(node, negated, satisfied));
        return satisfied ? 0 : 1;
    }

    private TestOutcome Outcome(Node node, bool negated, bool satisfied)
    {
        if (node is LinesNode lines)
        {
            var matching = _facts.Lines.IsDefault ? FactValue.NotGiven : FactValue.Of((decimal)lines.Matching(_facts));
            return new(node.Syntax, TestKind.Lines, negated, satisfied, null, CompareOperator.Equal, [], matching);
        }
        var leaf = (LeafNode)node;
        var kind = leaf switch
        {
            TextInNode or NumberInNode => TestKind.In,
            BetweenNode => TestKind.Between,
            StartsWithNode => TestKind.StartsWith,
            AgeNode => TestKind.Age,
            TodayIsNode => TestKind.TodayIs,
            _ => TestKind.Compare,
        };
        var op = leaf switch
        {
            NumberNode number => number.Operator,
            TextNode { IsEqual: false } => CompareOperator.NotEqual,
            AgeNode age => age.Operator,
            _ => CompareOperator.Equal,
        };
        return new(node.Syntax, kind, negated, satisfied, leaf.Subject, op, [.. leaf.Needed.Select(n => n.Read(_facts, null))], leaf.Source.Read(_facts, null));
    }
}
