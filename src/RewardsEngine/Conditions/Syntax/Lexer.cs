using System.Globalization;
using System.Text;
using RewardsEngine.Conditions.Checking;

namespace RewardsEngine.Conditions.Syntax;

/// <summary>Cuts the text into tokens and stops at the first that is malformed. The memory for the tokens is given and may grow.</summary>
internal ref struct Lexer(string text, Token[] tokens)
{
    private Token[] _tokens = tokens;
    private int _count;
    private Diagnostic? _error;
    private int _at;
    private bool _inList;

    /// <summary>The tokens, the last of them the end of the text, how many they are, and the first error.</summary>
    public static (Token[] Tokens, int Count, Diagnostic? Error) Read(string text, Token[] memory) => new Lexer(text, memory).Run();

    private (Token[] Tokens, int Count, Diagnostic? Error) Run()
    {
        while (_error is null && Skip()) Next();
        Add(new(TokenKind.End, text.Length, 0));
        return (_tokens, _count, _error);
    }

    private void Add(in Token token)
    {
        if (_count == _tokens.Length) Array.Resize(ref _tokens, _count * 2);
        _tokens[_count++] = token;
    }

    private bool Skip()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
        return _at < text.Length;
    }

    private void Next()
    {
        var c = text[_at];
        if (c == '"') ReadText();
        else if (char.IsAsciiDigit(c) || (c == '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))) ReadNumber();
        else if (IsWord(c)) Take(TokenKind.Word, WordLength(_at));
        else if (c is '<' or '>' or '=' or '!') ReadOperator(c);
        else if (c is '(' or ')' or '[' or ']' or ',') Take(TokenKind.Symbol, 1);
        else if (c == '.') Take(TokenKind.Symbol, _at + 1 < text.Length && text[_at + 1] == '.' ? 2 : 1);
        else Fail(DiagnosticCode.UnexpectedCharacter, CharacterLength(), Shown(text.Substring(_at, CharacterLength())));
    }

    private static bool IsWord(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsWordPart(char c) => IsWord(c) || char.IsAsciiDigit(c);

    private readonly int CharacterLength() => char.IsHighSurrogate(text[_at]) && _at + 1 < text.Length && char.IsLowSurrogate(text[_at + 1]) ? 2 : 1;

    private readonly int WordLength(int from)
    {
        var end = from;
        while (end < text.Length && IsWordPart(text[end])) end++;
        return end - from;
    }

    private readonly int DigitCount(int from)
    {
        var end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - from;
    }

    private void Take(TokenKind kind, int length, string? value = null, decimal number = 0)
    {
        Add(new(kind, _at, length, value, number));
        if (kind == TokenKind.Symbol && text[_at] is '[' or ']') _inList = text[_at] == '[';
        _at += length;
    }

    private void Fail(DiagnosticCode code, int length, params string[] args) =>
        _error = new(code, new(_at, length), [.. Array.ConvertAll(args, DiagnosticTexts.Same)]);

    /// <summary>What cannot be seen, such as the space that holds words together, is told by its number.</summary>
    private static string Shown(string character) => char.IsSurrogate(character[0]) && character.Length == 1
        || CharUnicodeInfo.GetUnicodeCategory(character, 0) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark
        ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)character[0]:X4}") : character;

    private void ReadOperator(char c)
    {
        var two = _at + 1 < text.Length && text[_at + 1] == '=';
        if (c == '!' && !two) Fail(DiagnosticCode.UnexpectedCharacter, 1, "!");
        else Take(TokenKind.Operator, two && c != '=' ? 2 : 1);
    }

    private void ReadText()
    {
        var plain = _at + 1;
        while (plain < text.Length && text[plain] is not ('"' or '\\')) plain++;
        if (plain < text.Length && text[plain] == '"')
        {
            TakeText(text.Substring(_at + 1, plain - _at - 1), plain + 1 - _at);
            return;
        }
        var value = new StringBuilder();
        for (var i = _at + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                TakeText(value.ToString(), i + 1 - _at);
                return;
            }
            if (c == '\\' && (i + 1 >= text.Length || text[i + 1] is not ('"' or '\\')))
            {
                Fail(DiagnosticCode.InvalidText, i + 1 - _at, ConditionLimits.MaxTextLength.ToString(CultureInfo.InvariantCulture));
                return;
            }
            value.Append(c == '\\' ? text[++i] : c);
        }
        Fail(DiagnosticCode.UnclosedText, text.Length - _at);
    }

    private void TakeText(string value, int length)
    {
        if (IsText(value)) Take(TokenKind.Text, length, value);
        else Fail(DiagnosticCode.InvalidText, length, ConditionLimits.MaxTextLength.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether a text value may stand in a condition: bounded, without control characters and broken surrogates.</summary>
    internal static bool IsText(string value)
    {
        if (value.Length > ConditionLimits.MaxTextLength) return false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is >= ' ' and <= '~') continue;
            if (char.IsControl(value[i])) return false;
            if (!char.IsSurrogate(value[i])) continue;
            if (!char.IsHighSurrogate(value[i]) || i + 1 >= value.Length || !char.IsLowSurrogate(value[i + 1])) return false;
            i++;
        }
        return true;
    }

    private void ReadNumber()
    {
        var sign = text[_at] == '-' ? 1 : 0;
        var length = sign + DigitCount(_at + sign);
        if (sign == 0 && length == 4 && _at + 4 < text.Length && text[_at + 4] == '-')
        {
            ReadDate();
            return;
        }
        // A point followed by a digit belongs to the number; two points are a range, and a point before a letter is an error of its own.
        // Inside a list a comma separates, outside it can only have been meant to group thousands.
        while (_at + length + 1 < text.Length && (text[_at + length] == '.' || text[_at + length] == ',' && !_inList) && char.IsAsciiDigit(text[_at + length + 1]))
            length += 1 + DigitCount(_at + length + 1);
        if (_at + length < text.Length && IsWordPart(text[_at + length]))
        {
            length += WordLength(_at + length);
            Fail(DiagnosticCode.InvalidNumber, length, text.Substring(_at, Math.Min(length, 40)));
            return;
        }
        // Whole numbers of few digits need none of the care that follows.
        if (length <= 12 && sign == 0 && long.TryParse(text.AsSpan(_at, length), NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) Take(TokenKind.Number, length, number: whole);
        else ReadNumber(text.Substring(_at, length));
    }

    private void ReadNumber(string number)
    {
        var shown = number.Length > 40 ? number[..40] + "…" : number;
        if (IsGrouped(number)) Fail(DiagnosticCode.GroupedNumber, number.Length, shown, string.Concat(shown.Where(c => c is not ('.' or ','))));
        else if (number.Contains(',') || number.Count(c => c == '.') > 1) Fail(DiagnosticCode.InvalidNumber, number.Length, shown);
        else if (number.Length > 40 || !decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || Math.Abs(value) > ConditionLimits.MaxNumber)
            Fail(DiagnosticCode.OutOfRange, number.Length, shown, (-ConditionLimits.MaxNumber).ToString(CultureInfo.InvariantCulture), ConditionLimits.MaxNumber.ToString(CultureInfo.InvariantCulture));
        else if (HasMoreDecimals(value, ConditionLimits.MaxDecimals))
            Fail(DiagnosticCode.TooManyDecimals, number.Length, shown, ConditionLimits.MaxDecimals.ToString(CultureInfo.InvariantCulture));
        else Take(TokenKind.Number, number.Length, number: Normal(value));
    }

    /// <summary>250.000 and 12.500 are thousands to an Indonesian reader: better refused than read as 250 and 12.5, which nobody writes with zeros behind.</summary>
    private static bool IsGrouped(string number)
    {
        var parts = number.TrimStart('-').Split('.', ',');
        if (parts.Length < 2 || parts[0].Length is 0 or > 3 || parts[0][0] == '0' || parts.Skip(1).Any(p => p.Length != 3)) return false;
        return parts.Length > 2 || number.Contains(',') || parts[1][^1] == '0';
    }

    /// <summary>Whether a number has more decimals than allowed, trailing zeros not counted.</summary>
    internal static bool HasMoreDecimals(decimal value, int most) => value.Scale > most && Normal(value).Scale > most;

    /// <summary>The number without trailing zeros after the point and without negative zero, so that equal numbers print alike.</summary>
    internal static decimal Normal(decimal value) => value == 0 ? 0 : value / 1.000000000000000000000000000000000m;

    private void ReadDate()
    {
        var length = 0;
        while (_at + length < text.Length && (char.IsAsciiDigit(text[_at + length]) || text[_at + length] == '-')) length++;
        var written = text.Substring(_at, length);
        if (!DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            Fail(DiagnosticCode.InvalidDate, length, written.Length > 40 ? written[..40] + "…" : written);
        else if (date < ConditionLimits.FirstDate || date > ConditionLimits.LastDate) Fail(DiagnosticCode.OutOfRange, length, written, "1900-01-01", "2199-12-31");
        else Take(TokenKind.Date, length, number: date.DayNumber);
    }
}
