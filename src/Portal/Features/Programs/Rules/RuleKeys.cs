using System.Globalization;
using System.Text;

namespace Portal.Features.Programs.Rules;

/// <summary>Makes a rule's permanent key out of its name.</summary>
internal static class RuleKeys
{
    /// <summary>"Double Coffee Week!" becomes <c>double-coffee-week</c>; empty when nothing usable is left.</summary>
    public static string From(string? name)
    {
        var key = new StringBuilder();
        foreach (var c in (name ?? "").Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                key.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && key.Length > 0 && key[^1] != '-')
                key.Append('-');
        }
        return key.ToString(0, Math.Min(key.Length, 64)).Trim('-');
    }
}
