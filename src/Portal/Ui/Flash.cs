using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Ui;

public enum StatusKind { Good, Info, Warn, Bad }

/// <summary>What happened and what comes next, shown once on the page that follows a successful form post.</summary>
public sealed record StatusNote(StatusKind Kind, string Text);

/// <summary>Carries a note over the redirect in a cookie that lives for one minute. The text is already in the reader's language.</summary>
public static class Flash
{
    private const string Cookie = "portal-note";

    public static void Set(HttpContext context, string text, StatusKind kind = StatusKind.Good)
    {
        var value = WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(new StatusNote(kind, text)));
        context.Response.Cookies.Append(Cookie, value, Options(context, TimeSpan.FromMinutes(1)));
    }

    /// <summary>The note of the request before, once.</summary>
    public static StatusNote? Take(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Cookie, out var value))
            return null;
        if (!context.Response.HasStarted)
            context.Response.Cookies.Delete(Cookie, Options(context, null));
        return Read(value);
    }

    private static StatusNote? Read(string value)
    {
        try
        {
            return JsonSerializer.Deserialize<StatusNote>(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(value)));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null; // not written by us: nothing to show
        }
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? age) =>
        new() { MaxAge = age, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true };
}
