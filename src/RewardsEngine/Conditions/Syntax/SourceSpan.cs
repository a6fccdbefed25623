namespace RewardsEngine.Conditions.Syntax;

/// <summary>Where a node stands: in the text, or in the visual form. Two spans always compare equal, because where something stands is not what it says.</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="Length">How many characters.</param>
/// <param name="Pointer">The JSON pointer when the node came from the visual form.</param>
public readonly record struct SourceSpan(int Start, int Length, string? Pointer = null)
{
    /// <summary>The position after the last character.</summary>
    public int End => Start + Length;

    /// <summary>From the beginning of this span to the end of another.</summary>
    public SourceSpan To(SourceSpan other) => new(Start, Math.Max(other.End - Start, Length), Pointer);

    /// <summary>Always true.</summary>
    public bool Equals(SourceSpan other) => true;

    /// <summary>Always the same.</summary>
    public override int GetHashCode() => 0;
}
