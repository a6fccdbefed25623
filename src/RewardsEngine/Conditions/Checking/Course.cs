using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Checking;

/// <summary>What becomes of a condition while discounts lower the totals of the order and its lines.</summary>
internal enum Course : byte
{
    /// <summary>Nothing: it does not look at them.</summary>
    Steady,

    /// <summary>It may stop to hold, but never begin.</summary>
    Falling,

    /// <summary>It may begin to hold, but never stop.</summary>
    Rising,

    /// <summary>Anything.</summary>
    Any,
}

/// <summary>Reads the course of a condition off its form. What it cannot tell is <see cref="Course.Any"/>.</summary>
internal static class Courses
{
    public static Course Of(Node node) => node switch
    {
        AllNode all => Together(all.Items),
        AnyNode any => Together(any.Items),
        NotNode not => Opposite(Of(not.Item)),
        LinesNode { Quantifier: LineQuantifier.No } lines => Opposite(Of(lines.Where)),
        LinesNode lines => Of(lines.Where),
        NumberNode number => Compared(Of(number.Source), number.Operator, Of(number.Needed[0])),
        LeafNode leaf => Of(leaf.Source) == Course.Steady && leaf.Needed.All(needed => Of(needed) == Course.Steady) ? Course.Steady : Course.Any,
        _ => Course.Steady,
    };

    private static Course Together(Node[] items)
    {
        var course = Course.Steady;
        foreach (var item in items)
        {
            var next = Of(item);
            if (course == Course.Steady) course = next;
            else if (next != Course.Steady && next != course) return Course.Any;
        }
        return course;
    }

    private static Course Opposite(Course course) => course switch { Course.Falling => Course.Rising, Course.Rising => Course.Falling, _ => course };

    private static Course Compared(Course left, CompareOperator op, Course right) => (left, op, right) switch
    {
        (Course.Steady, _, Course.Steady) => Course.Steady,
        (Course.Falling, CompareOperator.Greater or CompareOperator.GreaterOrEqual, Course.Steady) => Course.Falling,
        (Course.Falling, CompareOperator.Less or CompareOperator.LessOrEqual, Course.Steady) => Course.Rising,
        _ => Course.Any,
    };

    /// <summary>Whether a value stays or falls.</summary>
    private static Course Of(Source source) => source switch
    {
        FieldSource { Field: var field } => field == Fields.OrderTotal ? Course.Falling : Course.Steady,
        LineFieldSource { Field: var field } => OfLine(field),
        AggregateSource sum => (sum.Kind, Of(sum.Where), OfLine(sum.Field)) switch
        {
            (_, Course.Steady, var values) => values,
            // Fewer lines counted, none of them below zero.
            (Aggregate.Sum or Aggregate.Count or Aggregate.Max, Course.Falling, _) => Course.Falling,
            _ => Course.Any,
        },
        _ => Course.Steady,
    };

    private static Course OfLine(Field field) => field == Fields.LineTotal ? Course.Falling : Course.Steady;
}
