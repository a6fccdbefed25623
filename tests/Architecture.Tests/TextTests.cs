using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tests.Shared;

namespace Architecture.Tests;

/// <summary>Every text exists in both languages, and every key that a page asks for exists.</summary>
public sealed partial class TextTests
{
    private static readonly IReadOnlyDictionary<string, string> English = Files(indonesian: false);
    private static readonly IReadOnlyDictionary<string, string> Indonesian = Files(indonesian: true);

    [Fact]
    public void Every_text_exists_in_English_and_Indonesian()
    {
        Violations.None("Files of one language only:", English.Keys.Except(Indonesian.Keys).Concat(Indonesian.Keys.Except(English.Keys)));
        Violations.None("Keys of one language only:", English.Keys.Intersect(Indonesian.Keys).SelectMany(name =>
        {
            var english = Read(English[name]);
            var indonesian = Read(Indonesian[name]);
            return english.Keys.Except(indonesian.Keys).Select(k => $"{name}: {k} is English only")
                .Concat(indonesian.Keys.Except(english.Keys).Select(k => $"{name}: {k} is Indonesian only"));
        }));
    }

    [Fact]
    public void Both_languages_name_the_same_values_and_neither_text_is_empty() =>
        Violations.None("Texts whose {0} differ, or that say nothing:", English.Keys.Intersect(Indonesian.Keys).SelectMany(name =>
        {
            var indonesian = Read(Indonesian[name]);
            return Read(English[name])
                .Where(t => indonesian.TryGetValue(t.Key, out var other)
                    && (Values(t.Value) != Values(other) || string.IsNullOrWhiteSpace(t.Value) || string.IsNullOrWhiteSpace(other)))
                .Select(t => $"{name}: {t.Key}");
        }));

    [Fact]
    public void Nobody_shouts_at_a_reader() =>
        Violations.None("Texts with an exclamation mark:", English.Concat(Indonesian).SelectMany(file =>
            Read(file.Value).Where(t => t.Value.Contains('!')).Select(t => $"{Path.GetRelativePath(Repository.Root, file.Value)}: {t.Key}")));

    [Fact]
    public void Every_key_that_code_asks_for_exists() =>
        Violations.None("Keys without a text:", SourceFiles.All("src/Portal", ".razor", ".cs").SelectMany(Missing));

    [Fact]
    public void Every_text_belongs_to_a_marker_class_beside_it() =>
        Violations.None("Texts whose marker class is missing:", English
            .Where(f => typeof(Program).Assembly.GetTypes().All(t => t.Name != f.Key))
            .Select(f => Path.GetRelativePath(Repository.Root, f.Value)));

    private static IEnumerable<string> Missing(SourceFile file)
    {
        foreach (var source in Localizers(file))
        {
            if (!English.TryGetValue(source.Value, out var path))
            {
                yield return $"{file.Path}: there is no {source.Value}.resx";
                continue;
            }
            var keys = Read(path).Keys;
            foreach (Match use in Regex.Matches(file.Code, $@"(?<![\w.]){source.Key}\[\s*(\$?)""([^""]*)"""))
            {
                var key = use.Groups[2].Value;
                var found = use.Groups[1].Length == 0 ? keys.Contains(key) : keys.Any(Pattern(key).IsMatch);
                if (!found)
                    yield return $"{file.Path}: {source.Value} has no {key}";
            }
        }
    }

    /// <summary>The localizers a file declares (injected, a parameter or a field), by variable; Ui/_Imports' are not used that way.</summary>
    private static Dictionary<string, string> Localizers(SourceFile file) =>
        Localizer().Matches(file.Code).GroupBy(m => m.Groups[2].Value).ToDictionary(g => g.Key, g => g.First().Groups[1].Value);

    /// <summary><c>State.{x}</c> stands for any key of that shape.</summary>
    private static Regex Pattern(string interpolated) =>
        new("^" + Regex.Replace(Regex.Escape(interpolated), @"\\\{[^}]*}", ".+") + "$");

    private static string Values(string text) => string.Join(' ', Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order());

    private static Dictionary<string, string> Files(bool indonesian) =>
        Directory.EnumerateFiles(Repository.Path("src/Portal"), "*.resx", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Where(f => f.EndsWith(".id.resx", StringComparison.Ordinal) == indonesian)
            .ToDictionary(f => Path.GetFileName(f).Split('.')[0]);

    private static Dictionary<string, string> Read(string path) =>
        XDocument.Load(path).Root!.Elements("data").ToDictionary(e => e.Attribute("name")!.Value, e => e.Element("value")?.Value ?? "");

    [GeneratedRegex(@"IStringLocalizer<(?:\w+\.)*(\w+)>\s+(\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Placeholder();
}
