namespace RewardsEngine.Decisions.Evaluation;

/// <summary>
/// Points spread over places, remembered for one run: many rules give the same points by the same weights, and dividing
/// is what takes long. The arrays are shared; nobody writes to them.
/// </summary>
internal sealed class Spreads
{
    private readonly Dictionary<(decimal[] Weights, decimal Points), decimal[]> _exact = [];
    private readonly Dictionary<(decimal[] Exact, long Points), decimal[]> _rounded = [];
    private readonly Dictionary<(decimal[] Exact, long Points), long[]> _shares = [];

    /// <summary>Points in proportion to weights that add up to a sum.</summary>
    public decimal[] Exact(decimal points, decimal[] weights, decimal sum)
    {
        if (_exact.TryGetValue((weights, points), out var known)) return known;
        var exact = new decimal[weights.Length];
        for (var place = 0; place < weights.Length; place++)
            if (weights[place] != 0) exact[place] = points * weights[place] / sum;
        return _exact[(weights, points)] = exact;
    }

    /// <summary>Something made once for points spread alike.</summary>
    public decimal[] Rounded(decimal[] exact, long points, Func<decimal[]> make) =>
        _rounded.TryGetValue((exact, points), out var known) ? known : _rounded[(exact, points)] = make();

    /// <summary>Shares of lines, made once for points spread alike.</summary>
    public long[] Shares(decimal[] exact, long points, Func<long[]> make) =>
        _shares.TryGetValue((exact, points), out var known) ? known : _shares[(exact, points)] = make();
}
