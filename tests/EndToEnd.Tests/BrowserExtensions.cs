using System.Text.RegularExpressions;
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

    /// <summary>
    /// Waits until the browser shows an address that ends like <paramref name="ending"/> (a regular expression).
    /// Asks again and again instead of waiting for the page's "load": that event is lost when it comes while the wait begins.
    /// </summary>
    public static Task ArrivesAsync(this IPage page, string ending) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex(ending + "$"));

    /// <summary>Does something that brings a new page, perhaps of the same address, and waits for it.</summary>
    public static async Task ToNewPageAsync(this IPage page, Func<Task> action)
    {
        await page.EvaluateAsync("() => document.documentElement.setAttribute('data-before', '')");
        await action();
        await Assertions.Expect(page.Locator("html:not([data-before])")).ToBeAttachedAsync();
    }
}
