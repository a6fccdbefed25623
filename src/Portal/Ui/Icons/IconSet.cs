using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Portal.Ui;

/// <summary>The icons of this folder, compiled in. All are 24 × 24 strokes in the text's colour.</summary>
internal static partial class IconSet
{
    private const string Prefix = "icon:";

    private static readonly FrozenDictionary<string, string> All = Load();

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>The drawing inside the svg element.</summary>
    public static string Drawing(string name) => All.TryGetValue(name, out var drawing)
        ? drawing
        : throw new ArgumentException($"There is no icon '{name}' in Ui/Icons.", nameof(name));

    private static FrozenDictionary<string, string> Load()
    {
        var assembly = typeof(IconSet).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[Prefix.Length..], n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return Inner().Match(reader.ReadToEnd()).Groups[1].Value.ReplaceLineEndings("");
            }, StringComparer.Ordinal);
    }

    [GeneratedRegex("<svg[^>]*>(.*)</svg>", RegexOptions.Singleline)]
    private static partial Regex Inner();
}
