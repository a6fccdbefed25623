namespace Architecture.Tests;

/// <summary>Rules report every violation at once, one per line, so that one run shows all there is to mend.</summary>
internal static class Violations
{
    public static void None(string rule, IEnumerable<string> found)
    {
        var list = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(list.Count == 0, $"{rule}\n  {string.Join("\n  ", list)}");
    }
}
