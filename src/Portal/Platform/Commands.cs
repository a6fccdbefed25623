namespace Portal.Platform;

/// <summary>What the program does instead of serving pages: <c>import</c>, <c>verify</c>. Returns the exit code.</summary>
internal delegate Task<int> Command(IServiceProvider services, string[] args);

internal static class Commands
{
    private static readonly Dictionary<string, Command> All = new(StringComparer.Ordinal)
    {
        ["import"] = Features.Imports.ImportCommand.RunAsync,
        ["verify"] = Rewarding.Ledger.VerifyCommand.RunAsync,
        ["rebuild"] = Rewarding.Ledger.RebuildCommand.RunAsync,
    };

    /// <summary>The command named by the first argument; null means: serve.</summary>
    /// <exception cref="StartupProblem">The first argument is a word, but no command.</exception>
    public static Command? Find(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-') || args[0].Contains('='))
            return null;
        return All.TryGetValue(args[0], out var command)
            ? command
            : throw new StartupProblem($"'{args[0]}' is not a command; there are: {string.Join(", ", All.Keys)}.");
    }
}
