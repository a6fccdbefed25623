namespace RewardsEngine.Conditions;

/// <summary>Collects the facts of one event. What is not set is "not given".</summary>
public sealed class FactsBuilder
{
    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private readonly Vocabulary _vocabulary;
    private readonly FactValue[] _values;
    private Dictionary<CounterKey, FactValue>? _counters;
    private bool _sharesCounters;
    private List<FactValue[]>? _lines;

    /// <summary>Starts with nothing given.</summary>
    public FactsBuilder(Vocabulary vocabulary) : this(vocabulary, new FactValue[vocabulary.SlotCount], null, null) { }

    internal FactsBuilder(Vocabulary vocabulary, FactValue[] values, List<FactValue[]>? lines, Dictionary<CounterKey, FactValue>? counters)
    {
        _vocabulary = vocabulary;
        _values = values;
        _lines = lines;
        _counters = counters;
        _sharesCounters = counters is not null;
    }

    /// <summary>How many lines were added.</summary>
    public int LineCount => _lines?.Count ?? 0;

    /// <summary>Sets a field outside lines.</summary>
    /// <exception cref="ArgumentException">The value has another type, or the field belongs to a line.</exception>
    public FactsBuilder Set(Field field, FactValue value)
    {
        if (field.IsLine) throw new ArgumentException($"'{field}' belongs to a line.", nameof(field));
        _values[field.Index] = Typed(field, value);
        return this;
    }

    /// <summary>Sets a number, or an amount when the field holds money.</summary>
    public FactsBuilder Set(Field field, decimal number) => Set(field, Numeric(field, number));

    /// <summary>Sets a text; <c>null</c> is not given.</summary>
    public FactsBuilder Set(Field field, string? text) => Set(field, FactValue.Of(text));

    /// <summary>Sets several texts; <c>null</c> is not given.</summary>
    public FactsBuilder Set(Field field, IEnumerable<string>? texts) => Set(field, FactValue.Of(texts));

    /// <summary>Sets a day; <c>null</c> is not given.</summary>
    public FactsBuilder Set(Field field, DateOnly? date) => Set(field, FactValue.Of(date));

    /// <summary>Sets a yes or no; <c>null</c> is not given.</summary>
    public FactsBuilder Set(Field field, bool? flag) => Set(field, FactValue.Of(flag));

    /// <summary>Sets <c>now.*</c> from the time of the event in the programme's zone.</summary>
    /// <param name="utc">The time of the event in UTC.</param>
    /// <param name="zone">The programme's zone.</param>
    public FactsBuilder SetNow(DateTime utc, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        return Set(Fields.NowDate, DateOnly.FromDateTime(local))
            .Set(Fields.NowHour, local.Hour)
            .Set(Fields.NowWeekday, Weekdays[(int)local.DayOfWeek]);
    }

    /// <summary>Says that the event has lines, even if none is added.</summary>
    public FactsBuilder WithLines()
    {
        _lines ??= [];
        return this;
    }

    /// <summary>Adds an empty line; set its fields by <see cref="SetLine(int, Field, FactValue)"/>.</summary>
    /// <returns>The position of the line, from 0.</returns>
    public int AddLine()
    {
        WithLines()._lines!.Add(new FactValue[Fields.LineCount]);
        return LineCount - 1;
    }

    /// <summary>Sets a field of a line.</summary>
    /// <exception cref="ArgumentException">The value has another type, or the field does not belong to lines.</exception>
    public FactsBuilder SetLine(int line, Field field, FactValue value)
    {
        if (!field.IsLine) throw new ArgumentException($"'{field}' does not belong to a line.", nameof(field));
        _lines![line][field.Index] = Typed(field, value);
        return this;
    }

    /// <summary>Sets a number or an amount of a line.</summary>
    public FactsBuilder SetLine(int line, Field field, decimal number) => SetLine(line, field, Numeric(field, number));

    /// <summary>Sets a text or the category path of a line; <c>null</c> is not given.</summary>
    public FactsBuilder SetLine(int line, Field field, string? text) => SetLine(line, field, field.Type == FactType.Path ? FactValue.OfPath(text) : FactValue.Of(text));

    /// <summary>Sets several texts or category paths of a line; <c>null</c> is not given.</summary>
    public FactsBuilder SetLine(int line, Field field, IEnumerable<string>? texts) => SetLine(line, field, field.Type == FactType.Path ? FactValue.OfPaths(texts) : FactValue.Of(texts));

    /// <summary>Sets a yes or no of a line.</summary>
    public FactsBuilder SetLine(int line, Field field, bool flag) => SetLine(line, field, FactValue.Of(flag));

    /// <summary>Sets what a counter shows. A counter that is zero must be set to zero; otherwise it is not given.</summary>
    public FactsBuilder Set(CounterKey counter, decimal value)
    {
        if (_counters is null || _sharesCounters) (_counters, _sharesCounters) = (_counters is null ? [] : new(_counters), false);
        _counters[counter] = counter.Type == FactType.Money ? FactValue.OfMoney(value) : FactValue.Of(value);
        return this;
    }

    /// <summary>The facts; the builder may be used on.</summary>
    public Facts Build() => new(_vocabulary, [.. _values], _lines is null ? default : [.. _lines.Select(l => new LineFacts([.. l]))], _counters is null ? null : new(_counters));

    /// <summary>The facts, in the builder's own memory: it may not be used again.</summary>
    internal Facts BuildOnce() => new(_vocabulary, _values, _lines is null ? default : System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(_lines.ConvertAll(line => new LineFacts(line)).ToArray()), _counters);

    private static FactValue Numeric(Field field, decimal number) => field.Type == FactType.Money ? FactValue.OfMoney(number) : FactValue.Of(number);

    private static FactValue Typed(Field field, FactValue value) => !value.IsGiven || value.Type == field.Type
        ? value
        : throw new ArgumentException($"'{field}' holds {field.Type}, not {value.Type}.", nameof(value));
}
