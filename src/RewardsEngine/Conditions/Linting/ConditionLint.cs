using System.Collections.Immutable;
using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Linting;

/// <summary>Finds conditions that are correct and yet cannot be meant, and says how two conditions stand to each other. Everything it says is certain; what it cannot prove it does not say.</summary>
public static class ConditionLint
{
    /// <summary>What is odd about a condition.</summary>
    public static ImmutableArray<Finding> Of(Condition condition)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        new Walk(condition.Vocabulary, findings).Look(condition.Root, negated: false);
        return findings.ToImmutable();
    }

    /// <summary>Whether a condition can never hold.</summary>
    public static bool IsNeverTrue(Condition condition) => new Alternatives(condition.Vocabulary).AreImpossible(condition.Root);

    /// <summary>Whether the second condition holds whenever the first does: a rule behind it, of which only the first counts, is shadowed.</summary>
    public static bool Implies(Condition first, Condition second) => new Alternatives(first.Vocabulary).Imply(first.Root, second.Root);

    /// <summary>Whether two conditions can certainly not hold together. <c>false</c> says nothing.</summary>
    public static bool Exclude(Condition first, Condition second) => new Alternatives(first.Vocabulary).Exclude(first.Root, second.Root);

    private sealed class Walk(Vocabulary vocabulary, ImmutableArray<Finding>.Builder findings)
    {
        /// <summary>Parts of longer groups are not compared pair by pair, which would take too long.</summary>
        private const int MostPairs = 64;

        private readonly Alternatives _alternatives = new(vocabulary);

        public void Look(Node node, bool negated)
        {
            switch (node)
            {
                case AlwaysNode: break;
                case NotNode not: Look(not.Item, !negated); break;
                case AllNode all: Group(all, all.Items, together: !negated, negated); break;
                case AnyNode any: Group(any, any.Items, together: negated, negated); break;
                default: Leaf(node, negated); break;
            }
        }

        private void Group(Node group, Node[] items, bool together, bool negated)
        {
            if (!together)
            {
                Choices(items, negated);
                return;
            }
            var before = findings.Count;
            foreach (var item in items) Look(item, negated);
            if (findings.Skip(before).Any(f => f.Kind == FindingKind.NeverTrue)) return;
            if (_alternatives.AreImpossible(negated ? new NotNode(group.Syntax, group) : group)) findings.Add(Clash(group, items, negated));
            else Redundant(items, negated);
        }

        /// <summary>Names the first two parts that clash; the whole group when it takes more than two.</summary>
        private Finding Clash(Node group, Node[] items, bool negated)
        {
            for (var i = 0; i < Math.Min(items.Length, MostPairs); i++)
                for (var j = 0; j < i; j++)
                    if (_alternatives.AreImpossible(new AllNode(group.Syntax, [As(items[j], negated), As(items[i], negated)]))) return new(FindingKind.NeverTrue, items[i].Syntax, items[j].Syntax);
            return new(FindingKind.NeverTrue, group.Syntax);
        }

        private void Redundant(Node[] items, bool negated)
        {
            for (var i = 0; i < items.Length && items.Length <= MostPairs; i++)
            {
                for (var j = 0; j < items.Length; j++)
                {
                    if (i == j || !_alternatives.Imply(As(items[j], negated), As(items[i], negated))) continue;
                    // Of two that say the same, the later is told.
                    if (j > i && _alternatives.Imply(As(items[i], negated), As(items[j], negated))) continue;
                    findings.Add(new(FindingKind.Redundant, items[i].Syntax, items[j].Syntax));
                    break;
                }
            }
        }

        private void Choices(Node[] items, bool negated)
        {
            var impossible = items.Select(i => _alternatives.AreImpossible(As(i, negated))).ToArray();
            for (var i = 0; i < items.Length; i++)
            {
                if (impossible[i])
                {
                    findings.Add(new(impossible.All(x => x) ? FindingKind.NeverTrue : FindingKind.NeverTrueAlternative, items[i].Syntax));
                    continue;
                }
                Look(items[i], negated);
                for (var j = 0; j < items.Length && items.Length <= MostPairs; j++)
                {
                    if (i == j || impossible[j] || !_alternatives.Imply(As(items[i], negated), As(items[j], negated))) continue;
                    if (j > i && _alternatives.Imply(As(items[j], negated), As(items[i], negated))) continue;
                    findings.Add(new(FindingKind.CoveredAlternative, items[i].Syntax, items[j].Syntax));
                    break;
                }
            }
        }

        private void Leaf(Node leaf, bool negated)
        {
            if (leaf is LinesNode lines) Look(lines.Where, negated: false);
            else if (_alternatives.AreImpossible(As(leaf, negated))) findings.Add(new(FindingKind.NeverTrue, leaf.Syntax));
            else if (Knowledge.IsAlways(vocabulary, leaf, negated)) findings.Add(new(FindingKind.AlwaysTrue, leaf.Syntax));
        }

        private static Node As(Node node, bool negated) => negated ? new NotNode(node.Syntax, node) : node;
    }
}
