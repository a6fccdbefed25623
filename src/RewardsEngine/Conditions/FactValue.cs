using System.Globalization;

namespace RewardsEngine.Conditions;

/// <summary>One typed value of a fact. The default is "not given".</summary>
public readonly struct FactValue : IEquatable<FactValue>
{
    private readonly decimal _number;
    private readonly object? _text;

    private FactValue(FactType type, decimal number, object? text = null)
    {
        Type = type;
        _number = number;
        _text = text;
    }

    /// <summary>The value that was not given.</summary>
    public static FactValue NotGiven => default;

    /// <summary>The type of the value; <see cref="FactType.None"/> when it was not given.</summary>
    public FactType Type { get; }

    /// <summary>Whether there is a value at all.</summary>
    public bool IsGiven => Type != FactType.None;

    /// <summary>The number, amount, day number or minutes.</summary>
    public decimal Number => _number;

    /// <summary>The text of a text value.</summary>
    public string Text => _text as string ?? (_text is string[] { Length: > 0 } many ? many[0] : "");

    /// <summary>The day of a date value.</summary>
    public DateOnly Date => DateOnly.FromDayNumber((int)_number);

    /// <summary>The truth of a flag.</summary>
    public bool Flag => _number != 0;

    /// <summary>How many texts there are.</summary>
    public int TextCount => _text switch { string => 1, string[] many => many.Length, _ => 0 };

    /// <summary>The text at a position from 0.</summary>
    public string TextAt(int index) => _text as string ?? ((string[])_text!)[index];

    /// <summary>All texts.</summary>
    public IReadOnlyList<string> Texts => _text switch { string one => [one], string[] many => many, _ => [] };

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Beyond <see cref="ConditionLimits.MaxNumber"/>.</exception>
    public static FactValue Of(decimal number) => new(FactType.Number, Bounded(number));

    /// <summary>An amount in the programme's currency.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Beyond <see cref="ConditionLimits.MaxNumber"/>.</exception>
    public static FactValue OfMoney(decimal amount) => new(FactType.Money, Bounded(amount));

    /// <summary>A text; <c>null</c> is not given.</summary>
    public static FactValue Of(string? text) => text is null ? default : new(FactType.Text, 0, text);

    /// <summary>Several texts; <c>null</c> is not given, an empty list is given and empty.</summary>
    public static FactValue Of(IEnumerable<string>? texts) => texts is null ? default : new(FactType.TextList, 0, texts.ToArray());

    /// <summary>One category path; <c>null</c> is not given.</summary>
    public static FactValue OfPath(string? path) => path is null ? default : new(FactType.Path, 0, path);

    /// <summary>Several category paths; <c>null</c> is not given.</summary>
    public static FactValue OfPaths(IEnumerable<string>? paths) => paths is null ? default : new(FactType.Path, 0, paths.ToArray());

    /// <summary>A day; <c>null</c> is not given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside <see cref="ConditionLimits.FirstDate"/> to <see cref="ConditionLimits.LastDate"/>.</exception>
    public static FactValue Of(DateOnly? date) => date is not { } day ? default
        : day >= ConditionLimits.FirstDate && day <= ConditionLimits.LastDate ? new(FactType.Date, day.DayNumber)
        : throw new ArgumentOutOfRangeException(nameof(date), day, "The day lies outside the years 1900 to 2199.");

    /// <summary>A yes or no; <c>null</c> is not given.</summary>
    public static FactValue Of(bool? flag) => flag is not { } yes ? default : new(FactType.Flag, yes ? 1 : 0);

    /// <summary>A time span in minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Beyond <see cref="ConditionLimits.MaxNumber"/>.</exception>
    public static FactValue OfMinutes(long minutes) => new(FactType.Duration, Bounded(minutes));

    /// <inheritdoc/>
    public bool Equals(FactValue other) =>
        Type == other.Type && _number == other._number && Texts.SequenceEqual(other.Texts, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FactValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, _number, TextCount == 0 ? 0 : string.GetHashCode(TextAt(0), StringComparison.Ordinal));

    /// <summary>Same type and same content.</summary>
    public static bool operator ==(FactValue left, FactValue right) => left.Equals(right);

    /// <summary>Another type or content.</summary>
    public static bool operator !=(FactValue left, FactValue right) => !left.Equals(right);

    /// <summary>Invariant form for logs and traces. Pages use <see cref="Wording.FactText"/>.</summary>
    public override string ToString() => Type switch
    {
        FactType.None => "not given",
        FactType.Text or FactType.TextList or FactType.Path => string.Join(", ", Texts),
        FactType.Date => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FactType.Flag => Flag ? "true" : "false",
        _ => _number.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static decimal Bounded(decimal number) => Math.Abs(number) <= ConditionLimits.MaxNumber
        ? number
        : throw new ArgumentOutOfRangeException(nameof(number), number, "The number is too large; intake refuses it.");
}
