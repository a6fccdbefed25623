namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Points of one rule, spread over the purchase's lines and one place for what belongs to no line.</summary>
internal sealed class Award(Candidate candidate, int places, Spreads spreads)
{
    /// <summary>Far above what one activity may give, and far below where products of it overflow.</summary>
    public const decimal MostExact = 10m * Accounting.Ledger.MaxPoints;

    /// <summary>Points by which exact points can be multiplied without overflow.</summary>
    private const long MostProduct = 10_000_000_000;

    private readonly List<Action<decimal[]>> _parts = [];
    private decimal[]? _exact;
    private (decimal Points, decimal[] Weights, decimal Sum)? _alone; // its only part, in proportion to weights

    public Candidate Candidate { get; } = candidate;

    /// <summary>Before rounding, by place; the places only weigh, their sum may differ from <see cref="Total"/> in the last digit. Reckoned when first asked for.</summary>
    public decimal[] Exact
    {
        get
        {
            if (_exact is not null) return _exact;
            if (_alone is var (points, weights, sum)) return _exact = spreads.Exact(points, weights, sum);
            _exact = new decimal[places];
            foreach (var part in _parts) part(_exact);
            return _exact;
        }
    }

    /// <summary>Before rounding, together.</summary>
    public decimal Total { get; private set; }

    /// <summary>In the wallet's smallest unit, capped.</summary>
    public long Points { get; set; }

    public List<ArithmeticStep> Steps { get; } = [];

    /// <summary>The points by line, once they are settled.</summary>
    public long[]? Shares { get; set; }

    /// <summary>Adds points that belong to no line.</summary>
    public void Add(decimal points)
    {
        var bounded = Math.Min(points, MostExact);
        Add(bounded, exact => exact[^1] += bounded);
    }

    /// <summary>Adds points in proportion to weights by place.</summary>
    public void Add(decimal points, decimal[] weights, decimal sum)
    {
        var bounded = Math.Min(points, MostExact);
        Add(bounded, exact =>
        {
            for (var place = 0; place < weights.Length; place++)
                if (weights[place] != 0) exact[place] += bounded * weights[place] / sum;
        });
        if (_parts.Count == 1 && weights.Length == places) _alone = (bounded, weights, sum);
    }

    /// <summary>Adds points that are spread by the given way.</summary>
    public void Add(decimal points, Action<decimal[]> spread)
    {
        Total += points;
        _parts.Add(spread);
        (_exact, _alone) = (null, null);
    }

    /// <summary>Rounded points spread like the exact ones.</summary>
    public decimal[] Spread(long points) => _alone is null ? Divided(points) : spreads.Rounded(Exact, points, () => Divided(points));

    /// <summary>Its shares by line: those of another award that is spread alike, or made now.</summary>
    public long[] SharesOr(Func<long[]> make) => Shares ??= _alone is null ? make() : spreads.Shares(Exact, Points, make);

    private decimal[] Divided(long points)
    {
        var sum = Exact.Sum();
        var spread = new decimal[places];
        if (sum == 0) return spread;
        for (var place = 0; place < spread.Length; place++)
            if (Exact[place] != 0) spread[place] = points < MostProduct ? Exact[place] * points / sum : Exact[place] / sum * points;
        return spread;
    }
}
