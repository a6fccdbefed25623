using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Ui;

namespace Portal.Features.Programs;

/// <summary>Reads what staff typed, in the reader's way of writing numbers; what cannot be read is noted at its field.</summary>
public sealed class TypedValues(FieldProblems problems, IStringLocalizer<ProgramTexts> texts)
{
    public decimal? Number(string? typed, string path)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (decimal.TryParse(typed.Trim(), NumberStyles.Number, CultureInfo.CurrentCulture, out var number) && Math.Abs(number) < 1_000_000_000_000_000m)
            return number;
        problems.Add(path, texts["Typed.Number", 1234.5m.ToString("N1", CultureInfo.CurrentCulture)]);
        return null;
    }

    public long? Whole(string? typed, string path)
    {
        var number = Number(typed, path);
        if (number is null || number == decimal.Truncate(number.Value))
            return (long?)number;
        problems.Add(path, texts["Typed.Whole"]);
        return null;
    }

    public int? Small(string? typed, string path)
    {
        if (Whole(typed, path) is not { } number)
            return null;
        if (number is >= int.MinValue and <= int.MaxValue)
            return (int)number;
        problems.Add(path, texts["Typed.Whole"]);
        return null;
    }

    /// <summary>One of those there are.</summary>
    public T Choice<T>(string? chosen, string path) where T : struct, Enum
    {
        if (Enum.TryParse<T>(chosen, out var found) && Enum.IsDefined(found))
            return found;
        problems.Add(path, texts["Typed.NoChoice"]);
        return default;
    }

    /// <summary>A number that must be there.</summary>
    public decimal Needed(string? typed, string path)
    {
        if (string.IsNullOrWhiteSpace(typed))
            problems.Add(path, texts["Typed.Needed"]);
        return Number(typed, path) ?? 0;
    }

    public DateOnly? Day(string? typed, string path)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        problems.Add(path, texts["Typed.Day"]);
        return null;
    }

    public TimeOnly? Time(string? typed, string path)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (TimeOnly.TryParseExact(typed, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        problems.Add(path, texts["Typed.Time"]);
        return null;
    }

    public static string? Write(decimal? number) => number?.ToString("0.####", CultureInfo.CurrentCulture);

    public static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Write(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static IReadOnlyList<string> List(string? typed) =>
        [.. (typed ?? "").Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}
