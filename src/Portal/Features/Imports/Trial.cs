namespace Portal.Features.Imports;

/// <summary>
/// What a dry run would have stored by now. Its batches are rolled back, so that the database cannot tell a later one that a
/// member or a document came in earlier.
/// </summary>
internal sealed class Trial
{
    private readonly HashSet<string> members = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Type, string Reference), string> documents = [];

    public bool Has(string? member) => member is not null && members.Contains(member);

    public bool TryGet((string Type, string Reference) document, out string hash) => documents.TryGetValue(document, out hash!);

    public void Note(IEnumerable<string?> numbersAndAddresses) => members.UnionWith(numbersAndAddresses.OfType<string>());

    public void Note(IEnumerable<KeyValuePair<(string, string), string>> stored)
    {
        foreach (var (document, hash) in stored)
            documents[document] = hash;
    }
}
