using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>
/// axe in a page, loaded once and run as often as the look changes. The binding's own RunAxe loads the script and opens
/// a second tab for each run, which takes ten times as long.
/// </summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    // Style sheets are not fetched anew (preload): that would look like the page's own requests.
    private const string Run =
        """
        async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
          const result = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false });
          if (result.testEngine.name !== 'axe-core') throw new Error('axe did not run');
          return result.violations.flatMap(v => v.nodes.slice(0, 3).map(n =>
            `${v.id}: ${v.help} at ${n.target.join(' ')}: ${n.html.slice(0, 160)}` + (v.id === 'color-contrast' ? ` (${n.any[0]?.message})` : '')));
        }
        """;

    public static Task LoadAsync(IPage page) => page.EvaluateAsync(Script);

    public static Task<string[]> ViolationsAsync(IPage page) => page.EvaluateAsync<string[]>(Run);
}
