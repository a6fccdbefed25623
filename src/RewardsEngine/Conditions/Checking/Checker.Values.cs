using System.Globalization;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Checking;

internal sealed partial class Checker
{
    /// <summary>A value whose type is known; type <see cref="FactType.None"/> when it was reported as wrong.</summary>
    private readonly record struct Typed(Source Source, FactType Type, FactUnit Unit, Field? Field = null);

    private static readonly Typed Wrong = new(new FixedSource(default), FactType.None, FactUnit.None);

    private Typed Subject(Operand operand, SourceSpan test)
    {
        if (operand is not Syntax.Literal) return Read(operand);
        Report(DiagnosticCode.NothingToTest, test);
        return Wrong;
    }

    private Typed Read(Operand operand)
    {
        Count(operand.Span);
        return operand switch
        {
            NameOperand name => Name(name),
            CounterOperand counter => Counter(counter),
            AggregateOperand aggregate => Aggregated(aggregate),
            Literal literal => new(Literal(literal), TypeOf(literal), FactUnit.None),
            _ => throw new ArgumentOutOfRangeException(nameof(operand), operand, "An unknown kind of value."),
        };
    }

    private Typed Name(NameOperand name)
    {
        var field = vocabulary.Find(name.Name);
        if (field is null)
        {
            Unknown(name);
            return Wrong;
        }
        Use(field);
        if (!field.IsLine || _inLine) return new(field.Source, field.Type, field.Unit, field);
        Report(DiagnosticCode.LineFieldOutside, name.Span, DiagnosticTexts.Same(field.Name), DiagnosticTexts.Same(field.Name["line.".Length..]));
        return Wrong;
    }

    private void Unknown(NameOperand name)
    {
        if (_diagnostics?.Count >= MostDiagnostics) return;
        var bare = _inLine && name.Name.StartsWith("line.", StringComparison.Ordinal) && name.Span.Pointer is null;
        var written = bare && name.Span.Length < name.Name.Length ? name.Name["line.".Length..] : name.Name;
        var candidates = vocabulary.Fields.Where(f => !f.IsLine || _inLine).Select(f => f.Name);
        if (bare) candidates = vocabulary.Fields.Where(f => f.IsLine).Select(f => f.Name["line.".Length..]).Concat(candidates);
        var suggestion = Nearest.Name(written, [.. candidates]);
        var shown = written.Length > 60 ? written[..60] + "…" : written;
        Report(new Diagnostic(DiagnosticCode.UnknownName, name.Span, [DiagnosticTexts.Same(shown)]) { Suggestion = suggestion });
    }

    private Typed Counter(CounterOperand counter)
    {
        var key = counter.Key;
        CheckSpan(counter.Span, key.Last);
        if (!CounterKey.Has(key.Counter, key.Measure))
        {
            Report(DiagnosticCode.NoSuchMeasure, counter.Span, DiagnosticTexts.Same(key.Counter.ToString().ToLowerInvariant()), DiagnosticTexts.Same(key.Measure.ToString().ToLowerInvariant()));
            return Wrong;
        }
        if (!(_counters ??= []).Contains(key)) _counters.Add(key);
        return new(new CounterSource(key), key.Type, key.Unit);
    }

    private Typed Aggregated(AggregateOperand aggregate)
    {
        var where = InLine(aggregate.Span, aggregate.Where);
        var field = vocabulary.Find(aggregate.Name.Name);
        if (field is null)
        {
            var before = _inLine;
            _inLine = true;
            Unknown(aggregate.Name);
            _inLine = before;
            return Wrong;
        }
        var counts = aggregate.Kind == Aggregate.Count;
        if (!field.IsLine || !counts && field.Type is not (FactType.Number or FactType.Money))
        {
            Report(DiagnosticCode.NotALineField, aggregate.Name.Span, DiagnosticTexts.Same(field.Name));
            return Wrong;
        }
        Use(field);
        var source = new AggregateSource(aggregate.Kind, field, where);
        return counts ? new(source, FactType.Number, FactUnit.Times) : new(source, field.Type, field.Unit, field);
    }

    /// <summary>The value on the other side of a test, which must fit the subject; <c>null</c> when it was reported as wrong.</summary>
    private Source? Needed(Typed subject, Operand operand)
    {
        if (subject.Type == FactType.None)
        {
            Read(operand);
            return null;
        }
        return operand is Literal literal ? Fixed(subject, literal) : Other(subject, operand);
    }

    private Source? Other(Typed subject, Operand operand)
    {
        var value = Read(operand);
        if (value.Type == FactType.None) return null;
        if (Kind(value.Type) != Kind(subject.Type))
        {
            if (value.Type is FactType.Number or FactType.Money && subject.Type is FactType.Number or FactType.Money) DifferentUnits(operand.Span, subject, value);
            else WrongType(operand.Span, subject.Type, value.Type);
            return null;
        }
        if (subject.Unit != FactUnit.None && value.Unit != FactUnit.None && value.Unit != subject.Unit)
        {
            DifferentUnits(operand.Span, subject, value);
            return null;
        }
        return value.Source;
    }

    private void DifferentUnits(SourceSpan span, Typed one, Typed other) =>
        Report(DiagnosticCode.DifferentUnits, span, Capital(DiagnosticTexts.Unit(one.Unit)), DiagnosticTexts.Unit(other.Unit));

