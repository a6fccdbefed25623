namespace Portal.Ui;

/// <summary>
/// What is wrong with a form, by the path of the field: <c>effects[0].percent</c>. For forms whose faults come with paths;
/// <see cref="Components.FormLine"/> shows them at the field.
/// </summary>
public sealed class FieldProblems
{
    private readonly List<(string Path, string Message)> found = [];

    public int Count => found.Count;

    public void Add(string path, string message)
    {
        if (!found.Contains((path, message)))
            found.Add((path, message));
    }

    /// <summary>What is wrong with exactly this field.</summary>
    public IReadOnlyList<string> At(string path) => [.. found.Where(p => p.Path == path).Select(p => p.Message)];

    /// <summary>Everything that no field of the form shows, with its path.</summary>
    public IReadOnlyList<(string Path, string Message)> Except(Func<string, bool> shown) => [.. found.Where(p => !shown(p.Path))];

    /// <summary>What is wrong below a path but at none of the named fields there.</summary>
    public IReadOnlyList<string> Below(string path, params IEnumerable<string> shown)
    {
        var fields = shown.Select(s => path + s).ToHashSet(StringComparer.Ordinal);
        return [.. found.Where(p => p.Path.StartsWith(path, StringComparison.Ordinal) && !fields.Contains(p.Path)).Select(p => p.Message)];
    }
}
