using Microsoft.Playwright;
using Tests.Shared;

namespace EndToEnd.Tests;

/// <summary>Pictures of the main pages, kept in <c>docs/screenshots</c> so that a change of look is seen in review.</summary>
public sealed class ScreenshotTests(BrowserPortal portal)
{
    /// <summary>Set to any value to write the pictures.</summary>
    private const string Setting = "LOYALTY_SCREENSHOTS";

    public static TheoryData<string, string, int, ColorScheme> Pictures => new()
    {
        { "/", "benefits", 360, ColorScheme.Light },
        { "/join", "join", 360, ColorScheme.Light },
        { "/home", "home", 360, ColorScheme.Light },
        { "/home", "home-dark", 360, ColorScheme.Dark },
        { "/rewards", "rewards", 360, ColorScheme.Light },
        { "/vouchers/{Id:guid}", "voucher", 360, ColorScheme.Light },
        { "/transactions/{Id}", "why", 360, ColorScheme.Light },
        { "/staff/rules", "staff-rules", 1280, ColorScheme.Light },
        { "/staff/complaints", "staff-complaints", 1280, ColorScheme.Light },
        { "/staff/catalogue", "staff-catalogue", 1280, ColorScheme.Light },
    };

    [Theory, MemberData(nameof(Pictures))]
    public async Task A_picture_is_taken(string template, string name, int width, ColorScheme scheme)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Setting)), $"{Setting} is not set");
        var page = PageList.Find(template);
        await using var tab = await portal.OpenAsync(page.Reader, "en");
        await tab.Page.SetViewportSizeAsync(width, width < 600 ? 740 : 800);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await tab.Page.GoOnceSettledAsync(portal.Scene.Address(page));

        var path = Repository.Path($"docs/screenshots/{name}.png");
        await tab.Page.ScreenshotAsync(new() { Path = path });

        Assert.True(new FileInfo(path).Length > 1_000);
    }
}
