using Xunit;

namespace Tests.Shared;

/// <summary>Real files that stay outside the repository.</summary>
public static class SampleData
{
    /// <summary>The folder that holds them.</summary>
    public const string Setting = "LOYALTY_SAMPLE_DATA";

    /// <summary>The full path of a sample file; skips the running test where the file is absent.</summary>
    public static string Find(string file)
    {
        var folders = new[] { Environment.GetEnvironmentVariable(Setting), Path.Combine(Repository.Root, "../shared/data") };
        var found = folders.OfType<string>().Where(f => f.Length > 0).Select(f => Path.GetFullPath(Path.Combine(f, file))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{file} is not here; {Setting} names the folder that holds it");
        return found!;
    }
}