    private FixedSource? Fixed(Typed subject, Literal literal)
    {
        Count(literal.Span);
        var source = Literal(literal);
        var type = TypeOf(literal);
        if (subject.Type == FactType.Money && literal is NumberLiteral plain) return Amount(subject, plain.Value, literal);
        if (subject.Type == FactType.Money && literal is MoneyLiteral money) return Amount(subject, money.Amount, literal);
        if (Kind(type) != Kind(subject.Type))
        {
            WrongType(literal.Span, subject.Type, type);
            return null;
        }
        if (subject.Unit == FactUnit.Hours && source.Value.Number is < 0 or > 24) OutOfRange(literal, 0, 24);
        if (type == FactType.Duration && ((DurationLiteral)literal).Value.IsCalendar) Report(DiagnosticCode.CalendarSpan, literal.Span);
        if (literal is TextLiteral text && subject.Field is { Choices.Length: > 0 } field && !field.Choices.Contains(text.Value))
        {
            var nearest = Nearest.Of(text.Value, field.Choices);
            Report(new Diagnostic(DiagnosticCode.NotAChoice, literal.Span, [DiagnosticTexts.Same(field.Name), DiagnosticTexts.Same(Printer.Print(literal)), DiagnosticTexts.Same(string.Join(", ", field.Choices))])
            { Suggestion = nearest is null ? null : Printer.Print(new TextLiteral(nearest)) });
        }
        return source;
    }

    private FixedSource? Amount(Typed subject, decimal amount, Literal literal)
    {
        if (literal is MoneyLiteral money && money.Currency != vocabulary.Currency.Code)
        {
            Report(DiagnosticCode.WrongCurrency, literal.Span, DiagnosticTexts.Same(money.Currency), DiagnosticTexts.Same(vocabulary.Currency.Code));
            return null;
        }
        var most = subject.Field == Fields.LineUnitPrice ? ConditionLimits.MaxDecimals : vocabulary.Currency.Decimals;
        if (Lexer.HasMoreDecimals(amount, most))
            Report(DiagnosticCode.TooManyDecimals, literal.Span, DiagnosticTexts.Same(Printer.Print(literal)), Number(most));
        return Math.Abs(amount) <= ConditionLimits.MaxNumber ? new(FactValue.OfMoney(amount)) : null;
    }

    private static FactType TypeOf(Literal literal) => literal switch
    {
        NumberLiteral => FactType.Number,
        MoneyLiteral => FactType.Money,
        TextLiteral => FactType.Text,
        FlagLiteral => FactType.Flag,
        DateLiteral => FactType.Date,
        _ => FactType.Duration,
    };

    /// <summary>Types that may be compared with each other are of one kind.</summary>
    private static FactType Kind(FactType type) => type is FactType.TextList or FactType.Path ? FactType.Text : type;

    /// <summary>Checks the bounds of a literal, which the parser has done for text but nobody for a tree from elsewhere.</summary>
    private FixedSource Literal(Literal literal)
    {
        switch (literal)
        {
            case NumberLiteral number: return new(Bounded(literal, number.Value) ? FactValue.Of(number.Value) : default);
            case MoneyLiteral money: return new(Bounded(literal, money.Amount) ? FactValue.OfMoney(money.Amount) : default);
            case TextLiteral text:
                if (!Lexer.IsText(text.Value)) Report(DiagnosticCode.InvalidText, literal.Span, Number(ConditionLimits.MaxTextLength));
                return new(FactValue.Of(text.Value));
            case FlagLiteral flag: return new(FactValue.Of((bool?)flag.Value));
            case DateLiteral date:
                if (date.Value >= ConditionLimits.FirstDate && date.Value <= ConditionLimits.LastDate) return new(FactValue.Of((DateOnly?)date.Value));
                Report(DiagnosticCode.OutOfRange, literal.Span, DiagnosticTexts.Same(Printer.Print(literal)), DiagnosticTexts.Same("1900-01-01"), DiagnosticTexts.Same("2199-12-31"));
                return new(default);
            case DurationLiteral duration:
                var fits = CheckSpan(literal.Span, duration.Value);
                return new(fits && !duration.Value.IsCalendar ? FactValue.OfMinutes(duration.Value.Minutes) : default);
            default: throw new ArgumentOutOfRangeException(nameof(literal), literal, "An unknown kind of literal.");
        }
    }

    private bool Bounded(Literal literal, decimal value)
    {
        if (Math.Abs(value) > ConditionLimits.MaxNumber)
        {
            OutOfRange(literal, -ConditionLimits.MaxNumber, ConditionLimits.MaxNumber);
            return false;
        }
        if (Lexer.HasMoreDecimals(value, ConditionLimits.MaxDecimals))
            Report(DiagnosticCode.TooManyDecimals, literal.Span, DiagnosticTexts.Same(value.ToString(CultureInfo.InvariantCulture)), Number(ConditionLimits.MaxDecimals));
        return true;
    }

    private void OutOfRange(Literal literal, decimal from, decimal to) =>
        Report(DiagnosticCode.OutOfRange, literal.Span, DiagnosticTexts.Same(Printer.Print(literal)), Number(from), Number(to));

    private bool CheckSpan(SourceSpan span, Duration duration)
    {
        var most = Duration.MaxCount(duration.Unit);
        if (duration.Count >= 1 && duration.Count <= most) return true;
        Report(DiagnosticCode.OutOfRange, span, Number(duration.Count), Number(1), Number(most));
        return false;
    }
}
