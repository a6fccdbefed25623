namespace Portal.Identity;

/// <summary>Where to go after signing in: only ever within this portal.</summary>
public static class LocalUrl
{
    public static string? Check(string? url) => url is ['/', not '/' and not '\\', ..] or "/" ? url : null;

    /// <summary>Staff begin at their desk, customers at home.</summary>
    public static string StartOf(bool staff) => staff ? "/staff" : "/home";
}
