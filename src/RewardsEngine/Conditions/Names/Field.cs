using System.Collections.Immutable;
using RewardsEngine.Conditions.Checking;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions;

/// <summary>A name that conditions may use.</summary>
public sealed class Field
{
    internal Field(string name, FactType type, FactUnit unit, bool isLine, int index, LocalizedText label, LocalizedText description, params ImmutableArray<string> choices)
    {
        Name = name;
        Type = type;
        Unit = unit;
        IsLine = isLine;
        Index = index;
        Label = label;
        Description = description;
        Choices = choices.IsDefault ? [] : choices;
        Source = isLine ? new LineFieldSource(this) : new FieldSource(this);
    }

    /// <summary>The full name: <c>order.total</c>.</summary>
    public string Name { get; }

    /// <summary>The type of its values.</summary>
    public FactType Type { get; }

    /// <summary>What its numbers count.</summary>
    public FactUnit Unit { get; }

    /// <summary>Whether it belongs to a line and is used inside line tests only.</summary>
    public bool IsLine { get; }

    /// <summary>Its place in <see cref="Facts"/> or <see cref="LineFacts"/>.</summary>
    public int Index { get; }

    /// <summary>The short noun used in sentences for customers.</summary>
    public LocalizedText Label { get; }

    /// <summary>What it means, for the editor and the documentation.</summary>
    public LocalizedText Description { get; }

    /// <summary>The only texts it can have; empty when it is open.</summary>
    public ImmutableArray<string> Choices { get; }

    /// <summary>Reads it from the facts: one for all conditions.</summary>
    internal Source Source { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
