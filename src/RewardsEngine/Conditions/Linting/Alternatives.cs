using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Linting;

/// <summary>Reasons about whole conditions by their alternatives: the sets of tests of which one must hold completely.</summary>
internal sealed class Alternatives(Vocabulary vocabulary)
{
    /// <summary>Conditions with more alternatives are not reasoned about.</summary>
    private const int Most = 128;

    /// <summary>Whether a condition can never hold.</summary>
    public bool AreImpossible(Node node) => Of(node) is { } all && all.TrueForAll(k => k.IsImpossible);

    /// <summary>Whether two conditions can never hold together.</summary>
    public bool Exclude(Node one, Node other) =>
        Of(one) is { } first && first.TrueForAll(k => Extend([k], other, false) is { } both && both.TrueForAll(b => b.IsImpossible));

    /// <summary>Whether the second condition holds whenever the first one does.</summary>
    public bool Imply(Node one, Node other) => Of(one) is { } all && all.TrueForAll(k => k.IsImpossible || Implied(k, other, false));

    /// <summary>Whether the first condition fails whenever the second one does. More than the reverse of implying: one that is impossible may be "not given" instead of failing.</summary>
    public bool FailsWith(Node one, Node other) => Of(one) is { } all && all.TrueForAll(k => !k.IsImpossible && Implied(k, other, false));

    /// <summary>Whether something is known of every alternative of a condition.</summary>
    public bool All(Node node, Func<Knowledge, bool> known) => Of(node) is { } all && all.TrueForAll(k => known(k) || k.IsImpossible);

    private List<Knowledge>? Of(Node node) => Extend([new(vocabulary)], node, false);

    private static bool Implied(Knowledge known, Node node, bool negated) => node switch
    {
        AlwaysNode => !negated,
        NotNode not => Implied(known, not.Item, !negated),
        AllNode all => negated ? all.Items.Any(i => Implied(known, i, true)) : all.Items.All(i => Implied(known, i, false)),
        AnyNode any => negated ? any.Items.All(i => Implied(known, i, true)) : any.Items.Any(i => Implied(known, i, false)),
        _ => known.Implies(node, negated),
    };

    private static List<Knowledge>? Extend(List<Knowledge>? known, Node node, bool negated)
    {
        if (known is null) return null;
        switch (node)
        {
            case AlwaysNode: return negated ? [] : known;
            case NotNode not: return Extend(known, not.Item, !negated);
            case AllNode all when !negated: return all.Items.Aggregate((List<Knowledge>?)known, (k, item) => Extend(k, item, false));
            case AnyNode any when negated: return any.Items.Aggregate((List<Knowledge>?)known, (k, item) => Extend(k, item, true));
            case AllNode all: return Branch(known, all.Items, negated);
            case AnyNode any: return Branch(known, any.Items, negated);
            default: return known.ConvertAll(k => k.With(node, negated));
        }
    }

    private static List<Knowledge>? Branch(List<Knowledge> known, Node[] items, bool negated)
    {
        var result = new List<Knowledge>();
        foreach (var item in items)
        {
            if (Extend(known, item, negated) is not { } more || result.Count + more.Count > Most) return null;
            result.AddRange(more);
        }
        return result;
    }
}
