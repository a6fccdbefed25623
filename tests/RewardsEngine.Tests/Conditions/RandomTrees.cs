using System.Collections.Immutable;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Tests.Conditions;

/// <summary>Makes random valid trees, facts and texts; the same seed makes the same ones.</summary>
internal sealed class RandomTrees(int seed)
{
    private static readonly string[] Texts = ["gold", "coffee", "coffee/beans", "", "a \"b\" \\ c", "Kopi Gayo", "日本", "😀", "and", "x'y"];

    private readonly Random _random = new(seed);

    public Expr Tree() => _random.Next(50) == 0 ? new AlwaysExpr() : Expr(_random.Next(1, 6), inLine: false);

    public Facts Facts()
    {
        var facts = new FactsBuilder(Say.Words);
        foreach (var field in Say.Words.Fields.Where(f => !f.IsLine && _random.Next(4) > 0)) facts.Set(field, Value(field));
        if (_random.Next(8) > 0) facts.WithLines();
        for (var i = _random.Next(5); i > 0; i--)
        {
            var line = facts.AddLine();
            foreach (var field in Say.Words.Fields.Where(f => f.IsLine && _random.Next(4) > 0)) facts.SetLine(line, field, Value(field));
        }
        return facts.Build();
    }

    /// <summary>A canonical text with a few characters deleted, doubled, swapped or replaced.</summary>
    public string Broken()
    {
        var text = Tree().ToText().ToList();
        for (var i = _random.Next(1, 5); i > 0 && text.Count > 0; i--)
        {
            var at = _random.Next(text.Count);
            switch (_random.Next(4))
            {
                case 0: text.RemoveAt(at); break;
                case 1: text.Insert(at, text[at]); break;
                case 2: text[at] = text[_random.Next(text.Count)]; break;
                default: text[at] = Character(); break;
            }
        }
        return new string([.. text]);
    }

    /// <summary>Words and characters of the language in no order.</summary>
    public string Noise()
    {
        string[] words = ["and", "or", "not", "(", ")", "[", "]", ",", ".", "..", "any line (", "sum(", "where", "in", "between", "today is", "order.total", "category", "\"", "5", "250.000", "-", ">=", "=", "last(", "days", "2026-12-31", "true", " "];
        return string.Concat(Enumerable.Range(0, _random.Next(1, 40)).Select(_ => _random.Next(6) == 0 ? Character().ToString() : words[_random.Next(words.Length)] + (_random.Next(2) == 0 ? " " : "")));
    }

    private char Character() => _random.Next(3) == 0 ? (char)_random.Next(0x10000) : (char)_random.Next(32, 127);

    private Expr Expr(int depth, bool inLine) => depth <= 1 ? Leaf(inLine) : _random.Next(inLine ? 4 : 6) switch
    {
        0 => new AndExpr(Items(depth, inLine)),
        1 => new OrExpr(Items(depth, inLine)),
        2 => new NotExpr(Expr(depth - 1, inLine)),
        4 => new LineExpr((LineQuantifier)_random.Next(3), Expr(depth - 1, inLine: true)),
        _ => Leaf(inLine),
    };

    private ImmutableArray<Expr> Items(int depth, bool inLine) => [.. Enumerable.Range(0, _random.Next(2, 5)).Select(_ => Expr(depth - 1, inLine))];

