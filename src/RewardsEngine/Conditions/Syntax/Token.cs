using System.Collections.Immutable;

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

/// <summary>A token; <c>Value</c> holds the decimal, the unescaped text or the date.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, SourceSpan Span, object? Value = null)
{
    public bool Is(string text) => Text == text && Kind is TokenKind.Word or TokenKind.Symbol or TokenKind.Operator && Text == text;
}

internal readonly record struct Tokens(ImmutableArray<Token> Items, Diagnostic? Error);
