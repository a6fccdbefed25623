using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Multiplies the points of the other rules, as a whole or on the lines of a scope.</summary>
internal static class Multipliers
{
    public static void Run(Run run, IReadOnlyList<Award> awards, Action<Award> keep)
    {
        var all = run.InOrder.SelectMany(candidate => candidate.Rule.In(Phase.Earning).OfType<PointsMultiplier>().Select(effect => (Candidate: candidate, Effect: effect)))
            .Where(pair => run.Admit(pair.Candidate, Family.Earning)).ToList();
        if (all.Count == 0 || awards.Count == 0)
        {
            foreach (var (candidate, _) in all) run.Outcomes[candidate].Note(MissReason.NothingToChange);
            return;
        }
        if (run.Reckoning.Multipliers == MultiplierMode.Largest) all = OnlyLargest(run, all);
        var rounded = Sum(awards.Select(award => award.Spread()), Earning.Places(run));
        var exact = Sum(awards.Select(award => award.Exact), Earning.Places(run));
        var (roundedRunning, exactRunning) = ((decimal[])[.. rounded], (decimal[])[.. exact]);
        var given = (decimal)awards.Sum(award => award.Points);
        var byCandidate = new Dictionary<Candidate, Award>(ReferenceEqualityComparer.Instance);
        foreach (var (candidate, effect) in all)
        {
            var add = run.Reckoning.Multipliers == MultiplierMode.Add;
            var running = effect.Base == MultiplierBase.Rounded ? roundedRunning : exactRunning;
            var basis = add ? effect.Base == MultiplierBase.Rounded ? rounded : exact : running;
            var award = byCandidate.GetValueOrDefault(candidate) ?? new Award(candidate, basis.Length);
            var places = PlacesIn(run, effect.Scope, basis.Length).ToList();
            var before = Earning.Clean(places.Sum(place => basis[place]));
            foreach (var place in places)
            {
                var extra = basis[place] * (effect.Factor - 1);
                award.Exact[place] += extra;
                (roundedRunning[place], exactRunning[place]) = (roundedRunning[place] + Extra(add, rounded, roundedRunning, place, effect), exactRunning[place] + Extra(add, exact, exactRunning, place, effect));
            }
            running = effect.Base == MultiplierBase.Rounded ? roundedRunning : exactRunning;
            var mode = Earning.RoundingOf(run, candidate);
            var total = Earning.Clean(running.Sum());
            var after = Reversals.Round(total, mode);
            var points = Math.Max(0, after - (long)given);
            var unit = run.Situation.ToSmallest(1m);
            award.Steps.Add(new BasisStep(BasisKind.Points, before / unit, run.Cart is null || effect.Scope.IsEverything() ? [] : Discounts.Names(run.Cart, Discounts.LinesIn(run.Cart, effect.Scope))));
            award.Steps.Add(new MultiplyStep(before / unit, effect.Factor, before * effect.Factor / unit, before * (effect.Factor - 1) / unit));
            Earning.AddRounding(run, award, total - given, points, mode);
            given += points;
            award.Points += points;
            byCandidate[candidate] = award;
        }
        foreach (var award in byCandidate.Values)
        {
            Caps.OfRule(run.Situation, award, run.Outcomes[award.Candidate]);
            keep(award);
        }
    }

    private static decimal Extra(bool add, decimal[] start, decimal[] running, int place, PointsMultiplier effect) =>
        (add ? start[place] : running[place]) * (effect.Factor - 1);

    private static List<(Candidate Candidate, PointsMultiplier Effect)> OnlyLargest(Run run, List<(Candidate Candidate, PointsMultiplier Effect)> all)
    {
        var largest = all.MaxBy(pair => pair.Effect.Factor);
        foreach (var (candidate, _) in all.Where(pair => pair.Candidate != largest.Candidate))
            run.Outcomes[candidate].Block(Family.Earning, MissReason.OtherOfGroup, largest.Candidate.Rule.Id);
        return [largest];
    }

    private static IEnumerable<int> PlacesIn(Run run, Scope scope, int places) =>
        run.Cart is null || scope.IsEverything() ? Enumerable.Range(0, places) : Discounts.LinesIn(run.Cart, scope);

    private static decimal[] Sum(IEnumerable<decimal[]> parts, int places)
    {
        var sum = new decimal[places];
        foreach (var part in parts)
            for (var place = 0; place < places; place++) sum[place] += part[place];
        return sum;
    }
}
