using System.Collections.Immutable;
using System.Globalization;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions;

/// <summary>One error in a condition: what is wrong, where it stands and, if a known word is close, what was probably meant.</summary>
/// <param name="Code">The kind of error.</param>
/// <param name="Span">Where: position and length in the text, or the pointer into the visual form.</param>
/// <param name="Args">What the message names.</param>
public sealed record Diagnostic(DiagnosticCode Code, SourceSpan Span, ImmutableArray<LocalizedText> Args)
{
    /// <summary>The nearest known word, ready to be put in the place of the span.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The message in Indonesian or English.</summary>
    public string In(string language)
    {
        var text = DiagnosticTexts.Of(Code).In(language);
        var message = string.Format(CultureInfo.InvariantCulture, text, [.. Args.Select(a => (object)a.In(language))]);
        return Suggestion is null ? message : $"{message} {string.Format(CultureInfo.InvariantCulture, DiagnosticTexts.Suggestion.In(language), Suggestion)}";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Code} at {Span.Pointer ?? Span.Start.ToString(CultureInfo.InvariantCulture)}: {In("en")}";
}

/// <summary>The kinds of errors in conditions.</summary>
public enum DiagnosticCode
{
    /// <summary>The text is longer than allowed.</summary>
    TooLong,

    /// <summary>Brackets, <c>not</c> and line tests are nested too deeply.</summary>
    TooDeep,

    /// <summary>There are more parts than allowed.</summary>
    TooLarge,

    /// <summary>A character that means nothing here.</summary>
    UnexpectedCharacter,

    /// <summary>A text without its closing quote.</summary>
    UnclosedText,

    /// <summary>A text value that is too long or holds control or broken characters.</summary>
    InvalidText,

    /// <summary>Something that begins like a number and is none.</summary>
    InvalidNumber,

    /// <summary>A number written with thousands separators.</summary>
    GroupedNumber,

    /// <summary>A day that does not exist.</summary>
    InvalidDate,

    /// <summary>Something else was expected.</summary>
    Expected,

    /// <summary>A name that is not in the vocabulary.</summary>
    UnknownName,

    /// <summary>A word that is not among the known ones in this place.</summary>
    UnknownWord,

    /// <summary>A field of a line outside a line test.</summary>
    LineFieldOutside,

    /// <summary>A line test inside a line test.</summary>
    NestedLineTest,

    /// <summary>A field that is not of a line where one is needed.</summary>
    NotALineField,

    /// <summary>The operator does not fit the type.</summary>
    WrongOperator,

    /// <summary>A value of another type is needed.</summary>
    WrongType,

    /// <summary>The two values count different things.</summary>
    DifferentUnits,

    /// <summary>An amount in a currency that is not the programme's.</summary>
    WrongCurrency,

    /// <summary>A value beyond its bounds.</summary>
    OutOfRange,

    /// <summary>More decimals than allowed.</summary>
    TooManyDecimals,

    /// <summary>Two written-out values are compared, so the answer never changes.</summary>
    NothingToTest,

    /// <summary>A text that the field can never have.</summary>
    NotAChoice,

    /// <summary>The first bound lies above the second.</summary>
    Reversed,

    /// <summary>The counter has no such measure.</summary>
    NoSuchMeasure,

    /// <summary>A month or year where a fixed length is needed.</summary>
    CalendarSpan,

    /// <summary>The visual form is not readable.</summary>
    InvalidForm,
}
