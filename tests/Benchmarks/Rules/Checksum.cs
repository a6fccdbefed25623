namespace Benchmarks.Rules;

/// <summary>What every contender must agree on: how many matches, which ones, and the points they give.</summary>
public sealed class Checksum(BenchmarkRule[] rules)
{
    /// <summary>What a rule adds to each sum: without a branch, so that counting weighs little beside matching.</summary>
    private readonly record struct Given(int Fixed, int PerUnit, int Factor);

    private readonly Given[] _given = Array.ConvertAll(rules, r => r.Effect switch
    {
        EffectKind.Fixed => new Given(r.Points, 0, 1),
        EffectKind.PerUnit => new Given(0, r.Points, 1),
        _ => new Given(0, 0, r.Points),
    });
    private long _event;
    private long _positions;
    private long _perUnit;
    private long _fixed;
    private int _factor = 1;

    public long Matches { get; private set; }

    public long Positions { get; private set; }

    public long Points { get; private set; }

    /// <summary>Begins an event.</summary>
    public void Begin(long eventIndex) => _event = eventIndex + 1;

    /// <summary>Counts one match.</summary>
    public void Add(int rule)
    {
        Matches++;
        _positions += rule + 1L;
        ref readonly var given = ref _given[rule];
        _fixed += given.Fixed;
        _perUnit += given.PerUnit;
        _factor = Math.Max(_factor, given.Factor);
    }

    /// <summary>Counts the matches of one event.</summary>
    public void Add(ReadOnlySpan<int> found)
    {
        var (positions, perUnit, fixedPoints, factor, all) = (0L, 0L, 0L, 1, _given);
        foreach (var rule in found)
        {
            ref readonly var given = ref all[rule];
            positions += rule + 1L;
            fixedPoints += given.Fixed;
            perUnit += given.PerUnit;
            factor = Math.Max(factor, given.Factor);
        }
        Matches += found.Length;
        _positions += positions;
        _fixed += fixedPoints;
        _perUnit += perUnit;
        _factor = Math.Max(_factor, factor);
    }

    /// <summary>Closes an event: the points of its rules times the largest factor.</summary>
    /// <param name="wholeUnits">The total in whole units of currency.</param>
    public void Close(long wholeUnits)
    {
        Points += (_fixed + _perUnit * wholeUnits) * _factor;
        Positions += _positions * _event;
        (_positions, _fixed, _perUnit, _factor) = (0, 0, 0, 1);
    }

    public override string ToString() => $"{Matches} matches, positions {Positions}, points {Points}";
}
