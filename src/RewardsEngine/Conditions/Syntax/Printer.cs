using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RewardsEngine.Conditions.Syntax;

/// <summary>Writes a tree as its canonical text; reading that text gives the same tree.</summary>
public static class Printer
{
    private static readonly FrozenSet<string> LineNames = Fields.All.Where(f => f.IsLine).Select(f => f.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The canonical text of a condition; empty for the one that always holds.</summary>
    public static string Print(Expr expr)
    {
        var text = new StringBuilder();
        Write(text, expr, inLine: false);
        return text.ToString();
    }

    /// <summary>The canonical text of a value.</summary>
    /// <param name="operand">The value.</param>
    /// <param name="inLine">Whether it stands inside a line test, where <c>line.</c> is left out.</param>
    public static string Print(Operand operand, bool inLine = false)
    {
        var text = new StringBuilder();
        Write(text, operand, inLine);
        return text.ToString();
    }

    /// <summary>The sign of an operator.</summary>
    public static string Sign(CompareOperator op) => op switch
    {
        CompareOperator.Equal => "=",
        CompareOperator.NotEqual => "!=",
        CompareOperator.Less => "<",
        CompareOperator.LessOrEqual => "<=",
        CompareOperator.Greater => ">",
        _ => ">=",
    };

    private static void Write(StringBuilder text, Expr expr, bool inLine)
    {
        switch (expr)
        {
            case AlwaysExpr: break;
            case AndExpr group: Join(text, group.Items, " and ", inLine, i => i is GroupExpr); break;
            case OrExpr group: Join(text, group.Items, " or ", inLine, i => i is OrExpr); break;
            case NotExpr not:
                text.Append("not ");
                Nested(text, not.Item, inLine, not.Item is GroupExpr);
                break;
            case CompareExpr test:
                Write(text, test.Left, inLine);
                text.Append(' ').Append(Sign(test.Operator)).Append(' ');
                Write(text, test.Right, inLine);
                break;
            case InExpr test:
                Write(text, test.Value, inLine);
                text.Append(" in [");
                for (var i = 0; i < test.List.Length; i++) Write(i == 0 ? text : text.Append(", "), test.List[i], inLine);
                text.Append(']');
                break;
            case BetweenExpr test:
                Write(text, test.Value, inLine);
                Write(text.Append(" between "), test.Low, inLine);
                Write(text.Append(" and "), test.High, inLine);
                break;
            case StartsWithExpr test:
                Write(text, test.Value, inLine);
                Write(text.Append(" starts with "), test.Prefix, inLine);
                break;
            case LineExpr test:
                text.Append(test.Quantifier.ToString().ToLowerInvariant()).Append(" line ");
                Nested(text, test.Where, inLine: true, brackets: true);
                break;
            case TodayIsExpr test: Write(text.Append("today is "), test.Name, inLine); break;
            case TodayInExpr test:
                Write(text.Append("today is in "), test.From, inLine);
                Write(text.Append(" .. "), test.To, inLine);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(expr), expr, "An unknown kind of condition.");
        }
    }

    private static void Join(StringBuilder text, ImmutableArray<Expr> items, string word, bool inLine, Func<Expr, bool> needsBrackets)
    {
        for (var i = 0; i < items.Length; i++) Nested(i == 0 ? text : text.Append(word), items[i], inLine, needsBrackets(items[i]));
    }

    private static void Nested(StringBuilder text, Expr expr, bool inLine, bool brackets)
    {
        if (brackets) text.Append('(');
        Write(text, expr, inLine);
        if (brackets) text.Append(')');
    }

    private static void Write(StringBuilder text, Operand operand, bool inLine)
    {
        switch (operand)
        {
            case NumberLiteral number: text.Append(Number(number.Value)); break;
            case MoneyLiteral money: text.Append(Number(money.Amount)).Append(' ').Append(money.Currency); break;
            case TextLiteral literal: text.Append('"').Append(literal.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"'); break;
            case FlagLiteral flag: text.Append(flag.Value ? "true" : "false"); break;
            case DateLiteral date: text.Append(date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DurationLiteral duration: text.Append(duration.Value.ToString()); break;
            case NameOperand name: text.Append(inLine && LineNames.Contains(name.Name) ? name.Name["line.".Length..] : name.Name); break;
            case CounterOperand counter: text.Append(counter.Key.ToString()); break;
            case AggregateOperand aggregate:
                text.Append(aggregate.Kind.ToString().ToLowerInvariant()).Append('(');
                Write(text, aggregate.Name, inLine: true);
                Write(text.Append(" where "), aggregate.Where, inLine: true);
                text.Append(')');
                break;
            default: throw new ArgumentOutOfRangeException(nameof(operand), operand, "An unknown kind of value.");
        }
    }

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
