using System.Globalization;
using RewardsEngine.Activities;

namespace Portal.Api;

/// <summary>Collects everything that is wrong with a request, so that a caller need not find out one thing at a time.</summary>
internal sealed class FieldChecks
{
    /// <summary>The names of ledger entries are made of the references of sale and refund and the rule's id.</summary>
    public const int MaxReference = 56;

    private readonly List<FieldError> errors = [];

    public bool Ok => errors.Count == 0;

    public ApiProblem Problem => ApiProblem.Invalid(errors);

    public void Add(string path, string key, params object[] values) => errors.Add(new(path, key, values));

    public void Add(IEnumerable<IntakeFault> faults) =>
        errors.AddRange(faults.Select(f => new FieldError(f.Path, "intake") { Text = f.Message.In(CultureInfo.CurrentUICulture.Name) }));

    public T? Missing<T>(string path) where T : class
    {
        Add(path, "required");
        return null;
    }

    public T Given<T>(string path, T? value) where T : struct
    {
        if (value is null)
            Add(path, "required");
        return value ?? default;
    }

    public string? Text(string path, string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
            Add(path, "required");
        return Optional(path, text, most);
    }

    /// <summary>Null for an empty text.</summary>
    public string? Optional(string path, string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Length > most)
            Add(path, "length", most);
        else if (text.Any(char.IsControl))
            Add(path, "control");
        return text.Trim();
    }

    public List<string> List(string path, IReadOnlyList<string?>? texts, int mostTexts, int mostCharacters)
    {
        if (texts?.Count > mostTexts)
            Add(path, "count", mostTexts);
        return [.. (texts ?? []).Take(mostTexts).Select((t, i) => Text($"{path}[{i}]", t, mostCharacters) ?? "")];
    }

    public long Points(string path, long? points)
    {
        if (points is null)
            Add(path, "required");
        else if (points is < 1 or > RewardsEngine.Accounting.Ledger.MaxPoints)
            Add(path, "points");
        return points ?? 0;
    }
}
