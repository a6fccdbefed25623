using System.Collections.Immutable;

namespace RewardsEngine.Conditions;

/// <summary>The values of one line of a purchase.</summary>
public sealed class LineFacts
{
    private readonly FactValue[] _values;

    internal LineFacts(FactValue[] values) => _values = values;

    /// <summary>The value of a line field.</summary>
    public FactValue this[Field field] => _values[field.Index];

    internal ref readonly FactValue At(int index) => ref _values[index];

    internal FactValue[] Copy() => [.. _values];
}

/// <summary>Everything a condition may look at for one event: plain data, filled by the engine through <see cref="FactsBuilder"/>. Immutable.</summary>
public sealed class Facts
{
    private readonly FactValue[] _values;
    private readonly Dictionary<CounterKey, FactValue>? _counters;

    internal Facts(Vocabulary vocabulary, FactValue[] values, ImmutableArray<LineFacts> lines, Dictionary<CounterKey, FactValue>? counters)
    {
        Vocabulary = vocabulary;
        _values = values;
        Lines = lines;
        _counters = counters;
    }

    /// <summary>The names these facts were built for.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The lines; default (not given) for events that have none.</summary>
    public ImmutableArray<LineFacts> Lines { get; }

    /// <summary>The value of a field outside lines.</summary>
    public FactValue this[Field field] => At(field.Index);

    /// <summary>The value of a counter, not given when it was not loaded.</summary>
    public FactValue this[CounterKey counter] => _counters is null ? default : _counters.GetValueOrDefault(counter);

    /// <summary>A builder that starts from these facts, to evaluate with other amounts.</summary>
    public FactsBuilder ToBuilder() => new(Vocabulary, [.. _values], Lines.IsDefault ? null : Lines.Select(l => l.Copy()).ToList(), _counters);

    /// <summary>A condition checked against a larger vocabulary reads "not given" for names these facts do not have.</summary>
    internal FactValue At(int index) => index < _values.Length ? _values[index] : default;
}
