namespace Tests.Shared;

/// <summary>The working copy these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(System.IO.Path.Combine(at.FullName, "LoyaltyPortal.sln")))
                return at.FullName;
        throw new InvalidOperationException("LoyaltyPortal.sln is in no folder above the tests.");
    }
}
