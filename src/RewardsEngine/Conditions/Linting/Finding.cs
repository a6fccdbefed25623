using System.Globalization;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions.Linting;

/// <summary>What is odd about a condition that is otherwise correct.</summary>
public enum FindingKind
{
    /// <summary>The condition can never hold.</summary>
    NeverTrue,

    /// <summary>One of several alternatives can never hold; the others can.</summary>
    NeverTrueAlternative,

    /// <summary>A test holds for every possible value.</summary>
    AlwaysTrue,

    /// <summary>A test follows from another one that must hold as well.</summary>
    Redundant,

    /// <summary>An alternative is covered by another one.</summary>
    CoveredAlternative,
}

/// <summary>Something odd in a condition.</summary>
/// <param name="Kind">What.</param>
/// <param name="Part">The part it concerns.</param>
/// <param name="Because">The part it clashes with or follows from, if it is one.</param>
public sealed record Finding(FindingKind Kind, Expr Part, Expr? Because = null)
{
    /// <summary>Where it stands.</summary>
    public SourceSpan Span => Part.Span;

    /// <summary>The message in Indonesian or English.</summary>
    public string In(string language)
    {
        var text = Kind switch
        {
            FindingKind.NeverTrue when Because is not null => new LocalizedText("“{0}” dan “{1}” tidak pernah terpenuhi bersama.", "“{0}” and “{1}” never hold together."),
            FindingKind.NeverTrue => new("“{0}” tidak pernah terpenuhi.", "“{0}” never holds."),
            FindingKind.NeverTrueAlternative => new("Pilihan “{0}” tidak pernah terpenuhi.", "The alternative “{0}” never holds."),
            FindingKind.AlwaysTrue => new("“{0}” terpenuhi untuk setiap nilai.", "“{0}” holds for every value."),
            FindingKind.Redundant => new("“{0}” sudah tercakup dalam “{1}”.", "“{0}” already follows from “{1}”."),
            _ => new LocalizedText("Pilihan “{0}” sudah tercakup dalam “{1}”.", "The alternative “{0}” is covered by “{1}”."),
        };
        return string.Format(CultureInfo.InvariantCulture, text.In(language), Part.ToText(), Because?.ToText());
    }
}
