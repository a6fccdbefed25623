using System.Text.RegularExpressions;
using Tests.Shared;

namespace Architecture.Tests;

/// <summary>What people wrote, as text.</summary>
internal static partial class SourceFiles
{
    public static IEnumerable<SourceFile> All(string folder, params string[] extensions) =>
        Directory.EnumerateFiles(Repository.Path(folder), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f => extensions.Contains(Path.GetExtension(f)) && !Generated().IsMatch(f))
            .Select(f => new SourceFile(f, File.ReadAllText(Repository.Path(f))));

    [GeneratedRegex("/(bin|obj|Migrations|node_modules|artifacts)/")]
    private static partial Regex Generated();
}

internal sealed partial record SourceFile(string Path, string Text)
{
    public int Lines => Text.AsSpan().Count('\n');

    /// <summary>The text without what is only said about it.</summary>
    public string Code => Comments().Replace(Text, "");

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|^\s*//.*?$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Comments();
}
