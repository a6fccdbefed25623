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

/// <summary>A token: where it stands and, for texts, numbers and days, its value. Words, operators and symbols are read where they stand.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, string? Text = null, decimal Number = 0)
{
    public SourceSpan Span => new(Start, Length);

    /// <summary>The day of a date.</summary>
    public DateOnly Date => DateOnly.FromDayNumber((int)Number);
}

/// <summary>The names that every programme has, so that reading thousands of conditions does not copy them thousands of times.</summary>
internal static class KnownNames
{
    private const int Size = 256;

    private static readonly string?[] All = Hashed(name => name);
    private static readonly string?[] OfLines = Hashed(name => name.StartsWith("line.", StringComparison.Ordinal) ? name["line.".Length..] : null);

    /// <summary>A full name.</summary>
    public static string Of(ReadOnlySpan<char> name)
    {
        for (var at = Hash(name); All[at] is { } known; at = (at + 1) % Size)
            if (name.SequenceEqual(known)) return known;
        return name.ToString();
    }

    /// <summary>The full name of what is written without <c>line.</c> in a line test.</summary>
    public static string OfLine(ReadOnlySpan<char> name)
    {
        for (var at = Hash(name); OfLines[at] is { } known; at = (at + 1) % Size)
            if (name.SequenceEqual(known.AsSpan("line.".Length))) return known;
        return string.Concat("line.", name);
    }

    private static int Hash(ReadOnlySpan<char> name) => name.IsEmpty ? 0 : (name.Length * 31 + name[0] * 7 + name[^1] * 5 + name[name.Length / 2] * 3) % Size;

    private static string?[] Hashed(Func<string, string?> written)
    {
        var names = new string?[Size];
        foreach (var field in Fields.All)
        {
            if (written(field.Name) is not { } name) continue;
            var at = Hash(name);
            while (names[at] is not null) at = (at + 1) % Size;
            names[at] = field.Name;
        }
        return names;
    }
}
