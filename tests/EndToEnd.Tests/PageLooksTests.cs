using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>Every page in both languages, light and dark, on a phone and on a desk.</summary>
public sealed class PageLooksTests(BrowserPortal portal)
{
    public static TheoryData<string> Pages => PageList.Templates();

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_fits_the_screen_and_raises_no_error(string template)
    {
        var page = PageList.Find(template);
        var found = new List<string>();
        foreach (var (reader, language) in Readers(page))
        {
            await using var tab = await portal.OpenAsync(reader, language);
            await tab.Page.GoOnceSettledAsync(portal.Scene.Address(page));
            var spoken = await tab.Page.Locator("html").GetAttributeAsync("lang");
            if (spoken != language[..2])
                found.Add($"{reader} {language}: the page says that it speaks {spoken}");
            await Axe.LoadAsync(tab.Page);
            foreach (var width in (int[])[360, 1280])
            {
                await tab.Page.SetViewportSizeAsync(width, 800);
                foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
                {
                    await tab.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                    found.AddRange((await LooksAsync(tab.Page)).Select(v => $"{reader} {language} {width} {scheme}: {v}"));
                }
            }
            found.AddRange(tab.Complaints.Select(c => $"{reader} {language}: {c}"));
        }
        Assert.True(found.Count == 0, $"{template}\n  {string.Join("\n  ", found)}");
    }

    // What anyone may see looks different to a customer, who has another navigation.
    private static IEnumerable<(Persona Reader, string Language)> Readers(PortalPage page)
    {
        yield return (page.Reader, "id-ID");
        yield return (page.Reader, "en");
        if (page.Reader is Persona.Anonymous)
            yield return (Persona.Customer, "en");
    }

    private static async Task<IEnumerable<string>> LooksAsync(IPage page)
    {
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        var violations = await Axe.ViolationsAsync(page);
        return overflow > 0 ? violations.Append($"scrolls sideways by {overflow} px: {await WidestAsync(page)}") : violations;
    }

    private static Task<string> WidestAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
              .slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')
        """);
}
