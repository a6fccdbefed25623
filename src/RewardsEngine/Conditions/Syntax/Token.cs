using System.Collections.Frozen;

namespace RewardsEngine.Conditions.Syntax;

internal enum TokenKind : byte
{
    End,
    Word,
    Number,
    Text,
    Date,
    Operator,
    Symbol,
}

/// <summary>A token. <c>Text</c> is what is written, for words, operators and symbols only; <c>Value</c> the decimal, the unescaped text or the day.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int Length, object? Value = null)
{
    public SourceSpan Span => new(Start, Length);

    public bool Is(string text) => Kind is TokenKind.Word or TokenKind.Symbol or TokenKind.Operator && Text == text;
}

internal readonly record struct Tokens(List<Token> Items, Diagnostic? Error);

/// <summary>Words and names that occur in every condition, so that reading thousands of conditions does not copy them thousands of times.</summary>
internal static class KnownWords
{
    private static readonly FrozenSet<string> All = new[]
    {
        "and", "or", "not", "any", "all", "no", "line", "in", "between", "starts", "with", "today", "is", "where", "sum", "count", "min", "max", "last", "true", "false",
        "total", "quantity", "minutes", "hours", "days", "weeks", "months", "years", "purchases", "visits", "redemptions", "complaints", "event", "consent",
        "=", "!=", "<", "<=", ">", ">=", "(", ")", "[", "]", ",", ".", "..",
    }.Concat(Fields.All.Select(f => f.Name)).Concat(Fields.All.SelectMany(f => f.Name.Split('.'))).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan = All.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<char> text) => BySpan.TryGetValue(text, out var known) ? known : text.ToString();
}
