using System.Globalization;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Wording;

public sealed partial class ConditionText
{
    private string Compare(CompareExpr test, bool negated)
    {
        var (subject, op, value) = test.Left is Literal && test.Right is not Literal
            ? (test.Right, Mirrored(test.Operator), test.Left)
            : (test.Left, test.Operator, test.Right);
        if (negated) op = Opposite(op);
        var field = FieldOf(subject);
        var type = TypeOf(subject);
        if (value is FlagLiteral flag && field is not null) return Flag(field, flag.Value == (op == CompareOperator.Equal));
        if (value is DurationLiteral span && type == FactType.Date) return $"{Subject(subject)} {Ago(op, _facts.Span(span.Value))}";
        if (field == Fields.NowHour && value is NumberLiteral hour) return Hour(op, hour.Value);
        if (field == Fields.NowWeekday && value is TextLiteral) return Day(op == CompareOperator.Equal, Shown(field, value));
        if (field == Fields.NowDate) return $"{SinceOrUntil(op)} {Value(value, field)}";
        return type switch
        {
            FactType.Text or FactType.Path => $"{Subject(subject)} {(op == CompareOperator.Equal ? Pick("", "is ") : Pick("bukan ", "is not "))}{Value(value, field)}",
            FactType.TextList => $"{Subject(subject)} {(op == CompareOperator.Equal ? Pick("mencakup", "includes") : Pick("tidak mencakup", "does not include"))} {Value(value, field)}",
            FactType.Date => $"{Subject(subject)} {OnDate(op)} {Value(value, field)}",
            _ => $"{Subject(subject)} {Words(op)} {Amount(value, type, field)}",
        };
    }

    private string In(InExpr test, bool negated)
    {
        var field = FieldOf(test.Value);
        var type = TypeOf(test.Value);
        var values = Any(test.List.Select(l => field is null ? Amount(l, type, field) : Shown(field, l)));
        if (field == Fields.NowWeekday) return Day(!negated, values);
        var verb = type == FactType.TextList
            ? (negated ? Pick("tidak mencakup", "does not include") : Pick("mencakup", "includes"))
            : (negated ? Pick("bukan", "is not") : Pick("", "is"));
        return $"{Subject(test.Value)} {verb}{(verb.Length == 0 ? "" : " ")}{values}";
    }

    private string Between(BetweenExpr test, bool negated)
    {
        var field = FieldOf(test.Value);
        if (field == Fields.NowHour && test is { Low: NumberLiteral from, High: NumberLiteral to })
            return (negated ? Pick("di luar ", "not ") : "") + Pick($"pukul {Clock(from.Value)} sampai {Clock(to.Value, end: true)}", $"between {Clock(from.Value)} and {Clock(to.Value, end: true)}");
        if (field == Fields.NowDate && test is { Low: DateLiteral first, High: DateLiteral last })
            return (negated ? Pick("di luar ", "outside ") : "") + Range(first.Value, last.Value);
        var type = TypeOf(test.Value);
        var (low, high) = (Amount(test.Low, type, field), Amount(test.High, type, field));
        var ago = type == FactType.Date && test.Low is DurationLiteral ? Pick(" yang lalu", " ago") : "";
        return Pick($"{Subject(test.Value)} {(negated ? "di luar" : "antara")} {low} {(negated ? "sampai" : "dan")} {high}{ago}", $"{Subject(test.Value)} {(negated ? "not between" : "between")} {low} and {high}{ago}");
    }

    private string Flag(Field field, bool yes)
    {
        var label = field.Label.In(_language);
        if (field.Name.StartsWith("customer.consent.", StringComparison.Ordinal))
            return yes ? Pick($"{label} diberikan", $"{label} given") : Pick($"{label} tidak diberikan", $"{label} not given");
        return yes ? label : $"{Pick("bukan", "not")} {label}";
    }

    private string Day(bool on, string days) => on ? Pick($"hari {days}", $"on {days}") : Pick($"selain hari {days}", $"not on {days}");

    private string Hour(CompareOperator op, decimal hour) => op switch
    {
        CompareOperator.GreaterOrEqual => Pick($"mulai pukul {Clock(hour)}", $"from {Clock(hour)}"),
        CompareOperator.Greater => Pick($"mulai pukul {Clock(hour + 1)}", $"from {Clock(hour + 1)}"),
        CompareOperator.Less => Pick($"sebelum pukul {Clock(hour)}", $"before {Clock(hour)}"),
        CompareOperator.LessOrEqual => Pick($"sampai pukul {Clock(hour, end: true)}", $"until {Clock(hour, end: true)}"),
        CompareOperator.Equal => Pick($"pukul {Clock(hour)} sampai {Clock(hour, end: true)}", $"between {Clock(hour)} and {Clock(hour, end: true)}"),
        _ => Pick($"di luar pukul {Clock(hour)} sampai {Clock(hour, end: true)}", $"not between {Clock(hour)} and {Clock(hour, end: true)}"),
    };

