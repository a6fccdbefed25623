namespace Portal.Identity;

/// <summary>From where a request came: kept with a sign-in and with each consent as its proof.</summary>
/// <param name="Address">The network address, or null when unknown.</param>
/// <param name="Device">Browser and system in words, for example <c>Chrome, Android</c>; empty when unknown.</param>
public sealed record ClientDetails(string? Address, string Device)
{
    // Order matters: Edge and Opera also say Chrome, Chrome also says Safari; Android also says Linux.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static ClientDetails Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new(context.Connection.RemoteIpAddress?.ToString(), string.Join(", ", new[] { Find(Browsers, agent), Find(Systems, agent) }.OfType<string>()));
    }

    private static string? Find((string Mark, string Name)[] known, string agent) =>
        known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
