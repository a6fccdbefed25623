using System.Collections.Immutable;

namespace RewardsEngine.Conditions.Syntax;

/// <summary>A condition or a part of it. Immutable; equal when it says the same.</summary>
public abstract record Expr
{
    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; internal set; }

    /// <summary>The canonical text.</summary>
    public string ToText() => Printer.Print(this);
}

/// <summary>The empty condition, which always holds. Stands alone.</summary>
public sealed record AlwaysExpr : Expr;

/// <summary>Several conditions joined by one word.</summary>
/// <param name="Items">At least two.</param>
public abstract record GroupExpr(ImmutableArray<Expr> Items) : Expr
{
    /// <inheritdoc/>
    public virtual bool Equals(GroupExpr? other) => other is not null && EqualityContract == other.EqualityContract && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Aggregate(EqualityContract.Name.Length, HashCode.Combine);
}

/// <summary>All of the items hold.</summary>
/// <param name="Items">At least two.</param>
public sealed record AndExpr(ImmutableArray<Expr> Items) : GroupExpr(Items);

/// <summary>At least one of the items holds.</summary>
/// <param name="Items">At least two.</param>
public sealed record OrExpr(ImmutableArray<Expr> Items) : GroupExpr(Items);

/// <summary>The item does not hold.</summary>
/// <param name="Item">What must not hold.</param>
public sealed record NotExpr(Expr Item) : Expr;

/// <summary>How two values are compared.</summary>
public enum CompareOperator : byte
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,
}

/// <summary>One value compared with another.</summary>
/// <param name="Left">The left value.</param>
/// <param name="Operator">How they are compared.</param>
/// <param name="Right">The right value.</param>
public sealed record CompareExpr(Operand Left, CompareOperator Operator, Operand Right) : Expr;

/// <summary>A value is one of a list; for categories, lies in one of them.</summary>
/// <param name="Value">The value.</param>
/// <param name="List">Literals of one type, at least one.</param>
public sealed record InExpr(Operand Value, ImmutableArray<Literal> List) : Expr
{
    /// <inheritdoc/>
    public bool Equals(InExpr? other) => other is not null && Value == other.Value && List.SequenceEqual(other.List);

    /// <inheritdoc/>
    public override int GetHashCode() => List.Aggregate(Value.GetHashCode(), HashCode.Combine);
}

/// <summary>A value lies between two others, both included.</summary>
/// <param name="Value">The value.</param>
/// <param name="Low">The lowest it may be.</param>
/// <param name="High">The highest it may be.</param>
public sealed record BetweenExpr(Operand Value, Operand Low, Operand High) : Expr;

/// <summary>A text begins with another.</summary>
/// <param name="Value">The text.</param>
/// <param name="Prefix">Its beginning.</param>
public sealed record StartsWithExpr(Operand Value, TextLiteral Prefix) : Expr;

/// <summary>Which lines a line test asks about.</summary>
public enum LineQuantifier : byte
{
    /// <summary>At least one line.</summary>
    Any,

    /// <summary>Every line.</summary>
    All,

    /// <summary>Not one line.</summary>
    No,
}

/// <summary>A test on the lines of a purchase.</summary>
/// <param name="Quantifier">On which of them.</param>
/// <param name="Where">What holds for them.</param>
public sealed record LineExpr(LineQuantifier Quantifier, Expr Where) : Expr;

/// <summary>Today has the day and month of a date: a birthday, an anniversary. 29 February is kept on 28 February in common years.</summary>
/// <param name="Name">The full name of a date.</param>
public sealed record TodayIsExpr(NameOperand Name) : Expr;

/// <summary>Today lies in a range of days, both included.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record TodayInExpr(DateLiteral From, DateLiteral To) : Expr;
