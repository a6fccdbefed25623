using System.Globalization;

namespace RewardsEngine.Values;

/// <summary>An ISO 4217 currency with the number of decimals the programme works in (IDR 0, USD 2).</summary>
/// <param name="Code">Three upper-case letters.</param>
/// <param name="Decimals">Digits after the point in every stored amount, 0 to 4.</param>
public readonly record struct Currency(string Code, int Decimals)
{
    /// <summary>Indonesian rupiah, worked in whole rupiah.</summary>
    public static readonly Currency Idr = new("IDR", 0);

    private static readonly HashSet<string> WithoutDecimals =
        ["BIF", "CLP", "DJF", "GNF", "IDR", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> WithThreeDecimals = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>The currency with its customary decimals: ISO 4217, but IDR without the unused sen.</summary>
    /// <exception cref="ArgumentException">The code is not three upper-case letters.</exception>
    public static Currency Of(string code) => code is { Length: 3 } && code.All(c => c is >= 'A' and <= 'Z')
        ? new(code, WithoutDecimals.Contains(code) ? 0 : WithThreeDecimals.Contains(code) ? 3 : 2)
        : throw new ArgumentException($"'{code}' is not an ISO 4217 currency code (three capital letters).", nameof(code));

    /// <summary>The smallest amount: 1 for IDR, 0.01 for USD.</summary>
    public decimal MinorUnit => new(1, 0, 0, false, (byte)Decimals);

    /// <summary>Rounds half-up (away from zero) to the minor unit. The only place where money is rounded.</summary>
    public decimal Round(decimal amount) => Math.Round(amount, Decimals, MidpointRounding.AwayFromZero);

    /// <summary>The largest amount in whole minor units that is not above the given one: what may still be spent of a bound.</summary>
    public decimal Floor(decimal amount) => Math.Round(amount, Decimals, MidpointRounding.ToNegativeInfinity);

    /// <summary>The amount as a whole number of minor units.</summary>
    /// <exception cref="OverflowException">Beyond ±9.2 × 10^18 minor units.</exception>
    public long ToMinor(decimal amount) => checked((long)(Round(amount) * Scale));

    /// <summary>The amount that a whole number of minor units stands for.</summary>
    public decimal FromMinor(long minor) => minor / Scale;

    private decimal Scale => Decimals switch { 0 => 1m, 1 => 10m, 2 => 100m, 3 => 1000m, _ => 10000m };

    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>An amount in a currency. Adding different currencies is a programming error and throws.</summary>
/// <param name="Amount">Already rounded to the currency's minor unit.</param>
/// <param name="Currency">The currency of the amount.</param>
public readonly record struct Money(decimal Amount, Currency Currency) : IComparable<Money>
{
    /// <summary>Nothing, in the given currency.</summary>
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>Sum of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => new(left.Amount + right.In(left.Currency), left.Currency);

    /// <summary>Difference of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator -(Money left, Money right) => new(left.Amount - right.In(left.Currency), left.Currency);

    /// <inheritdoc/>
    public int CompareTo(Money other) => Amount.CompareTo(other.In(Currency));

    /// <summary>Invariant form for logs and stored text: <c>IDR 250000</c>. Pages format money in the reader's language instead.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Currency.Code} {Amount}");

    private decimal In(Currency currency) => Currency.Code == currency.Code
        ? Amount
        : throw new InvalidOperationException($"{Currency.Code} is not {currency.Code}.");
}
