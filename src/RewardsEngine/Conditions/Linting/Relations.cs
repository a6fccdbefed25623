using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Linting;

/// <summary>What values always are to each other: a part is never more than the whole, a shorter time holds no more than a longer one.</summary>
internal static class Relations
{
    /// <summary>A value of one line and the value of the order that it is a part of.</summary>
    public static readonly (Operand OfLine, Operand OfOrder)[] Parts =
    [
        (new NameOperand(Fields.LineTotal.Name), new NameOperand(Fields.OrderTotal.Name)),
        (new NameOperand(Fields.LineTotal.Name), new NameOperand(Fields.OrderSubtotal.Name)),
        (new NameOperand(Fields.LineSubtotal.Name), new NameOperand(Fields.OrderSubtotal.Name)),
        (new NameOperand(Fields.LineQuantity.Name), new NameOperand(Fields.OrderQuantity.Name)),
    ];

    /// <summary>Whether one value can never exceed another.</summary>
    public static bool IsAtMost(Operand one, Operand other) => (one, other) switch
    {
        (NameOperand total, NameOperand subtotal) => total.Name == Fields.OrderTotal.Name && subtotal.Name == Fields.OrderSubtotal.Name
            || total.Name == Fields.LineTotal.Name && subtotal.Name == Fields.LineSubtotal.Name,
        (AggregateOperand { Kind: not Aggregate.Count } part, NameOperand) => Array.Exists(Parts, pair => pair.OfLine == part.Name && pair.OfOrder == other),
        (CounterOperand { Key: { Measure: Measure.Count } shorter }, CounterOperand { Key: { Measure: Measure.Count } longer }) =>
            shorter.Counter == longer.Counter && shorter.Last != longer.Last && shorter.Last.MostDays <= longer.Last.LeastDays && (longer.Last.LeastDays > 0),
        _ => false,
    };

    /// <summary>How one value can stand to another: less, equal, more.</summary>
    [Flags]
    public enum Standing
    {
        /// <summary>In no way.</summary>
        None = 0,

        /// <summary>Less.</summary>
        Less = 1,

        /// <summary>As much.</summary>
        Equal = 2,

        /// <summary>More.</summary>
        More = 4,
    }

    /// <summary>What a comparison leaves open.</summary>
    public static Standing Of(CompareOperator op) => op switch
    {
        CompareOperator.Equal => Standing.Equal,
        CompareOperator.NotEqual => Standing.Less | Standing.More,
        CompareOperator.Less => Standing.Less,
        CompareOperator.LessOrEqual => Standing.Less | Standing.Equal,
        CompareOperator.Greater => Standing.More,
        _ => Standing.More | Standing.Equal,
    };

    /// <summary>The same, seen from the other value.</summary>
    public static Standing Mirrored(Standing standing) =>
        (standing & Standing.Equal) | (standing.HasFlag(Standing.Less) ? Standing.More : 0) | (standing.HasFlag(Standing.More) ? Standing.Less : 0);
}
