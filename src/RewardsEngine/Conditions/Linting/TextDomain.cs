namespace RewardsEngine.Conditions.Linting;

/// <summary>The texts a value can still be; for a value that holds several, which it must have and must not have.</summary>
internal sealed class TextDomain
{
    private readonly bool _isList;
    private HashSet<string>? _only;
    private readonly HashSet<string> _not = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];
    private readonly List<string> _notPrefixes = [];
    private readonly List<string[]> _oneOf = [];

    public TextDomain(bool isList, IReadOnlyCollection<string>? choices = null)
    {
        _isList = isList;
        if (choices is { Count: > 0 }) _only = new(choices, StringComparer.Ordinal);
    }

    public TextDomain(TextDomain other)
    {
        _isList = other._isList;
        _only = other._only is null ? null : new(other._only, StringComparer.Ordinal);
        _not.UnionWith(other._not);
        _prefixes.AddRange(other._prefixes);
        _notPrefixes.AddRange(other._notPrefixes);
        _oneOf.AddRange(other._oneOf);
    }

    public void In(IReadOnlyList<string> texts, bool negated)
    {
        if (negated) _not.UnionWith(texts);
        else if (_isList) _oneOf.Add([.. texts]);
        else if (_only is null) _only = new(texts, StringComparer.Ordinal);
        else _only.IntersectWith(texts);
    }

    public void StartsWith(string prefix, bool negated) => (negated ? _notPrefixes : _prefixes).Add(prefix);

    public bool IsEmpty
    {
        get
        {
            if (_isList) return _oneOf.Exists(texts => texts.All(Excluded)) || _prefixes.Exists(p => _notPrefixes.Exists(n => p.StartsWith(n, StringComparison.Ordinal)));
            if (_only is not null) return _only.All(text => Excluded(text) || _prefixes.Exists(p => !text.StartsWith(p, StringComparison.Ordinal)));
            return _prefixes.Exists(p => _notPrefixes.Exists(n => p.StartsWith(n, StringComparison.Ordinal))
                || _prefixes.Exists(q => !p.StartsWith(q, StringComparison.Ordinal) && !q.StartsWith(p, StringComparison.Ordinal)));
        }
    }

    private bool Excluded(string text) => _not.Contains(text) || _notPrefixes.Exists(p => text.StartsWith(p, StringComparison.Ordinal));
}