    private string Clock(decimal hour, bool end = false) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)hour:00}{Pick(".", ":")}{(end ? "59" : "00")}");

    private string Ago(CompareOperator op, string span) => op switch
    {
        CompareOperator.GreaterOrEqual => Pick($"paling sedikit {span} yang lalu", $"at least {span} ago"),
        CompareOperator.Greater => Pick($"lebih dari {span} yang lalu", $"more than {span} ago"),
        CompareOperator.LessOrEqual => Pick($"paling lama {span} yang lalu", $"at most {span} ago"),
        CompareOperator.Less => Pick($"kurang dari {span} yang lalu", $"less than {span} ago"),
        CompareOperator.Equal => Pick($"tepat {span} yang lalu", $"exactly {span} ago"),
        _ => Pick($"bukan {span} yang lalu", $"not {span} ago"),
    };

    private string Words(CompareOperator op) => op switch
    {
        CompareOperator.GreaterOrEqual => Pick("minimal", "at least"),
        CompareOperator.Greater => Pick("lebih dari", "more than"),
        CompareOperator.LessOrEqual => Pick("maksimal", "at most"),
        CompareOperator.Less => Pick("kurang dari", "less than"),
        CompareOperator.Equal => Pick("tepat", "exactly"),
        _ => Pick("bukan", "other than"),
    };

    private string OnDate(CompareOperator op) => op switch
    {
        CompareOperator.Equal => Pick("pada", "on"),
        CompareOperator.NotEqual => Pick("bukan pada", "not on"),
        _ => SinceOrUntil(op),
    };

    private string SinceOrUntil(CompareOperator op) => op switch
    {
        CompareOperator.GreaterOrEqual => Pick("mulai", "from"),
        CompareOperator.Greater => Pick("setelah", "after"),
        CompareOperator.LessOrEqual => Pick("sampai", "until"),
        CompareOperator.Less => Pick("sebelum", "before"),
        CompareOperator.Equal => Pick("pada", "on"),
        _ => Pick("selain", "not on"),
    };

    private string Subject(Operand operand) => operand switch
    {
        CounterOperand { Key: var key } => $"{Counted(key)} {Pick($"dalam {_facts.Span(key.Last)} terakhir", $"in the last {_facts.Span(key.Last)}")}",
        AggregateOperand aggregate => Aggregated(aggregate),
        _ => Label(operand),
    };

    private string Counted(CounterKey key) => (key.Counter, key.Measure) switch
    {
        (Counter.Purchases, Measure.Count) => Pick("banyaknya pembelian", "number of purchases"),
        (Counter.Purchases, Measure.Total) => Pick("total pembelian", "total of purchases"),
        (Counter.Purchases, _) => Pick("banyaknya barang yang dibeli", "number of items bought"),
        (Counter.Visits, _) => Pick("banyaknya kunjungan", "number of visits"),
        (Counter.Redemptions, Measure.Total) => Pick("poin yang ditukar", "points redeemed"),
        (Counter.Redemptions, _) => Pick("banyaknya penukaran", "number of redemptions"),
        _ => Pick("banyaknya keluhan", "number of complaints"),
    };

    private string Aggregated(AggregateOperand aggregate)
    {
        var label = Label(aggregate.Name);
        var which = Products(aggregate.Where);
        return aggregate.Kind switch
        {
            Aggregate.Count => Pick($"banyaknya jenis produk {which}", $"number of different products {which}"),
            Aggregate.Sum when aggregate.Name.Name == Fields.LineQuantity.Name => Pick($"banyaknya produk {which}", $"quantity of products {which}"),
            Aggregate.Sum when aggregate.Name.Name == Fields.LineTotal.Name || aggregate.Name.Name == Fields.LineSubtotal.Name => Pick($"pembelian produk {which}", $"spend on products {which}"),
            Aggregate.Sum => Pick($"jumlah {label} produk {which}", $"sum of the {label} of products {which}"),
            Aggregate.Min => Pick($"{label} terkecil produk {which}", $"lowest {label} of products {which}"),
            _ => Pick($"{label} terbesar produk {which}", $"highest {label} of products {which}"),
        };
    }

    private string Amount(Operand value, FactType type, Field? field) => value is NumberLiteral number && type == FactType.Money ? _facts.Money(number.Value) : Value(value, field);

    private string Value(Operand value, Field? field) => value is Literal literal ? Shown(field, literal) : Subject(value);

    private string Shown(Field? field, Operand literal) => literal switch
    {
        NumberLiteral number => field?.Type == FactType.Money ? _facts.Money(number.Value) : _facts.Number(number.Value),
        MoneyLiteral money => _facts.Money(money.Amount),
        TextLiteral text => field is null ? text.Value : Shown(field, text.Value),
        DateLiteral date => _facts.Date(date.Value),
        DurationLiteral span => _facts.Span(span.Value),
        FlagLiteral flag => _facts.Of(FactValue.Of((bool?)flag.Value)),
        _ => Printer.Print(literal),
    };

    private string Shown(Field field, string code) => _names?.Invoke(field, code) ?? (field == Fields.NowWeekday ? _facts.Weekday(code) : code);

    private Field? FieldOf(Operand operand) => operand is NameOperand name ? _vocabulary.Find(name.Name) : null;

    private FactType TypeOf(Operand operand) => operand switch
    {
        CounterOperand counter => counter.Key.Type,
        AggregateOperand { Kind: Aggregate.Count } => FactType.Number,
        AggregateOperand aggregate => FieldOf(aggregate.Name)?.Type ?? FactType.None,
        _ => FieldOf(operand)?.Type ?? FactType.None,
    };

    private static CompareOperator Mirrored(CompareOperator op) => op switch
    {
        CompareOperator.Less => CompareOperator.Greater,
        CompareOperator.LessOrEqual => CompareOperator.GreaterOrEqual,
        CompareOperator.Greater => CompareOperator.Less,
        CompareOperator.GreaterOrEqual => CompareOperator.LessOrEqual,
        _ => op,
    };

    private static CompareOperator Opposite(CompareOperator op) => op switch
    {
        CompareOperator.Equal => CompareOperator.NotEqual,
        CompareOperator.NotEqual => CompareOperator.Equal,
        CompareOperator.Less => CompareOperator.GreaterOrEqual,
        CompareOperator.LessOrEqual => CompareOperator.Greater,
        CompareOperator.Greater => CompareOperator.LessOrEqual,
        _ => CompareOperator.Less,
    };
}
