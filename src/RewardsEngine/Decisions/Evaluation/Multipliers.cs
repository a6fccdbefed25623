using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Multiplies the points of the other rules, as a whole or on the lines of a scope.</summary>
internal static class Multipliers
{
    public static void Run(Run run, IReadOnlyList<Award> awards, Action<Award> keep)
    {
        var all = Admitted(run);
        if (all.Count == 0 || awards.Count == 0)
        {
            foreach (var (candidate, _) in all) run[candidate].Note(MissReason.NothingToChange);
            return;
        }
        if (run.Reckoning.Multipliers == MultiplierMode.Largest) all = OnlyLargest(run, all);
        var byCandidate = new Dictionary<Candidate, Award>(ReferenceEqualityComparer.Instance);
        var basis = new MultiplierBasis(run, awards, isWhole: all.TrueForAll(pair => run.Cart is null || pair.Effect.Scope.IsEverything()));
        foreach (var (candidate, effect) in all)
        {
            if (!byCandidate.TryGetValue(candidate, out var award)) byCandidate[candidate] = award = new(candidate, Earning.Places(run), run.Spreads);
            var before = basis.Multiply(effect, award, out var exact);
            var mode = Earning.RoundingOf(run, candidate);
            var points = Math.Max(0, Reversals.Round(exact, mode) - basis.Given);
            var unit = run.Situation.ToSmallest(1m);
            award.Steps.Add(new BasisStep(BasisKind.Points, before / unit, run.Cart is null || effect.Scope.IsEverything() ? [] : Discounts.Names(run.Cart, Discounts.LinesIn(run.Cart, effect.Scope))));
            award.Steps.Add(new MultiplyStep(before / unit, effect.Factor, before * effect.Factor / unit, before * (effect.Factor - 1) / unit));
            Earning.AddRounding(run, award, exact - basis.Given, points, mode);
            basis.Given += points;
            award.Points += points;
        }
        foreach (var award in byCandidate.Values)
        {
            Caps.OfRule(run.Situation, award, run[award.Candidate], awards.Where(other => other.Candidate == award.Candidate).Sum(other => other.Points));
            keep(award);
        }
    }

    private static List<(Candidate Candidate, PointsMultiplier Effect)> Admitted(Run run)
    {
        List<(Candidate Candidate, PointsMultiplier Effect)> all = [];
        foreach (var candidate in run.InOrder)
            foreach (var effect in candidate.Rule.Multipliers)
                if (run.Admit(candidate, Family.Earning)) all.Add((candidate, effect));
        return all;
    }

    private static List<(Candidate Candidate, PointsMultiplier Effect)> OnlyLargest(Run run, List<(Candidate Candidate, PointsMultiplier Effect)> all)
    {
        var largest = all.MaxBy(pair => pair.Effect.Factor);
        foreach (var (candidate, _) in all.Where(pair => pair.Candidate != largest.Candidate))
            run[candidate].Block(Family.Earning, MissReason.OtherOfGroup, largest.Candidate.Rule.Id);
        return [largest];
    }
}
