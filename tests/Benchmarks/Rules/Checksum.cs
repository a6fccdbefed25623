namespace Benchmarks.Rules;

/// <summary>What the rules give, in the order of their positions.</summary>
public readonly record struct Effect(EffectKind Kind, int Points);

/// <summary>What every contender must agree on: how many matches, which ones, and the points they give.</summary>
public sealed class Checksum(BenchmarkRule[] rules)
{
    private readonly Effect[] _effects = Array.ConvertAll(rules, r => new Effect(r.Effect, r.Points));
    private long _event;
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
        Positions += (rule + 1L) * _event;
        var effect = _effects[rule];
        if (effect.Kind == EffectKind.Fixed) _fixed += effect.Points;
        else if (effect.Kind == EffectKind.PerUnit) _perUnit += effect.Points;
        else _factor = Math.Max(_factor, effect.Points);
    }

    /// <summary>Closes an event: the points of its rules times the largest factor.</summary>
    /// <param name="wholeUnits">The total in whole units of currency.</param>
    public void Close(long wholeUnits)
    {
        Points += (_fixed + _perUnit * wholeUnits) * _factor;
        (_fixed, _perUnit, _factor) = (0, 0, 1);
    }

    public override string ToString() => $"{Matches} matches, positions {Positions}, points {Points}";
}
