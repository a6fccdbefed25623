using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>The points that multipliers work on: those of the other rules, rounded and exact, as they grow from one multiplier to the next.</summary>
internal sealed class MultiplierBasis
{
    /// <summary>More than that it only weighs: what is given is bounded long before.</summary>
    private const decimal MostTimes = 1_000_000m;

    private readonly Run _run;
    private readonly bool _isWhole;
    private readonly (Award Award, long Points)[] _awards;
    private readonly Points _rounded;
    private readonly Points _exact;

    /// <summary>Points at the start and now: together, and by place where a multiplier looks at some lines only.</summary>
    private sealed class Points(decimal sum, Func<decimal[]> places)
    {
        private readonly Lazy<decimal[]> _start = new(places);
        private decimal[]? _running;

        public decimal StartSum { get; } = sum;

        public decimal[] Start => _start.Value;

        public decimal RunningSum { get; set; } = sum;

        public decimal[] Running => _running ??= [.. _start.Value];

        /// <summary>By how much everything has been multiplied while only whole carts were.</summary>
        public decimal Times { get; set; } = 1m;
    }

    /// <param name="run">The run.</param>
    /// <param name="awards">The points of the other rules.</param>
    /// <param name="isWhole">No multiplier looks at some lines only: sums suffice.</param>
    public MultiplierBasis(Run run, IReadOnlyList<Award> awards, bool isWhole)
    {
        (_run, _isWhole) = (run, isWhole);
        _awards = [.. awards.Select(award => (award, award.Points))]; // as they are now: caps over all rules come later
        Given = _awards.Sum(award => award.Points);
        _rounded = new(Given, () => Sum(award => award.Award.Spread(award.Points)));
        _exact = new(_awards.Sum(award => award.Award.Total), () => Sum(award => award.Award.Exact));
    }

    /// <summary>The points given so far.</summary>
    public long Given { get; set; }

    /// <summary>Multiplies once: what the rule adds goes to its award. Returns what was multiplied.</summary>
    /// <param name="effect">The multiplier.</param>
    /// <param name="award">The award of its rule.</param>
    /// <param name="after">All points after it, before rounding.</param>
    public decimal Multiply(PointsMultiplier effect, Award award, out decimal after)
    {
        var add = _run.Reckoning.Multipliers == MultiplierMode.Add;
        var basis = effect.Base == MultiplierBase.Rounded ? _rounded : _exact;
        return _isWhole ? Whole(effect, award, add, basis, out after) : Scoped(effect, award, add, basis, out after);
    }

    private decimal Whole(PointsMultiplier effect, Award award, bool add, Points basis, out decimal after)
    {
        var before = Earning.Clean(add ? basis.StartSum : basis.RunningSum);
        var times = (add ? 1m : basis.Times) * (effect.Factor - 1);
        award.Add(before * (effect.Factor - 1), exact =>
        {
            for (var place = 0; place < exact.Length; place++) exact[place] += basis.Start[place] * times;
        });
        foreach (var points in (Points[])[_rounded, _exact])
        {
            points.RunningSum = Math.Min(Award.MostExact, points.RunningSum + (add ? points.StartSum : points.RunningSum) * (effect.Factor - 1));
            if (!add) points.Times = Math.Min(MostTimes, points.Times * effect.Factor);
        }
        after = Earning.Clean(basis.RunningSum);
        return before;
    }

    private decimal Scoped(PointsMultiplier effect, Award award, bool add, Points basis, out decimal after)
    {
        var places = _run.Cart is null || effect.Scope.IsEverything() ? [.. Enumerable.Range(0, basis.Start.Length)] : Discounts.LinesIn(_run.Cart, effect.Scope);
        var from = add ? basis.Start : basis.Running;
        var extra = new decimal[from.Length];
        foreach (var place in places) extra[place] = from[place] * (effect.Factor - 1);
        var before = Earning.Clean(places.Sum(place => from[place]));
        award.Add(extra.Sum(), exact =>
        {
            for (var place = 0; place < exact.Length; place++) exact[place] += extra[place];
        });
        foreach (var points in (Points[])[_rounded, _exact])
        {
            foreach (var place in places)
                points.Running[place] = Math.Min(Award.MostExact, points.Running[place] + (add ? points.Start[place] : points.Running[place]) * (effect.Factor - 1));
        }
        after = Math.Min(Award.MostExact, Earning.Clean(basis.Running.Sum()));
        return before;
    }

    private decimal[] Sum(Func<(Award Award, long Points), decimal[]> parts)
    {
        var sum = new decimal[Earning.Places(_run)];
        foreach (var award in _awards)
        {
            var part = parts(award);
            for (var place = 0; place < sum.Length; place++) sum[place] += part[place];
        }
        return sum;
    }
}
