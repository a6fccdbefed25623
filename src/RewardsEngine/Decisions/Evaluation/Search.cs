using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Runs the discounts, and for groups that ask for it in every order of their rules, keeping the lowest total.</summary>
internal static class Search
{
    public static Run TakeDiscounts(Situation situation, FactsOf facts, IReadOnlyList<Candidate> inOrder)
    {
        var groups = inOrder.Where(candidate => candidate.Rule.GroupMode == GroupMode.BestOrder && candidate.Rule.Has(Family.Discounts))
            .GroupBy(candidate => candidate.Rule.Rule.Group).Where(group => group.Count() > 1).Select(group => group.ToList()).ToList();
        var best = Once(situation, facts, inOrder);
        foreach (var group in groups)
            foreach (var order in Permutations(group).Skip(1))
            {
                var queue = new Queue<Candidate>(order);
                List<Candidate> reordered = [.. best.InOrder.Select(candidate => group.Contains(candidate) ? queue.Dequeue() : candidate)];
                var tried = Once(situation, facts, reordered);
                if (tried.Cart!.Total < best.Cart!.Total) best = tried;
            }
        return best;
    }

    private static Run Once(Situation situation, FactsOf facts, IReadOnlyList<Candidate> order)
    {
        var run = new Run(situation, facts, order);
        run.TakeDiscounts();
        return run;
    }

    private static IEnumerable<List<Candidate>> Permutations(List<Candidate> items)
    {
        if (items.Count <= 1)
        {
            yield return [.. items];
            yield break;
        }
        for (var first = 0; first < items.Count; first++)
            foreach (var rest in Permutations([.. items.Where((_, index) => index != first)])) yield return [items[first], .. rest];
    }
}
