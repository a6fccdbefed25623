namespace RewardsEngine.Conditions.Syntax;

/// <summary>A value in a test.</summary>
public abstract record Operand
{
    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; internal set; }
}

/// <summary>A value written out.</summary>
public abstract record Literal : Operand;

/// <summary>A plain number; compared with an amount it is in the programme's currency.</summary>
/// <param name="Value">The number.</param>
public sealed record NumberLiteral(decimal Value) : Literal;

/// <summary>An amount with its currency, which must be the programme's: <c>250000 IDR</c>.</summary>
/// <param name="Amount">The amount.</param>
/// <param name="Currency">Three capital letters.</param>
public sealed record MoneyLiteral(decimal Amount, string Currency) : Literal;

/// <summary>A text in double quotes.</summary>
/// <param name="Value">The text.</param>
public sealed record TextLiteral(string Value) : Literal;

/// <summary><c>true</c> or <c>false</c>.</summary>
/// <param name="Value">Which.</param>
public sealed record FlagLiteral(bool Value) : Literal;

/// <summary>A day: <c>2026-12-31</c>.</summary>
/// <param name="Value">The day.</param>
public sealed record DateLiteral(DateOnly Value) : Literal;

/// <summary>A time span: <c>30 days</c>.</summary>
/// <param name="Value">The span.</param>
public sealed record DurationLiteral(Duration Value) : Literal;

/// <summary>A name. Inside a line test the part <c>line.</c> may be left out in the text; the tree always has the full name.</summary>
/// <param name="Name">The full name.</param>
public sealed record NameOperand(string Name) : Operand;

/// <summary>A counter over the time before the event.</summary>
/// <param name="Key">Which counter, over which time, which measure.</param>
public sealed record CounterOperand(CounterKey Key) : Operand;

/// <summary>How the values of several lines become one.</summary>
public enum Aggregate : byte
{
    /// <summary>Their sum; zero when no line matches.</summary>
    Sum,

    /// <summary>How many lines match; zero when none does.</summary>
    Count,

    /// <summary>The smallest; not given when no line matches.</summary>
    Min,

    /// <summary>The largest; not given when no line matches.</summary>
    Max,
}

/// <summary>A value over the lines that match: <c>sum(total where category in ["coffee"])</c>.</summary>
/// <param name="Kind">How they become one value.</param>
/// <param name="Name">The line field.</param>
/// <param name="Where">Which lines.</param>
public sealed record AggregateOperand(Aggregate Kind, NameOperand Name, Expr Where) : Operand;
