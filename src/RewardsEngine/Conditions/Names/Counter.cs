using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions;

/// <summary>What is counted over a span of time before the event.</summary>
public enum Counter : byte
{
    /// <summary>Purchases that were not fully returned.</summary>
    Purchases,

    /// <summary>Visits.</summary>
    Visits,

    /// <summary>Redemptions of points.</summary>
    Redemptions,

    /// <summary>Complaints.</summary>
    Complaints,
}

/// <summary>What of the counted things is asked for.</summary>
public enum Measure : byte
{
    /// <summary>How many there were.</summary>
    Count,

    /// <summary>Their sum: money for purchases, points for redemptions.</summary>
    Total,

    /// <summary>The pieces in them.</summary>
    Quantity,
}

/// <summary>A counter that a condition reads: <c>purchases.last(30 days).count</c>. The event itself is not counted.</summary>
/// <param name="Counter">What is counted.</param>
/// <param name="Last">Over which time before the event.</param>
/// <param name="Measure">What of it.</param>
public readonly record struct CounterKey(Counter Counter, Duration Last, Measure Measure)
{
    /// <summary>The type of the value: money for the total of purchases, otherwise a number.</summary>
    public FactType Type => Counter == Counter.Purchases && Measure == Measure.Total ? FactType.Money : FactType.Number;

    /// <summary>The unit of the value.</summary>
    public FactUnit Unit => (Counter, Measure) switch
    {
        (Counter.Purchases, Measure.Total) => FactUnit.Currency,
        (_, Measure.Total) => FactUnit.Points,
        (_, Measure.Quantity) => FactUnit.Pieces,
        _ => FactUnit.Times,
    };

    /// <summary>Whether the counter has this measure: visits and complaints are only counted.</summary>
    public static bool Has(Counter counter, Measure measure) => measure == Measure.Count || counter is Counter.Purchases or Counter.Redemptions;

    /// <summary>The canonical text.</summary>
    public override string ToString() => $"{Counter.ToString().ToLowerInvariant()}.last({Last}).{Measure.ToString().ToLowerInvariant()}";
}