    private Expr Leaf(bool inLine)
    {
        if (_random.Next(12) == 0) return new TodayIsExpr(new(_random.Next(2) == 0 ? "customer.birthday" : "event.on"));
        if (_random.Next(12) == 0)
        {
            var from = Day();
            return new TodayInExpr(new(from), new(from.AddDays(_random.Next(40))));
        }
        var field = Pick(Say.Words.Fields.Where(f => inLine || !f.IsLine).ToList());
        var subject = inLine || _random.Next(4) > 0 ? (Operand)new NameOperand(field.Name) : Computed(out field);
        return field.Type switch
        {
            FactType.Number or FactType.Money => Numeric(subject, field),
            FactType.Date => _random.Next(2) == 0 ? new CompareExpr(subject, Operator(), new DateLiteral(Day())) : new CompareExpr(subject, Operator(), new DurationLiteral(new(_random.Next(1, 50), (TimeSpanUnit)_random.Next(2, 6)))),
            FactType.Duration => new CompareExpr(new DurationLiteral(new(_random.Next(1, 50), (TimeSpanUnit)_random.Next(4))), Operator(), subject),
            FactType.Flag => new CompareExpr(subject, (CompareOperator)_random.Next(2), new FlagLiteral(_random.Next(2) == 0)),
            _ => Textual(subject, field),
        };
    }

    private Operand Computed(out Field field)
    {
        if (_random.Next(2) == 0)
        {
            field = Pick([Fields.LineTotal, Fields.LineQuantity, Fields.LineUnitPrice]);
            return new AggregateOperand(Pick([Aggregate.Sum, Aggregate.Min, Aggregate.Max]), new(field.Name), Expr(_random.Next(1, 3), inLine: true));
        }
        field = Fields.OrderTotal;
        return new CounterOperand(new(Counter.Purchases, new(_random.Next(1, 60), (TimeSpanUnit)_random.Next(6)), Measure.Total));
    }

    private Expr Numeric(Operand subject, Field field)
    {
        switch (_random.Next(4))
        {
            case 0: return new InExpr(subject, [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Number(field))]);
            case 1:
                var (a, b) = (Amount(field), Amount(field));
                return new BetweenExpr(subject, new NumberLiteral(Math.Min(a, b)), new NumberLiteral(Math.Max(a, b)));
            case 2 when field.Type == FactType.Money: return new CompareExpr(subject, Operator(), new NameOperand("order.subtotal"));
            default: return new CompareExpr(subject, Operator(), Number(field));
        }
    }

    private Expr Textual(Operand subject, Field field) => _random.Next(3) switch
    {
        0 => new InExpr(subject, [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Text(field))]),
        1 => new StartsWithExpr(subject, new TextLiteral(Pick(Texts) + "x")),
        _ => new CompareExpr(subject, (CompareOperator)_random.Next(2), Text(field)),
    };

    private Literal Number(Field field) => field.Type == FactType.Money && _random.Next(3) == 0 ? new MoneyLiteral(Amount(field), "IDR") : new NumberLiteral(Amount(field));

    private Literal Text(Field field) => new TextLiteral(field.Choices.Length > 0 ? Pick(field.Choices) : Pick(Texts));

    private decimal Amount(Field field) => field.Unit == FactUnit.Hours ? _random.Next(25) : _random.Next(6) switch
    {
        0 => ConditionLimits.MaxNumber,
        1 => -ConditionLimits.MaxNumber,
        2 when field.Type == FactType.Number => _random.Next(-100_000, 100_000) / 10m,
        _ => _random.Next(-5, 300_000),
    };

    private FactValue Value(Field field) => field.Type switch
    {
        FactType.Number => FactValue.Of(Amount(field)),
        FactType.Money => FactValue.OfMoney(Amount(field)),
        FactType.Date => FactValue.Of((DateOnly?)Day()),
        FactType.Duration => FactValue.OfMinutes(_random.Next(100_000)),
        FactType.Flag => FactValue.Of((bool?)(_random.Next(2) == 0)),
        FactType.Text => FactValue.Of(Pick(Texts)),
        FactType.Path => FactValue.OfPaths([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Texts))]),
        _ => FactValue.Of([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Texts))]),
    };

    private DateOnly Day() => _random.Next(10) switch
    {
        0 => ConditionLimits.FirstDate,
        1 => new(2000, 2, 29),
        _ => ConditionLimits.FirstDate.AddDays(_random.Next(100_000)),
    };

    private CompareOperator Operator() => (CompareOperator)_random.Next(6);

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
