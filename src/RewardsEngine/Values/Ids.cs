namespace RewardsEngine.Values;

/// <summary>A member of the programme. Made by the shell with <c>Guid.CreateVersion7</c>.</summary>
/// <param name="Value">The stored value.</param>
public readonly record struct MemberId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>The readable, permanent key of a rule over all its versions, for example <c>double-coffee-week</c>.</summary>
/// <param name="Value">1–64 characters: letters, digits, dot, dash, underscore. Compared ordinally.</param>
public readonly record struct RuleId(string Value) : IComparable<RuleId>
{
    /// <inheritdoc/>
    public int CompareTo(RuleId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A lot of points: one accrual with its own activation and expiry.</summary>
/// <param name="Value">The stored value.</param>
public readonly record struct LotId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A text in Indonesian and English.</summary>
/// <param name="Id">Indonesian.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Id, string En)
{
    /// <summary>The text in a language: Indonesian for <c>id</c> or <c>id-ID</c>, English otherwise.</summary>
    public string In(string language) => language.StartsWith("id", StringComparison.OrdinalIgnoreCase) ? Id : En;
}
