using Microsoft.Playwright;

namespace EndToEnd.Tests;

internal static class BrowserExtensions
{
    /// <summary>Goes to an address and waits until nothing more arrives; long-lived connections do not count.</summary>
    public static async Task<IResponse> GoOnceSettledAsync(this IPage page, string address)
    {
        var response = await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
        Assert.True(response!.Status < 500, $"{address} answers {response.Status}");
        await page.EvaluateAsync("() => document.fonts.ready.then(() => 0)");
        return response;
    }
}
