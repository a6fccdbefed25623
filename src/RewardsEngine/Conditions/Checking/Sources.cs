using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Checking;

/// <summary>Where a value of a test comes from.</summary>
internal abstract class Source
{
    public abstract FactValue Read(Facts facts, LineFacts? line);
}

internal sealed class FixedSource(FactValue value) : Source
{
    public FactValue Value => value;

    public override FactValue Read(Facts facts, LineFacts? line) => value;
}

internal sealed class FieldSource(Field field) : Source
{
    private readonly int _index = field.Index;

    public Field Field { get; } = field;

    public override FactValue Read(Facts facts, LineFacts? line) => facts.At(_index);
}

internal sealed class LineFieldSource(Field field) : Source
{
    private readonly int _index = field.Index;

    public Field Field { get; } = field;

    public override FactValue Read(Facts facts, LineFacts? line) => line!.At(_index);
}

internal sealed class CounterSource(CounterKey key) : Source
{
    public CounterKey Key => key;

    public override FactValue Read(Facts facts, LineFacts? line) => facts[key];
}

internal sealed class AggregateSource(Aggregate kind, Field field, Node where) : Source
{
    public Aggregate Kind => kind;

    public Field Field { get; } = field;

    public Node Where => where;

    public override FactValue Read(Facts facts, LineFacts? line)
    {
        if (facts.Lines.IsDefault) return default;
        var count = 0;
        var result = 0m;
        foreach (var candidate in facts.Lines)
        {
            if (where.Test(facts, candidate) != Truth.True || !candidate.At(Field.Index).IsGiven) continue;
            var number = candidate.At(Field.Index).Number;
            result = kind switch
            {
                Aggregate.Sum => result + number,
                Aggregate.Min => count == 0 ? number : Math.Min(result, number),
                _ => count == 0 ? number : Math.Max(result, number),
            };
            count++;
        }
        return kind switch
        {
            Aggregate.Count => FactValue.Of((decimal)count),
            Aggregate.Min or Aggregate.Max when count == 0 => default,
            _ => Sized(result, Field.Type),
        };
    }

    /// <summary>A sum of many bounded lines may pass the bound of one value; it then counts as the bound, which no threshold exceeds.</summary>
    private static FactValue Sized(decimal number, FactType type)
    {
        var bounded = Math.Clamp(number, -ConditionLimits.MaxNumber, ConditionLimits.MaxNumber);
        return type == FactType.Money ? FactValue.OfMoney(bounded) : FactValue.Of(bounded);
    }
}
