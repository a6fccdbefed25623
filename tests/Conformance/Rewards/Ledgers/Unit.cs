namespace Conformance.Rewards.Ledgers;

/// <summary>The smallest unit of a wallet, from the decimals that the case writes.</summary>
/// <param name="Decimals">Digits after the point.</param>
public readonly record struct Unit(int Decimals)
{
    private decimal Scale => Enumerable.Repeat(10m, Decimals).Aggregate(1m, (scale, ten) => scale * ten);

    public static Unit Of(params IEnumerable<string?> numbers) => new(numbers.OfType<string>().Select(DecimalsOf).DefaultIfEmpty(0).Max());

    public long Of(decimal points) => checked((long)(points * Scale));

    /// <summary>The points a word gives.</summary>
    public long In(Words words, string word) => Of(words.Number(word));

    public decimal Back(long units) => units / Scale;

    private static int DecimalsOf(string number) => number.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? number.Length - point - 1 : 0;
}
